"""Reference values for axis, reduction, selection, correction, transfer and target transforms.

Computed with NumPy, SciPy, scikit-learn and PyWavelets on the Tecator sample. Run from the project folder:
python3 tests/golden/generate/makeFeatures.py > tests/golden/features.json
"""

import json
import sys

import numpy as np
import pywt
import scipy
import sklearn
from scipy.interpolate import interp1d
from scipy.signal import resample
from sklearn.cross_decomposition import PLSRegression
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_selection import SelectKBest, VarianceThreshold, f_classif, f_regression
from sklearn.preprocessing import KBinsDiscretizer, PowerTransformer, QuantileTransformer, StandardScaler

folder = "resources/samples/tecator"
X = np.genfromtxt(f"{folder}/X.csv", delimiter=",", skip_header=1)[:, 1:]
axis = np.genfromtxt(f"{folder}/X.csv", delimiter=",", max_rows=1)[1:]
names = open(f"{folder}/Y.csv").readline().strip().split(",")
Y = np.genfromtxt(f"{folder}/Y.csv", delimiter=",", skip_header=1)
fat, moisture = Y[:, names.index("fat")], Y[:, names.index("moisture")]
n, p = X.shape
SHOWN = 5
out = {}


def positive_peaks(components):
    """Sign of each row so that its entry of largest size is positive (scikit-learn from 1.5)."""
    return np.sign(components[np.arange(len(components)), np.abs(components).argmax(axis=1)])


# Principal components and singular vectors
pca = PCA(n_components=5, svd_solver="full").fit(X)
signs = positive_peaks(pca.components_)
scores = (pca.transform(X) * signs)[:SHOWN]
out["pca"] = {
    "scores": scores.tolist(),
    "whitened": (scores / np.sqrt(pca.explained_variance_)).tolist(),
    "components_for": {str(s): int(PCA(n_components=s, svd_solver="full").fit(X).n_components_) for s in (0.95, 0.99, 0.9999)},
}
svd = TruncatedSVD(n_components=4, algorithm="arpack").fit(X)
out["truncated_svd"] = (svd.transform(X) * positive_peaks(svd.components_))[:SHOWN].tolist()

# PLS scores
classes = np.digitize(fat, [10, 25])
onehot = np.eye(3)[classes]
out["pls_scores"] = {
    "scaled": PLSRegression(6).fit(X, fat).transform(X)[:SHOWN].tolist(),
    "unscaled": PLSRegression(6, scale=False).fit(X, fat).transform(X)[:SHOWN].tolist(),
    "classes_10_25": PLSRegression(4, tol=1e-15, max_iter=100000).fit(X, onehot).transform(X)[:SHOWN].tolist(),
}

# Resampling
wanted = np.array([840.0, 850.5, 853.0, 900.25, 977.7, 1048.0, 1060.0])
out["interp1d"] = {
    "wanted": wanted.tolist(),
    "values": {
        kind: {
            "extrapolate": interp1d(axis, X[:3], kind=kind, fill_value="extrapolate")(wanted).tolist(),
            "filled_with_minus_1": interp1d(axis, X[:3], kind=kind, fill_value=-1, bounds_error=False)(wanted).tolist(),
        }
        for kind in ("linear", "slinear", "nearest", "zero", "quadratic", "cubic")
    },
}
out["by_channel_number_37"] = interp1d(np.linspace(0, 1, p), X[:3])(np.linspace(0, 1, 37)).tolist()

# Wavelet details at the original number of channels
out["wavelet"] = []
for name, mode, channels in [("haar", "periodization", 100), ("haar", "periodization", 99), ("db4", "symmetric", 100),
                             ("db4", "periodization", 98), ("coif1", "reflect", 75), ("sym5", "zero", 100), ("db2", "smooth", 60),
                             ("db8", "constant", 100), ("haar", "periodic", 64)]:
    part = X[:2, :channels]
    detail = pywt.dwt(part, name, mode=mode)[1]
    out["wavelet"].append({"wavelet": name, "mode": mode, "channels": channels, "values": resample(detail, channels, axis=1).tolist()})



# Several wavelet levels
def levels(name, most):
    return pywt.wavedec(X, name, level=min(most, pywt.dwt_max_level(p, name)), axis=1)


def entropy(values):
    counts = np.histogram(values, bins=10)[0]
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def figures(values, count):
    largest = values[np.argsort(np.abs(values), kind="stable")[::-1]][:count]
    return [values.mean(), values.std(), (values**2).sum(), entropy(values), *largest, *np.zeros(count - len(largest))]


out["wavelet_levels"] = []
for name, most in (("db4", 5), ("haar", 4), ("sym4", 2)):
    parts = levels(name, most)
    pcs, svs = [], []
    for part in parts:
        scaled = StandardScaler().fit_transform(part)
        model = PCA(min(3, part.shape[1]), svd_solver="full", whiten=True).fit(scaled)
        pcs.append(model.transform(scaled)[:SHOWN] * positive_peaks(model.components_))
        model = TruncatedSVD(min(3, part.shape[1] - 1), algorithm="arpack").fit(part)
        svs.append(model.transform(part)[:SHOWN] * positive_peaks(model.components_))
    out["wavelet_levels"].append({
        "wavelet": name,
        "max_level": most,
        "features": [[f for part in parts for f in figures(part[i], 12)] for i in range(3)],
        "pca": np.hstack(pcs).tolist(),
        "svd": np.hstack(svs).tolist(),
    })

# Univariate selection
out["select"] = {
    "f_regression": f_regression(X, fat)[0].tolist(),
    "f_classif_10_25": f_classif(X, classes)[0].tolist(),
    "k7_regression": SelectKBest(f_regression, k=7).fit(X, fat).get_support(indices=True).tolist(),
    "k7_classif": SelectKBest(f_classif, k=7).fit(X, classes).get_support(indices=True).tolist(),
    "ties_k3": SelectKBest(f_regression, k=3).fit(np.tile(X[:, :2], 4), fat).get_support(indices=True).tolist(),
    "variance_0.25": VarianceThreshold(0.25).fit(X).get_support(indices=True).tolist(),
}

# Variable importance in projection, from the weights, scores and loadings of PLSRegression
out["vip"] = {}
for scale in (True, False):
    model = PLSRegression(6, scale=scale).fit(X, fat)
    explained = (model.x_scores_**2).sum(axis=0) * model.y_loadings_.ravel() ** 2
    out["vip"][str(scale)] = np.sqrt(p * (model.x_weights_**2 @ explained) / explained.sum()).tolist()

# Interval PLS, forward: every fifth sample held out, best of 1 … 5 components
def rmsecv(columns):
    errors = np.zeros((5, n))
    for fold in range(5):
        held = np.arange(n) % 5 == fold
        for a in range(1, 6):
            model = PLSRegression(a).fit(X[~held][:, columns], fat[~held])
            errors[a - 1, held] = fat[held] - model.predict(X[held][:, columns]).ravel()
    return np.sqrt((errors**2).mean(axis=1)).min()


chosen, smallest, history = [], np.inf, []
while True:
    trials = {k: rmsecv(np.sort(np.concatenate([np.arange(10 * i, 10 * i + 10) for i in chosen + [k]]))) for k in range(10) if k not in chosen}
    if not trials or min(trials.values()) >= smallest:
        break
    best = min(trials, key=trials.get)
    chosen, smallest = chosen + [best], trials[best]
    history.append([best, smallest])
out["interval_forward"] = history

# Orthogonal signal correction: filter with A components, then one PLS component, is PLS with A + 1
out["osc_then_pls"] = {
    str(a): {str(scale): PLSRegression(a + 1, scale=scale).fit(X, fat).predict(X).ravel()[:20].tolist() for scale in (True, False)}
    for a in (1, 3)
}

# A second instrument, made from the first
X2 = 0.02 + 0.93 * (0.7 * X + 0.3 * X[:, np.minimum(np.arange(p) + 1, p - 1)]) + 0.004 * X**2
pairs, later = np.arange(30), X2[30:35]
A, B = X[pairs], X2[pairs]
out["transfer"] = {"pairs": 30, "later": [30, 35]}
ma, mb = A.mean(axis=0), B.mean(axis=0)
for r in (None, 6):
    U, s, Vt = np.linalg.svd(B - mb, full_matrices=False)
    k = int((s > max(B.shape) * np.finfo(float).eps * s[0]).sum()) if r is None else r
    F = Vt[:k].T @ np.diag(1 / s[:k]) @ U[:, :k].T @ (A - ma)
    out["transfer"][f"ds_{r or 'all'}"] = ((later - mb) @ F + ma).tolist()
pds = np.zeros_like(later)
for j in range(p):
    w = np.arange(max(0, j - 3), min(p, j + 4))
    pds[:, j] = PLSRegression(2, scale=False).fit(B[:, w], A[:, j]).predict(later[:, w]).ravel()
out["transfer"]["pds_7_2"] = pds.tolist()
_, _, Vt = np.linalg.svd(np.hstack([A, B]), full_matrices=False)
P1, P2 = Vt[:4, :p], Vt[:4, p:]
out["transfer"]["sst_4"] = (later + later @ np.linalg.pinv(P2) @ (P1 - P2)).tolist()

# Replicates: each sample on both instruments; within-sample differences, and one difference a condition
centre = (A + B) / 2
D = np.vstack([A - centre, B - centre])
_, _, Vt = np.linalg.svd(D, full_matrices=False)
out["epo_2"] = (later - later @ Vt[:2].T @ Vt[:2]).tolist()
C = np.vstack([(A - centre).mean(axis=0), (B - centre).mean(axis=0)])
_, _, Vt = np.linalg.svd(C, full_matrices=False)
out["epo_1_by_condition"] = (later - later @ Vt[:1].T @ Vt[:1]).tolist()
values, V = np.linalg.eigh(D.T @ D)
out["glsw_0.01"] = (later @ V @ np.diag(1 / np.sqrt(np.maximum(values, 0) / 0.01 + 1)) @ V.T).tolist()

# Target transforms
column = fat.reshape(-1, 1)
out["power"] = {}
for name, values in (("fat", fat), ("moisture", moisture), ("shifted_fat", fat - 20), ("log_fat", np.log(fat))):
    for method in ("yeo-johnson", "box-cox"):
        if method == "box-cox" and values.min() <= 0:
            continue
        t = PowerTransformer(method).fit(values.reshape(-1, 1))
        shown = t.transform(values[:10].reshape(-1, 1))
        new = np.linspace(-1.5, 1.5, 7).reshape(-1, 1)
        out["power"][f"{name} {method}"] = {
            "lambda": t.lambdas_[0],
            "values": shown.ravel().tolist(),
            "inverse_of": new.ravel().tolist(),
            "inverse": t.inverse_transform(new).ravel().tolist(),
        }
ties = np.round(fat / 5) * 5
out["quantile"] = {}
for name, values, count in (("fat", fat, 1000), ("fat_11", fat, 11), ("ties", ties, 1000), ("ties_20", ties, 20)):
    t = QuantileTransformer(n_quantiles=min(count, n), subsample=10**6).fit(values.reshape(-1, 1))
    new = np.concatenate([values[:20], [values.min() - 1, values.max() + 1, 12.345, 20.0]])
    shares = np.linspace(-0.1, 1.1, 13)
    out["quantile"][name] = {
        "n_quantiles": count,
        "new": new.tolist(),
        "values": t.transform(new.reshape(-1, 1)).ravel().tolist(),
        "shares": shares.tolist(),
        "inverse": t.inverse_transform(shares.reshape(-1, 1)).ravel().tolist(),
    }
skewed = np.exp(fat / 8)
out["bins"] = []
for name, values in (("fat", fat), ("skewed", skewed), ("ties", ties)):
    for strategy in ("uniform", "quantile", "kmeans"):
        if name == "ties" and strategy == "kmeans":
            continue  # values as far from one centre as from another: rounding decides
        for count in (3, 8):
            t = KBinsDiscretizer(count, encode="ordinal", strategy=strategy, subsample=None if strategy == "quantile" else "warn").fit(values.reshape(-1, 1))
            out["bins"].append({
                "target": name,
                "strategy": strategy,
                "n_bins": count,
                "edges": t.bin_edges_[0].tolist(),
                "codes": t.transform(values.reshape(-1, 1)).ravel().astype(int).tolist(),
            })

json.dump(
    {
        "_versions": {
            "script": "generate/makeFeatures.py",
            "python": sys.version.split()[0],
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "sklearn": sklearn.__version__,
            "pywt": pywt.__version__,
        },
        **out,
    },
    sys.stdout,
)
