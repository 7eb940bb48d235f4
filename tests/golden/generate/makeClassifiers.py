"""Reference predictions of classifiers by scikit-learn, NumPy and SciPy on the Tecator sample. Run from any folder.

Classes: fat below 10 %, 10 to 25 %, above 25 %. Channels: every eighth (13), standardised on the training samples (C and
M). Predictions are for the 43 samples of the test part (T).
"""
import csv
import json
import os
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn.cross_decomposition import PLSRegression
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

warnings.filterwarnings('ignore')
here = os.path.dirname(os.path.abspath(__file__))
sample = os.path.join(here, '..', '..', '..', 'resources', 'samples', 'tecator')


def table(name):
    with open(os.path.join(sample, name), newline='') as file:
        rows = list(csv.reader(file))
    return rows[0][1:], [row[1:] for row in rows[1:]]


spectra = np.array(table('X.csv')[1], float)
names, values = table('Y.csv')
fat = np.array(values, float)[:, names.index('fat')]
split = np.array([row[0] for row in table('split.csv')[1]])
train, test = np.isin(split, ['C', 'M']), split == 'T'
y = np.digitize(fat, [10, 25])
raw = spectra[:, ::8]
x = (raw - raw[train].mean(0)) / raw[train].std(0)
A, B, c = x[train], x[test], y[train]
two = (c > 0).astype(int)

cases = []


def case(operator, params, model, target='three', decision=False):
    model.fit(A, c if target == 'three' else two)
    entry = {'operator': operator, 'params': params, 'target': target, 'predicted': model.predict(B).tolist()}
    if hasattr(model, 'predict_proba'):
        entry['probabilities'] = model.predict_proba(B).tolist()
    if decision:
        entry['decision'] = model.decision_function(B).tolist()
    cases.append(entry)


def plsda(params, **kw):
    for target in ('three', 'two'):
        codes = c if target == 'three' else two
        responses = PLSRegression(tol=1e-14, max_iter=100000, **kw).fit(A, np.eye(codes.max() + 1)[codes]).predict(B)
        clipped = np.maximum(responses, 0)
        cases.append({'operator': 'PLSDA', 'params': params, 'target': target,
                      'predicted': responses.argmax(1).tolist(),
                      'probabilities': (clipped / clipped.sum(1, keepdims=True)).tolist()})


for n in (1, 4, 8):
    plsda({'n_components': n}, n_components=n)
    plsda({'n_components': n, 'scale': False}, n_components=n, scale=False)

for target in ('three', 'two'):
    priors = [0.2, 0.5, 0.3] if target == 'three' else [0.3, 0.7]
    case('LDA', {}, LinearDiscriminantAnalysis(), target)
    case('LDA', {'priors': priors}, LinearDiscriminantAnalysis(priors=priors), target)
    case('LDA', {'tol': 0.02}, LinearDiscriminantAnalysis(tol=0.02), target)
    for solver in ('lsqr', 'eigen'):
        for shrinkage in ('auto', 0.1, 1):
            case('LDA', {'solver': solver, 'shrinkage': shrinkage},
                 LinearDiscriminantAnalysis(solver=solver, shrinkage=shrinkage), target)
    case('QDA', {}, QuadraticDiscriminantAnalysis(), target)
    case('QDA', {'reg_param': 0.01, 'priors': priors}, QuadraticDiscriminantAnalysis(reg_param=0.01, priors=priors), target)
    case('GaussianNB', {}, GaussianNB(), target)
    case('GaussianNB', {'var_smoothing': 0.01, 'priors': priors}, GaussianNB(var_smoothing=0.01, priors=priors), target)
    exact = {'solver': 'newton-cg', 'tol': 1e-13, 'max_iter': 100000}
    case('LogisticRegression', {}, LogisticRegression(**exact), target)
    case('LogisticRegression', {'C': 100, 'class_weight': 'balanced'},
         LogisticRegression(C=100, class_weight='balanced', **exact), target)
    case('LogisticRegression', {'multi_class': 'ovr'}, LogisticRegression(multi_class='ovr', **exact), target)
    case('LogisticRegression', {'multi_class': 'multinomial'}, LogisticRegression(multi_class='multinomial', **exact), target)
    case('LogisticRegression', {'fit_intercept': False}, LogisticRegression(fit_intercept=False, **exact), target)
    case('RidgeClassifier', {}, RidgeClassifier(solver='svd'), target, True)
    case('RidgeClassifier', {'alpha': 0.01, 'class_weight': 'balanced'},
         RidgeClassifier(alpha=0.01, class_weight='balanced', solver='cholesky'), target, True)
    case('RidgeClassifier', {'alpha': 10, 'fit_intercept': False},
         RidgeClassifier(alpha=10, fit_intercept=False, solver='svd'), target, True)
    for params in ({}, {'C': 100}, {'kernel': 'linear'}, {'kernel': 'poly', 'coef0': 1, 'C': 10},
                   {'kernel': 'sigmoid', 'gamma': 0.01}, {'gamma': 'auto', 'class_weight': 'balanced'}):
        case('SVC', params, SVC(tol=1e-10, decision_function_shape='ovo', **params), target, True)


def subspace(members, a, scale):
    mean = members.mean(0)
    sd = members.std(0, ddof=1) if scale else np.ones(members.shape[1])
    s, v = np.linalg.svd((members - mean) / sd, full_matrices=False)[1:]
    variances = s ** 2 / (len(members) - 1)

    def distances(new):
        z = (new - mean) / sd
        t = z @ v[:a].T
        return (t ** 2 / variances[:a]).sum(1), ((z - t @ v[:a]) ** 2).sum(1)

    return distances, variances[a:]


def simca(a, alpha, scale):
    reach = []
    for k in range(3):
        members = A[c == k]
        n = len(members)
        distances, rest = subspace(members, a, scale)
        t2 = a * (n - 1) / (n - a) * stats.f.ppf(1 - alpha, a, n - a)
        th = [(rest ** i).sum() for i in (1, 2, 3)]
        h = max(1 - 2 * th[0] * th[2] / (3 * th[1] ** 2), 1e-3)
        z = stats.norm.ppf(1 - alpha)
        q = th[0] * (z * np.sqrt(2 * th[1] * h ** 2) / th[0] + 1 + th[1] * h * (h - 1) / th[0] ** 2) ** (1 / h)
        d, r = distances(B)
        reach.append(np.maximum(d / t2, r / q))
    return np.array(reach).T


def chi(u, robust):
    if not robust:
        return u.mean(), min(max(round(2 * (u.mean() / u.std(ddof=1)) ** 2), 1), 250)
    m, r = np.median(u), np.subtract(*np.quantile(u, [0.75, 0.25]))
    # The published approximation of the degrees of freedom by this ratio, with its published ends.
    ratio = r / m
    k = 1 if ratio > 2.685592117 else 100 if ratio < 0.194565995 else max(
        1, round(np.exp((1.380948 * np.log(2.68631 / ratio)) ** 1.185785)))
    return 0.5 * k * (m / stats.chi2.ppf(0.5, k) + r / (stats.chi2.ppf(0.75, k) - stats.chi2.ppf(0.25, k))), k


def ddsimca(a, alpha, scale, robust):
    reach = []
    for k in range(3):
        members = A[c == k]
        distances, _ = subspace(members, a, scale)
        (h0, nh), (q0, nq) = (chi(u, robust) for u in distances(members))
        h, q = distances(B)
        reach.append((nh * h / h0 + nq * q / q0) / stats.chi2.ppf(1 - alpha, nh + nq))
    return np.array(reach).T


def assigned(reach):
    return np.where(reach.min(1) <= 1, reach.argmin(1), -1).tolist()


for a, alpha, scale in ((2, 0.05, False), (4, 0.01, True), (1, 0.2, False)):
    params = {'n_components': a, 'alpha': alpha, 'scale': scale}
    reach = simca(a, alpha, scale)
    cases.append({'operator': 'SIMCA', 'params': params, 'target': 'three', 'predicted': assigned(reach)})
    for robust in (False, True):
        reach = ddsimca(a, alpha, scale, robust)
        cases.append({'operator': 'DDSIMCA', 'params': {**params, 'estimator': 'robust' if robust else 'classic'},
                      'target': 'three', 'predicted': assigned(reach)})

p = [0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.9999]
out = {
    'producedBy': 'tests/golden/generate/makeClassifiers.py',
    '_versions': {'sklearn': sklearn.__version__, 'numpy': np.__version__, 'scipy': scipy.__version__},
    'rtol': 1e-8,
    'description': __doc__.split('\n\n')[1].replace('\n', ' '),
    'quantiles': {
        'chiSquare': [[q, k, stats.chi2.ppf(q, k)] for q in p for k in (1, 2, 3.5, 13, 100, 500)],
        'f': [[q, a, b, stats.f.ppf(q, a, b)] for q in p for a in (1, 3, 20) for b in (2, 7, 150)],
        'normal': [[q, stats.norm.ppf(q)] for q in p],
    },
    'cases': cases,
}
with open(os.path.join(here, '..', 'classifiers-tecator.json'), 'w') as file:
    json.dump(out, file)
    file.write('\n')
print(len(cases), 'cases')
