"""
Predictions of scikit-learn's nearest neighbours, trees and ensembles of trees on synthetic data (tree-models.json).

All values are multiples of 1/256, which are exact in single precision too (scikit-learn's trees work on single
precision spectra) and make sums exact, so that ties between cuts are broken alike.
`histogramOrders`: error of histogram boosting on Tecator fat with the channels in twelve orders. Neighbouring channels
cut the samples alike, rounding decides between them, and the order of the channels changes the model.
Run: python3 makeTreeModels.py > ../tree-models.json
"""
import csv
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings('ignore')
draws = np.random.RandomState(11)


def grid(values, step=256):
    return np.round(np.asarray(values) * step) / step


def data(n, p):
    x = grid(np.cumsum(draws.standard_normal((n, p)), axis=1))
    y = grid(x[:, 0] ** 2 - 2 * x[:, p // 2] + np.abs(x[:, -1]) + 0.3 * draws.standard_normal(n))
    return x, y


def classes(y, count):
    return np.searchsorted(np.quantile(y, np.arange(1, count) / count), y)


def values(x):
    return np.asarray(x).tolist()


x, y = data(90, 8)
fresh, _ = data(30, 8)
wide, wide_y = data(300, 5)
wide_fresh, _ = data(40, 5)
sets = {
    'small': (x, y, fresh),
    'large': (wide, wide_y, wide_fresh),
}

regressors = [
    ('small', DecisionTreeRegressor, {'random_state': 3}),
    ('small', DecisionTreeRegressor, {'max_depth': 4, 'min_samples_leaf': 3, 'max_features': 'sqrt', 'random_state': 1}),
    ('small', DecisionTreeRegressor, {'splitter': 'random', 'min_samples_split': 0.1, 'random_state': 5}),
    ('small', DecisionTreeRegressor, {'max_leaf_nodes': 7, 'random_state': 2}),
    ('small', DecisionTreeRegressor, {'min_impurity_decrease': 0.25, 'min_weight_fraction_leaf': 0.05, 'random_state': 0}),
    ('small', RandomForestRegressor, {'n_estimators': 12, 'random_state': 42}),
    ('small', RandomForestRegressor, {'n_estimators': 9, 'max_features': 0.4, 'max_samples': 0.7, 'min_samples_leaf': 2, 'random_state': 7}),
    ('small', ExtraTreesRegressor, {'n_estimators': 12, 'random_state': 42}),
    ('small', ExtraTreesRegressor, {'n_estimators': 5, 'max_features': 3, 'bootstrap': True, 'random_state': 4}),
    ('large', GradientBoostingRegressor, {'n_estimators': 30, 'min_samples_leaf': 12, 'random_state': 0}),
    ('large', GradientBoostingRegressor, {'n_estimators': 25, 'min_samples_leaf': 15, 'subsample': 0.7, 'max_features': 2, 'random_state': 6}),
    ('large', GradientBoostingRegressor, {'n_estimators': 20, 'min_samples_leaf': 12, 'loss': 'absolute_error', 'random_state': 1}),
    ('large', GradientBoostingRegressor, {'n_estimators': 20, 'min_samples_leaf': 12, 'loss': 'huber', 'alpha': 0.8, 'random_state': 1}),
    ('large', GradientBoostingRegressor, {'n_estimators': 20, 'min_samples_leaf': 12, 'loss': 'quantile', 'alpha': 0.75, 'random_state': 1}),
    ('large', GradientBoostingRegressor, {'n_estimators': 10, 'min_samples_leaf': 12, 'init': 'zero', 'max_leaf_nodes': 5, 'random_state': 1}),
    ('large', HistGradientBoostingRegressor, {'max_iter': 40}),
    ('large', HistGradientBoostingRegressor, {'max_iter': 30, 'max_bins': 32, 'l2_regularization': 1.5, 'max_depth': 3, 'learning_rate': 0.2}),
    ('large', HistGradientBoostingRegressor, {'max_iter': 30, 'loss': 'absolute_error', 'max_leaf_nodes': 8}),
    ('small', KNeighborsRegressor, {}),
    ('small', KNeighborsRegressor, {'n_neighbors': 4, 'weights': 'distance', 'p': 1}),
    ('small', KNeighborsRegressor, {'n_neighbors': 4, 'weights': 'distance', 'p': 3}),
    ('small', KNeighborsRegressor, {'n_neighbors': 4, 'metric': 'chebyshev'}),
    ('small', KNeighborsRegressor, {'n_neighbors': 4, 'weights': 'distance', 'metric': 'cosine'}),
]
classifiers = [
    ('small', 3, DecisionTreeClassifier, {'random_state': 3}),
    ('small', 3, DecisionTreeClassifier, {'criterion': 'entropy', 'max_depth': 3, 'random_state': 3}),
    ('small', 2, DecisionTreeClassifier, {'splitter': 'random', 'max_leaf_nodes': 6, 'random_state': 1}),
    ('small', 3, RandomForestClassifier, {'n_estimators': 12, 'random_state': 42}),
    ('small', 2, RandomForestClassifier, {'n_estimators': 8, 'max_features': None, 'min_samples_leaf': 2, 'random_state': 1}),
    ('small', 3, ExtraTreesClassifier, {'n_estimators': 12, 'random_state': 42}),
    ('large', 2, GradientBoostingClassifier, {'n_estimators': 20, 'min_samples_leaf': 12, 'random_state': 0}),
    ('large', 3, GradientBoostingClassifier, {'n_estimators': 15, 'min_samples_leaf': 12, 'subsample': 0.8, 'random_state': 2}),
    ('large', 2, GradientBoostingClassifier, {'n_estimators': 15, 'min_samples_leaf': 12, 'loss': 'exponential', 'random_state': 2}),
    ('large', 2, HistGradientBoostingClassifier, {'max_iter': 30}),
    ('large', 3, HistGradientBoostingClassifier, {'max_iter': 20, 'max_leaf_nodes': 8}),
    ('small', 3, KNeighborsClassifier, {}),
    ('small', 3, KNeighborsClassifier, {'n_neighbors': 4, 'weights': 'distance', 'metric': 'manhattan'}),
]

cases = []
for name, model, params in regressors:
    known, target, unknown = sets[name]
    predicted = model(**params).fit(known, target).predict(unknown)
    cases.append({'model': model.__name__, 'set': name, 'classes': 0, 'params': params, 'predicted': values(predicted)})
for name, count, model, params in classifiers:
    known, target, unknown = sets[name]
    fitted = model(**params).fit(known, classes(target, count))
    cases.append({
        'model': model.__name__,
        'set': name,
        'classes': count,
        'params': params,
        'predicted': values(fitted.predict(unknown)),
        'probabilities': values(fitted.predict_proba(unknown)),
    })



def table(name):
    folder = pathlib.Path(__file__).resolve().parents[3] / 'resources' / 'samples' / 'tecator'
    header, *rows = csv.reader(open(folder / name))
    return header[1:], [row[1:] for row in rows]


spectra = np.array(table('X.csv')[1], float)
header, rows = table('Y.csv')
fat = np.array(rows, float)[:, header.index('fat')]
held = np.array([row[0] == 'T' for row in table('split.csv')[1]])


def orderError(k):
    order = np.arange(100) if k == 0 else np.random.RandomState(k).permutation(100)
    model = HistGradientBoostingRegressor(max_iter=200).fit(spectra[~held][:, order], fat[~held])
    return float(np.sqrt(np.mean((model.predict(spectra[held][:, order]) - fat[held]) ** 2)))


print(json.dumps({
    'histogramOrders': [orderError(k) for k in range(12)],
    '_versions': {'sklearn': sklearn.__version__, 'numpy': np.__version__},
    'producedBy': 'generate/makeTreeModels.py',
    'rtol': 1e-10,
    'description': 'x, y: training; fresh: predicted. Classes: thirds or halves of y at its quantiles, codes listed.',
    'sets': {
        name: {'x': values(known), 'y': values(target), 'fresh': values(unknown),
               'codes': {'2': values(classes(target, 2)), '3': values(classes(target, 3))}}
        for name, (known, target, unknown) in sets.items()
    },
    'cases': cases,
}))
