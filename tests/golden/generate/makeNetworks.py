"""
scikit-learn's multilayer perceptrons (mlp.json) and linear models by stochastic gradient descent (sgd.json).

Synthetic values are multiples of 1/256, so that the file holds them exactly. Tecator: channels and fat standardised with
population deviations over all samples, trained on the first 172 rows, predicted on the others. Seeds, batches, parts set
aside and stopping are scikit-learn's.

log_loss is taken with alpha 0.01: with 0.0001 the optimal schedule begins with steps so large that a difference in the
last digit (of exp, say) grows a hundredfold in each epoch, in scikit-learn too. average is taken with l2: scikit-learn's
average does not see what the truncated l1 penalty takes away, ours does.
Run: python3 makeNetworks.py TECATOR_FOLDER OUTPUT_FOLDER
"""
import csv
import json
import pathlib
import sys
import warnings

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import SGDClassifier, SGDRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings('ignore')
draws = np.random.RandomState(5)


def grid(values, step=256):
    return np.round(np.asarray(values) * step) / step


def column_file(path):
    with open(path) as file:
        header, *rows = list(csv.reader(file))
    return header[1:], np.array([[float(value) for value in row[1:]] for row in rows])


def standardised(values):
    return (values - values.mean(axis=0)) / values.std(axis=0)


def classes(y, count):
    return np.searchsorted(np.quantile(y, np.arange(1, count) / count), y)


n, p = 70, 9
x = grid(draws.standard_normal((n, p)))
y = grid(np.sin(x[:, 0]) + x[:, 1] * x[:, 2] - 0.5 * x[:, 3] + 0.1 * draws.standard_normal(n))
fresh = grid(draws.standard_normal((15, p)))

folder = pathlib.Path(sys.argv[1])
_, spectra = column_file(folder / 'X.csv')
names, targets = column_file(folder / 'Y.csv')
spectra = standardised(spectra)
fat = standardised(targets[:, names.index('fat')])
TRAIN = 172


def data_of(set_name, count):
    if set_name == 'tecator':
        return spectra[:TRAIN], (fat if count == 0 else classes(fat, count))[:TRAIN], spectra[TRAIN:]
    return x, (y if count == 0 else classes(y, count)), fresh


def values(array):
    return np.asarray(array, dtype=float).tolist()


def case(model, set_name, count, params):
    train, target, other = data_of(set_name, count)
    fitted = {'MLPRegressor': MLPRegressor, 'MLPClassifier': MLPClassifier, 'SGDRegressor': SGDRegressor,
              'SGDClassifier': SGDClassifier}[model](**params).fit(train, target)
    found = {'model': model, 'set': set_name, 'classes': count, 'params': params, 'epochs': int(fitted.n_iter_),
             'predicted': values(fitted.predict(other))}
    if model.startswith('MLP'):
        found['losses'] = values(fitted.loss_curve_)
        if params.get('early_stopping'):
            found['best'] = float(fitted.best_validation_score_)
        if set_name == 'small':
            found['coefs'] = [values(w.T) for w in fitted.coefs_]
            found['intercepts'] = [values(b) for b in fitted.intercepts_]
        if count:
            found['probabilities'] = values(fitted.predict_proba(other))
    else:
        found['coefs'] = values(np.atleast_2d(fitted.coef_))
        found['intercepts'] = values(fitted.intercept_)
        if count and params.get('loss') == 'log_loss':
            found['probabilities'] = values(fitted.predict_proba(other))
    return found


MLP = [
    ('small', 0, {'hidden_layer_sizes': [6], 'max_iter': 60, 'batch_size': 16, 'random_state': 1}),
    ('small', 0, {'hidden_layer_sizes': [7, 5], 'activation': 'tanh', 'max_iter': 80, 'alpha': 0.1,
                  'learning_rate_init': 0.01, 'random_state': 2}),
    ('small', 0, {'hidden_layer_sizes': [5], 'activation': 'logistic', 'max_iter': 50, 'batch_size': 10,
                  'shuffle': False, 'beta_1': 0.8, 'beta_2': 0.99, 'epsilon': 1e-6, 'random_state': 3}),
    ('small', 0, {'hidden_layer_sizes': [8], 'activation': 'identity', 'max_iter': 40, 'random_state': 4}),
    ('small', 0, {'hidden_layer_sizes': [6], 'solver': 'sgd', 'max_iter': 60, 'batch_size': 16, 'random_state': 5}),
    ('small', 0, {'hidden_layer_sizes': [6, 4], 'solver': 'sgd', 'learning_rate': 'invscaling', 'power_t': 0.3,
                  'learning_rate_init': 0.05, 'nesterovs_momentum': False, 'max_iter': 60, 'batch_size': 16,
                  'random_state': 6}),
    ('small', 0, {'hidden_layer_sizes': [6], 'solver': 'sgd', 'learning_rate': 'adaptive', 'momentum': 0.5,
                  'learning_rate_init': 0.1, 'n_iter_no_change': 3, 'tol': 0.001, 'max_iter': 150, 'batch_size': 16,
                  'random_state': 7}),
    ('small', 0, {'hidden_layer_sizes': [10], 'early_stopping': True, 'learning_rate_init': 0.02, 'max_iter': 200,
                  'batch_size': 16, 'n_iter_no_change': 5, 'random_state': 8}),
    ('tecator', 0, {'hidden_layer_sizes': [20], 'max_iter': 60, 'random_state': 9}),
    ('tecator', 0, {'hidden_layer_sizes': [16, 8], 'max_iter': 150, 'early_stopping': True, 'batch_size': 32,
                    'validation_fraction': 0.15, 'random_state': 10}),
]
MLPC = [
    ('small', 2, {'hidden_layer_sizes': [6], 'max_iter': 60, 'batch_size': 16, 'random_state': 1}),
    ('small', 3, {'hidden_layer_sizes': [6], 'max_iter': 60, 'batch_size': 16, 'activation': 'tanh',
                  'random_state': 2}),
    ('small', 2, {'hidden_layer_sizes': [8], 'early_stopping': True, 'learning_rate_init': 0.02, 'batch_size': 16,
                  'validation_fraction': 0.2, 'n_iter_no_change': 4, 'random_state': 3}),
    ('small', 3, {'hidden_layer_sizes': [8], 'early_stopping': True, 'learning_rate_init': 0.02, 'batch_size': 16,
                  'n_iter_no_change': 4, 'random_state': 4}),
    ('tecator', 3, {'hidden_layer_sizes': [15], 'solver': 'sgd', 'learning_rate_init': 0.01, 'max_iter': 50,
                    'random_state': 5}),
]
SGD = [
    ('small', 0, {'random_state': 1}),
    ('small', 0, {'loss': 'huber', 'epsilon': 0.2, 'penalty': 'l1', 'alpha': 0.01, 'random_state': 2}),
    ('small', 0, {'loss': 'epsilon_insensitive', 'epsilon': 0.05, 'penalty': 'elasticnet', 'l1_ratio': 0.3,
                  'alpha': 0.005, 'learning_rate': 'constant', 'random_state': 3}),
    ('small', 0, {'loss': 'squared_epsilon_insensitive', 'learning_rate': 'adaptive', 'n_iter_no_change': 3,
                  'tol': 1e-4, 'random_state': 4}),
    ('small', 0, {'penalty': None, 'fit_intercept': False, 'shuffle': False, 'tol': None, 'max_iter': 30,
                  'random_state': 5}),
    ('small', 0, {'learning_rate': 'optimal', 'alpha': 0.01, 'max_iter': 50, 'random_state': 6}),
    ('small', 0, {'average': True, 'random_state': 7}),
    ('small', 0, {'average': 40, 'alpha': 0.01, 'random_state': 8}),
    ('small', 0, {'early_stopping': True, 'penalty': None, 'validation_fraction': 0.2, 'random_state': 9}),
    ('tecator', 0, {'eta0': 0.001, 'max_iter': 100, 'random_state': 10}),
]
SGDC = [
    ('small', 2, {'random_state': 1}),
    ('small', 2, {'loss': 'log_loss', 'alpha': 0.01, 'random_state': 2}),
    ('small', 3, {'loss': 'log_loss', 'penalty': 'elasticnet', 'alpha': 0.01, 'class_weight': 'balanced',
                  'random_state': 3}),
    ('small', 3, {'loss': 'modified_huber', 'penalty': 'l1', 'alpha': 0.001, 'random_state': 4}),
    ('small', 2, {'loss': 'squared_hinge', 'learning_rate': 'invscaling', 'eta0': 0.01, 'random_state': 5}),
    ('small', 3, {'loss': 'perceptron', 'learning_rate': 'constant', 'eta0': 0.1, 'average': True,
                  'random_state': 6}),
    ('small', 2, {'loss': 'hinge', 'early_stopping': True, 'penalty': None, 'validation_fraction': 0.2,
                  'learning_rate': 'constant', 'eta0': 0.01, 'random_state': 7}),
    ('small', 3, {'early_stopping': True, 'penalty': None, 'loss': 'log_loss', 'learning_rate': 'adaptive',
                  'eta0': 0.05, 'random_state': 8}),
]

versions = {'python': sys.version.split()[0], 'numpy': np.__version__, 'scipy': scipy.__version__,
            'scikit-learn': sklearn.__version__}
small = {'x': values(x), 'y': values(y), 'fresh': values(fresh),
         'codes': {str(count): classes(y, count).tolist() for count in (2, 3)}}
out = pathlib.Path(sys.argv[2])
for file, rtol, models in (('mlp.json', 1e-8, (('MLPRegressor', MLP), ('MLPClassifier', MLPC))),
                           ('sgd.json', 1e-8, (('SGDRegressor', SGD), ('SGDClassifier', SGDC)))):
    found = [case(model, *each) for model, cases in models for each in cases]
    content = {'_script': 'generate/makeNetworks.py', '_versions': versions, 'rtol': rtol, 'sets': {'small': small},
               'tecatorTrain': TRAIN, 'cases': found}
    (out / file).write_text(json.dumps(content) + '\n')
