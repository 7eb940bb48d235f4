"""Reference values for regressors on Tecator fat: regressors-tecator-fat.json. Run in this folder.

Everything is scikit-learn's, except what scikit-learn lacks: those parts are written out here in NumPy and SciPy, as far
from our own code as possible, and are marked "cross" in the file.
"""
import csv
import json
import warnings

import numpy as np
import scipy
import sklearn
from scipy.ndimage import convolve1d
from scipy.signal import savgol_coeffs
from sklearn.cross_decomposition import PLSRegression
from sklearn.decomposition import PCA
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, RationalQuadratic, WhiteKernel
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression
from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel
from sklearn.model_selection import cross_val_score
from sklearn.preprocessing import KernelCenterer, StandardScaler
from sklearn.svm import SVR

warnings.filterwarnings("ignore")
SAMPLES = "../../../resources/samples/tecator/"


def load(name):
    rows = list(csv.reader(open(SAMPLES + name)))
    return rows[0][1:], [row[1:] for row in rows[1:]]


X = np.array(load("X.csv")[1], float)
names, references = load("Y.csv")
y = np.array(references, float)[:, names.index("fat")]
test = np.array([row[0] == "T" for row in load("split.csv")[1]])
scaler = StandardScaler().fit(X[~test])
A, B, a = scaler.transform(X[~test]), scaler.transform(X[test]), y[~test]
L = lambda values: np.asarray(values, float).ravel().tolist()
out = {}


def fitted(name, model, columns=slice(None), **extra):
    model.fit(A[:, columns], a)
    out[name] = {"pred": L(model.predict(B[:, columns])), **extra}
    return model


# ---- linear models
fitted("LinearRegression, channels 0 to 9", LinearRegression(), slice(0, 10))
fitted("Lasso(0.01)", Lasso(0.01, max_iter=1000000, tol=1e-12))
fitted("ElasticNet(0.01,0.5)", ElasticNet(0.01, l1_ratio=0.5, max_iter=1000000, tol=1e-12))
for name, model in {
    "Lasso(0.1), default tolerance": Lasso(0.1),
    "Lasso(0.1), random": Lasso(0.1, selection="random", random_state=7),
    "Lasso(0.1), positive": Lasso(0.1, positive=True),
    "Lasso(0.1), no intercept": Lasso(0.1, fit_intercept=False),
    "ElasticNet(0.5), default": ElasticNet(0.5),
}.items():
    fitted(name, model)
    out[name]["coef"] = L(model.coef_)
    out[name]["sweeps"] = int(model.n_iter_)

# ---- kernel models
for name, model in {
    "SVR(rbf,C=10)": SVR(C=10, tol=1e-8),
    "SVR(rbf,C=100,eps=1,gamma=auto)": SVR(C=100, epsilon=1, gamma="auto", tol=1e-8),
    "SVR(linear,C=1)": SVR(kernel="linear", C=1, tol=1e-8),
    "SVR(poly 2)": SVR(kernel="poly", degree=2, coef0=1, C=1, tol=1e-8),
    "SVR(sigmoid)": SVR(kernel="sigmoid", gamma=0.001, C=10, tol=1e-8),
    "SVR()": SVR(),
}.items():
    fitted(name, model)
    out[name]["supports"] = int(len(model.support_))
fitted("KernelRidge()", KernelRidge())
fitted("KernelRidge(rbf)", KernelRidge(kernel="rbf", alpha=0.1))
fitted("KernelRidge(poly 2)", KernelRidge(kernel="poly", degree=2, alpha=1.0))
fitted("KernelRidge(sigmoid)", KernelRidge(kernel="sigmoid", gamma=0.001, alpha=1.0))
gp = lambda kernel, **more: GaussianProcessRegressor(kernel, normalize_y=True, **more)
fitted("GP(1*RBF(10)+White(0.1), fixed)", gp(ConstantKernel(1.0) * RBF(10.0) + WhiteKernel(0.1), optimizer=None))
fitted("GP default, channels 0 to 3", GaussianProcessRegressor(), slice(0, 4))
for nu in (0.5, 1.5, 2.5):
    fitted(f"GP(Matern({nu}), fixed)", gp(ConstantKernel(2.0) * Matern(10.0, nu=nu), alpha=0.1, optimizer=None))
fitted("GP(RQ, fixed)", gp(ConstantKernel(1.0) * RationalQuadratic(10.0, alpha=0.5), alpha=0.1, optimizer=None))
for name, kernel in {
    "rbf": RBF(10.0),
    "matern": Matern(10.0, nu=1.5),
    "rational_quadratic": RationalQuadratic(10.0, alpha=1.0),
}.items():
    model = fitted(f"GP({name}, learned)", gp(ConstantKernel(1.0) * kernel + WhiteKernel(0.1)))
    out[f"GP({name}, learned)"]["likelihood"] = float(model.log_marginal_likelihood_value_)

# ---- kernel PLS: PLS on the features of the centred kernel (Rosipal & Trejo), and on the kernel matrix itself
for name, K, KB in [
    ("rbf", rbf_kernel(A, gamma=0.01), rbf_kernel(B, A, gamma=0.01)),
    ("poly", polynomial_kernel(A, degree=2), polynomial_kernel(B, A, degree=2)),
]:
    if name == "poly":
        size, sizeB = np.sqrt(np.diag(K)), np.sqrt(polynomial_kernel(B, degree=2).diagonal())
        K, KB = K / np.outer(size, size), KB / np.outer(sizeB, size)
    centre = KernelCenterer().fit(K)
    K, KB = centre.transform(K), centre.transform(KB)
    values, vectors = np.linalg.eigh(K)
    keep = values > 1e-13 * values.max()
    F, FB = vectors[:, keep] * np.sqrt(values[keep]), KB @ vectors[:, keep] / np.sqrt(values[keep])
    for n in (1, 3, 8):
        out[f"KernelPLS({name}), {n}"] = {"pred": L(PLSRegression(n, scale=False).fit(F, a).predict(FB))}
        out[f"KernelPLS({name}), {n}, matrix"] = {"pred": L(PLSRegression(n, scale=False).fit(K, a).predict(KB))}

# ---- interval PLS: nothing but scikit-learn's cross_val_score and PLSRegression
Z, ZB = X[~test], X[test]
parts = np.array_split(np.arange(Z.shape[1]), 12)


def score(chosen, scoring="r2"):
    part = np.sort(np.concatenate([parts[k] for k in chosen]))
    return cross_val_score(PLSRegression(min(4, len(part))), Z[:, part], a, cv=5, scoring=scoring).mean()


chosen, reached = [], -np.inf
while len(chosen) < len(parts):
    scores = {k: score(chosen + [k]) for k in range(len(parts)) if k not in chosen}
    best = max(scores, key=scores.get)
    if scores[best] <= reached:
        break
    chosen, reached = chosen + [best], scores[best]
part = np.sort(np.concatenate([parts[k] for k in chosen]))
out["IntervalPLS(forward)"] = {"pred": L(PLSRegression(4).fit(Z[:, part], a).predict(ZB[:, part])), "chosen": chosen}
single = max(range(len(parts)), key=lambda k: score([k], "neg_root_mean_squared_error"))
out["IntervalPLS(single)"] = {"pred": L(PLSRegression(4).fit(Z[:, parts[single]], a).predict(ZB[:, parts[single]])), "chosen": [single]}
kept, reached = list(range(len(parts))), None
reached = score(kept)
while len(kept) > 1:
    scores = {k: score([j for j in kept if j != k]) for k in kept}
    best = max(scores, key=scores.get)
    if scores[best] <= reached:
        break
    kept, reached = [j for j in kept if j != best], scores[best]
part = np.sort(np.concatenate([parts[k] for k in kept]))
out["IntervalPLS(backward)"] = {"pred": L(PLSRegression(4).fit(Z[:, part], a).predict(ZB[:, part])), "chosen": kept}

# ---- LW-PLS with all components is weighted least squares
scores = PCA(5).fit(A)
S, SB = scores.transform(A), scores.transform(B)
pred = []
for q in (SB - S.mean(0)) / S.std(0):
    d = np.linalg.norm((S - S.mean(0)) / S.std(0) - q, axis=1)
    weight = np.exp(-d / d.std(ddof=1) / 0.5)
    pred.append(LinearRegression().fit((S - S.mean(0)) / S.std(0), a, sample_weight=weight).predict([q])[0])
out["LWPLS, 5 scores, all components"] = {"scores": [L(row) for row in S], "scores_test": [L(row) for row in SB], "pred": L(pred)}


# ---- cross: OPLS filter and AOM-PLS written out in NumPy and SciPy
def opls(n, rescale, ncomp):
    mean, sd = Z.mean(0), Z.std(0, ddof=1)
    E, EB, f = (Z - mean) / sd, (ZB - mean) / sd, a - a.mean()
    w = E.T @ f / np.linalg.norm(E.T @ f)
    for _ in range(n):
        p = E.T @ (E @ w) / ((E @ w) @ (E @ w))
        v = p - (w @ p) * w
        v /= np.linalg.norm(v)
        t = E @ v
        load_ = E.T @ t / (t @ t)
        E, EB = E - np.outer(t, load_), EB - np.outer(EB @ v, load_)
    return PLSRegression(ncomp, scale=rescale).fit(E, a).predict(EB)


for n, rescale, ncomp in [(1, True, 1), (3, True, 2), (4, False, 1)]:
    out[f"OPLS({n},{rescale},{ncomp})"] = {"pred": L(opls(n, rescale, ncomp)), "cross": True}


def pls1(E, f, n):
    """PLS1 without centring, all prefixes: X is deflated, the inverse of P'W is explicit."""
    W, P, q, E, f = [], [], [], E.copy(), f.copy()
    coefs = []
    for _ in range(n):
        w = E.T @ f
        w /= np.linalg.norm(w)
        t = E @ w
        W.append(w), P.append(E.T @ t / (t @ t)), q.append(f @ t / (t @ t))
        E, f = E - np.outer(t, P[-1]), f - t * q[-1]
        coefs.append(np.array(W).T @ np.linalg.solve(np.array(P) @ np.array(W).T, np.array(q)))
    return coefs


def bank(p):
    sg = lambda windows, order, d: [savgol_coeffs(w, order, deriv=d) for w in windows]
    gap = lambda g: np.r_[1, np.zeros(2 * g - 1), -1] / (2 * g)
    nw = lambda g, s, d: np.convolve(np.convolve(np.ones(s) / s, gap(g)), gap(g) if d == 2 else [1.0])
    kernels = (
        sg([11, 15, 21, 31], 2, 0) + sg([11, 15, 21, 31, 41], 2, 1) + sg([11, 15, 21, 31, 41], 2, 2)
        + sg([11, 15, 21, 31], 3, 2) + sg([11, 15, 21, 31], 3, 1) + [np.array([0.5, 0, -0.5]), np.array([1.0, -2, 1])]
        + [nw(*g) for g in [(3, 1, 1), (5, 1, 1), (11, 1, 1), (5, 5, 1), (11, 5, 1), (5, 1, 2), (11, 1, 2), (5, 5, 2)]]
    )
    filters = [convolve1d(np.eye(p), k, axis=1, mode="constant") for k in kernels]

    def detrend(degree):
        Q = np.linalg.qr(np.vander(np.linspace(-1, 1, p), degree + 1))[0]
        return np.eye(p) - Q @ Q.T

    after = [detrend(d) @ m for m in filters for d in (0, 1)]
    return [np.eye(p)] + filters + [detrend(0), detrend(1), detrend(2)] + after


E, EB, f = Z - Z.mean(0), ZB - Z.mean(0), a - a.mean()
order = np.random.RandomState(42).permutation(len(f))
held, rest = order[: len(f) // 5], order[len(f) // 5 :]
errors = [
    [np.sqrt(np.mean((E[held] @ m @ c - f[held]) ** 2)) for c in pls1(E[rest] @ m, f[rest], 12)] for m in bank(E.shape[1])
]
best, k = np.unravel_index(np.argmin(errors), np.shape(errors))
m = bank(E.shape[1])[best]
out["AOMPLS(12)"] = {
    "pred": L(a.mean() + EB @ m @ pls1(E @ m, f, 12)[k]), "operator": int(best), "components": int(k + 1), "cross": True,
}

json.dump(
    {
        "_versions": {"sklearn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
        "producedBy": "makeRegressors.py",
        "description": "Tecator fat, predictions for part T of models fitted on parts C and M; channels standardised (ddof 0) on C and M, except for IntervalPLS, OPLS and AOMPLS (raw). 'cross': written out in NumPy and SciPy for this file.",
        "rtol": {"default": 1e-8, "SVR": 1e-5, "learned": 1e-4},
        "models": out,
    },
    open("../regressors-tecator-fat.json", "w"),
)
