"""Reference values for scatter corrections, scalers, filters, baselines and signal conversions.

Every value is computed with NumPy, SciPy, scikit-learn and PyWavelets, by another route than ours: least squares by
singular values instead of banded factors, moving windows by scipy.ndimage, hulls by Qhull, wavelets by PyWavelets.
Run from the project folder: python3 tests/golden/generate/makePreprocessing.py
"""

import csv
import json
import platform
import warnings
from pathlib import Path

import numpy as np
import pywt
import scipy
import sklearn
from numpy.polynomial import Polynomial
from scipy.integrate import trapezoid
from scipy.ndimage import correlate1d, gaussian_filter1d, grey_opening, uniform_filter1d
from scipy.spatial import ConvexHull
from scipy.special import expit
from scipy.stats import median_abs_deviation
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler, minmax_scale

warnings.simplefilter("ignore")
ROOT = Path(__file__).resolve().parents[3]
KEPT = [0, 3]


def tecator():
    with open(ROOT / "resources/samples/tecator/X.csv") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[float(v) for v in rows[i][1:]] for i in (0, 50, 100, 150, 200)])


def raman():
    """Sharp bands and noise on a curved background, 200 channels."""
    random = np.random.RandomState(3)
    t = np.linspace(0, 1, 200)
    spectra = []
    for k in range(5):
        background = 3 + 4 * t - 3 * t**2 + np.exp(-((t - 0.2 - 0.1 * k) ** 2) / 0.1)
        bands = sum(h * np.exp(-((t - c) ** 2) / (2 * w**2)) for h, c, w in ((5, 0.3, 0.01), (3, 0.55, 0.02), (2, 0.8, 0.008)))
        spectra.append(background + bands + 0.03 * random.standard_normal(200))
    return np.round(np.array(spectra), 6)


def light():
    """Reflectance between 0 and 1, with a value out of range at either end of a spectrum."""
    x = np.round(10 ** -(tecator() / 3), 6)
    x[0, 0], x[3, 5] = -0.01, 1.02
    return x


def per_row(f):
    return lambda x, **p: np.array([f(row, **p) for row in x])


def lsnv(x, window=11, pad_mode="reflect", constant_values=0.0):
    half = window // 2
    more = {"constant_values": constant_values} if pad_mode == "constant" else {}
    padded = np.pad(x, ((0, 0), (half, half)), mode=pad_mode, **more)
    windows = np.lib.stride_tricks.sliding_window_view(padded, window, axis=1)
    return (x - windows.mean(axis=2)) / windows.std(axis=2)


def rsnv(x, k=1.4826):
    return (x - np.median(x, axis=1, keepdims=True)) / (k * median_abs_deviation(x, axis=1)[:, None])


def emsc(x, degree=2):
    reference = x.mean(axis=0)
    t = np.linspace(-1, 1, x.shape[1])
    powers = np.column_stack([t**d for d in range(degree + 1)])
    out = []
    for row in x:
        c = np.linalg.lstsq(np.column_stack([reference, powers]), row, rcond=None)[0]
        out.append((row - powers @ c[1:]) / c[0])
    return np.array(out)


def msc_median(x):
    reference = np.median(x, axis=0)
    out = []
    for row in x:
        slope, offset = np.polyfit(reference, row, 1)
        out.append((row - offset) / slope)
    return np.array(out)


def area(x, method="sum"):
    size = {"sum": x.sum(axis=1), "abs_sum": np.abs(x).sum(axis=1), "trapz": trapezoid(x, axis=1)}[method]
    return x / size[:, None]


def pareto(x, p=0.5, with_mean=True, ddof=0):
    return (x - (x.mean(axis=0) if with_mean else 0)) / x.std(axis=0, ddof=ddof) ** p


def gradient(x, times, delta=1.0, edge_order=1):
    for _ in range(times):
        x = np.gradient(x, delta, axis=1, edge_order=edge_order)
    return x


def norris(x, gap=5, segment=5, deriv=1, delta=1.0):
    weights = np.zeros(2 * gap + 1)
    weights[0], weights[-1] = -1 / (2 * gap * delta), 1 / (2 * gap * delta)
    for _ in range(deriv):
        x = correlate1d(uniform_filter1d(x, segment, axis=1, mode="nearest"), weights, axis=1, mode="nearest")
    return x


def denoise(x, wavelet="db4", level=5, mode="periodization", threshold_mode="soft", noise_estimator="median"):
    c = pywt.wavedec(x, wavelet, level=level, mode=mode, axis=1)
    if noise_estimator == "median":
        sigma = np.median(np.abs(c[-1]), axis=1) / 0.6745
    else:
        sigma = c[-1].std(axis=1)
    limit = sigma * np.sqrt(2 * np.log(x.shape[1]))
    c = [c[0]] + [np.array([pywt.threshold(r, t, threshold_mode) for r, t in zip(d, limit)]) for d in c[1:]]
    return pywt.waverec(c, wavelet, mode=mode, axis=1)[:, : x.shape[1]]


def change(old, new):
    return np.linalg.norm(new - old) / np.linalg.norm(old)


@per_row
def poly(y, poly_order=2):
    t = np.arange(len(y))
    return y - Polynomial.fit(t, y, poly_order)(t)


def iterated_polynomial(y, spread, poly_order=5, max_iter=250, tol=1e-3, use_original=False, mask_initial_peaks=False):
    """Lieber 2003, Gan 2006 (spread None) and Zhao 2007, with the stopping rules of pybaselines 1."""
    basis = np.polynomial.legendre.legvander(np.linspace(-1, 1, len(y)), poly_order)
    weights = np.ones(len(y))
    baseline = basis @ np.linalg.lstsq(basis, y, rcond=None)[0]
    deviation = np.std(y - baseline)
    if mask_initial_peaks:
        weights[baseline + deviation < y] = 0
    clipped = y
    for _ in range(max_iter):
        limit = 0 if spread is None else spread * deviation
        clipped = np.minimum(y if use_original else clipped, baseline + limit)
        new = basis @ np.linalg.lstsq(weights[:, None] * basis, weights * clipped, rcond=None)[0]
        new_deviation = np.std(weights * (clipped - new))
        moved = change(baseline, new) if spread is None else abs(deviation - new_deviation) / new_deviation
        baseline, deviation = new, new_deviation
        if moved < tol:
            break
    return y - baseline


@per_row
def modpoly(y, **p):
    return iterated_polynomial(y, None, **p)


@per_row
def imodpoly(y, num_std=1, mask_initial_peaks=True, **p):
    return iterated_polynomial(y, num_std, mask_initial_peaks=mask_initial_peaks, **p)


def smooth(y, w, lam, order, lam_1=0.0):
    """min |sqrt(w) (y - z)|2 + lam_1 |D1 (y - z)|2 + lam |D z|2, by singular values of the stacked problem."""
    n = len(y)
    difference = np.diff(np.eye(n), order, axis=0)
    first = np.diff(np.eye(n), 1, axis=0)
    rows = [np.diag(np.sqrt(w)), np.sqrt(lam_1) * first, np.sqrt(lam) * difference]
    right = [np.sqrt(w) * y, np.sqrt(lam_1) * first @ y, np.zeros(len(difference))]
    return np.linalg.lstsq(np.vstack(rows), np.concatenate(right), rcond=None)[0]


@per_row
def asls(y, lam=1e6, p=0.01, max_iter=50, tol=1e-3, diff_order=2):
    w = np.ones(len(y))
    for _ in range(max_iter + 1):
        z = smooth(y, w, lam, diff_order)
        new = np.where(y > z, p, 1 - p)
        if change(w, new) < tol:
            break
        w = new
    return y - z


@per_row
def iasls(y, lam=1e6, p=0.01, lam_1=1e-4, max_iter=50, tol=1e-3, diff_order=2):
    t = np.arange(len(y))
    z = Polynomial.fit(t, y, 2)(t)
    w = np.where(y > z, p, 1 - p) ** 2
    for _ in range(max_iter + 1):
        z = smooth(y, w, lam, diff_order, lam_1)
        new = np.where(y > z, p, 1 - p) ** 2
        if change(w, new) < tol:
            break
        w = new
    return y - z


@per_row
def airpls(y, lam=1e6, max_iter=50, tol=1e-3, diff_order=2):
    w = np.ones(len(y))
    for step in range(1, max_iter + 2):
        z = smooth(y, w, lam, diff_order)
        below = (y - z)[y < z]
        if len(below) < 2:
            break
        size = np.abs(below).sum()
        if size / np.abs(y).sum() < tol:
            break
        w = np.where(y < z, np.exp(min(step, 50) * np.minimum(z - y, 0 * y + np.abs(below).max()) / size), 0)
    return y - z


@per_row
def arpls(y, lam=1e6, max_iter=50, tol=1e-3, diff_order=2):
    w = np.ones(len(y))
    for _ in range(max_iter + 1):
        z = smooth(y, w, lam, diff_order)
        d = y - z
        below = d[d < 0]
        if len(below) < 2:
            break
        m, s = below.mean(), below.std(ddof=1)
        new = expit(-2 * (d - (2 * s - m)) / s)
        if change(w, new) < tol:
            break
        w = new
    return y - z


def lengthened(y, pad):
    n = len(y)
    if pad == 0:
        return y
    left = Polynomial.fit(np.arange(pad), y[:pad], 1)(np.arange(-pad, 0)) if pad > 1 else y[:1]
    right = Polynomial.fit(np.arange(n - pad, n), y[-pad:], 1)(np.arange(n, n + pad)) if pad > 1 else y[-1:]
    return np.concatenate([left, y, right])


@per_row
def snip(y, max_half_window=40, decreasing=True, filter_order=2):
    reach = min(max_half_window, (len(y) - 1) // 2)
    v = lengthened(y, reach)
    for i in range(reach, 0, -1) if decreasing else range(1, reach + 1):
        centre = np.arange(i, len(v) - i)

        def pair(distance):
            return v[centre - distance] + v[centre + distance]

        suggestions = [pair(i) / 2]
        if filter_order >= 4:
            suggestions.append((4 * pair(i // 2) - pair(i)) / 6)
        if filter_order >= 6:
            suggestions.append((pair(i) - 6 * pair(2 * i // 3) + 15 * pair(i // 3)) / 20)
        if filter_order >= 8:
            suggestions.append((-pair(i) + 8 * pair(3 * i // 4) - 28 * pair(i // 2) + 56 * pair(i // 4)) / 70)
        background = np.max(suggestions, axis=0)
        v[centre] = np.minimum(v[centre], background)
    return y - v[reach : len(v) - reach]


@per_row
def rolling_ball(y, half_window=50, smooth_half_window=None):
    half = half_window if smooth_half_window is None else smooth_half_window
    rough = grey_opening(y, 2 * half_window + 1)
    return y - uniform_filter1d(lengthened(rough, half), 2 * half + 1)[half : half + len(y)]


@per_row
def rubber_band(y):
    n = len(y)
    points = np.column_stack([np.arange(n), y])
    above = [[0, y.max() + 1], [n - 1, y.max() + 1]]
    corners = np.unique([v for v in ConvexHull(np.vstack([points, above])).vertices if v < n])
    return y - np.interp(np.arange(n), corners, y[corners])


def kubelka_munk(x, full=1.0, epsilon=1e-10):
    r = np.clip(x / full, epsilon, 1 - epsilon)
    return (1 - r) ** 2 / (2 * r)


def log(x, base=np.e, offset=0.0, auto_offset=True, min_value=1e-8):
    x = x + offset
    if auto_offset and x.min() <= 0:
        x = x + (min_value - x.min())
    return np.log(x) / np.log(base)


def normalize(x, feature_range=(-1, 1)):
    if tuple(feature_range) == (-1, 1):
        return x / np.linalg.norm(x, axis=0)
    return MinMaxScaler(feature_range=tuple(feature_range)).fit_transform(x)


def fit(scaler):
    return lambda x, **p: scaler(**{k: tuple(v) if isinstance(v, list) else v for k, v in p.items()}).fit_transform(x)



T, R, L = "tecator", "raman", "light"
# operator, input, parameters as documents give them, reference
CASES = [
    ("MSC", T, {"method": "median"}, lambda x, method: msc_median(x)),
    *[("EMSC", T, p, emsc) for p in ({}, {"degree": 0}, {"degree": 4})],
    *[("LocalSNV", R, p, lsnv) for p in ({}, {"window": 5, "pad_mode": "edge"}, {"window": 31, "pad_mode": "constant", "constant_values": 2})],
    *[("RobustSNV", T, p, rsnv) for p in ({}, {"k": 1})],
    *[("AreaNormalization", T, {"method": m}, area) for m in ("sum", "abs_sum", "trapz")],
    ("MinMaxNormalization", T, {}, lambda x: minmax_scale(x, axis=1)),
    ("FirstDerivative", T, {}, lambda x: gradient(x, 1, edge_order=2)),
    ("FirstDerivative", T, {"delta": 2, "edge_order": 1}, lambda x, delta, edge_order: gradient(x, 1, delta, edge_order)),
    ("SecondDerivative", T, {}, lambda x: gradient(x, 2, edge_order=2)),
    ("SecondDerivative", T, {"delta": 2, "edge_order": 1}, lambda x, delta, edge_order: gradient(x, 2, delta, edge_order)),
    ("Derivate", T, {"order": 3, "delta": 0.5}, lambda x, order, delta: gradient(x, order, delta)),
    *[("NorrisWilliams", T, p, norris) for p in ({}, {"gap": 3, "segment": 1}, {"gap": 4, "segment": 7, "deriv": 2, "delta": 2})],
    *[("Gaussian", T, {"order": o, "sigma": s}, lambda x, order, sigma: gaussian_filter1d(x, sigma, order=order, axis=1)) for o, s in ((0, 1), (1, 2.5), (2, 1), (3, 4), (4, 2))],
    ("Gaussian", T, {"order": 1, "sigma": 30}, lambda x, order, sigma: gaussian_filter1d(x, sigma, order=order, axis=1)),
    *[("MovingAverage", T, {"window_size": w, "mode": m}, lambda x, window_size, mode: uniform_filter1d(x, window_size, axis=1, mode=mode)) for w, m in ((3, "nearest"), (11, "reflect"), (7, "mirror"), (5, "wrap"))],
    *[("WaveletDenoise", R, p, denoise) for p in (
        {}, {"wavelet": "haar", "level": 3, "mode": "symmetric", "threshold_mode": "hard"},
        {"wavelet": "sym6", "level": 4, "mode": "smooth", "noise_estimator": "std"}, {"wavelet": "coif2", "level": 2, "mode": "reflect"},
        {"wavelet": "db10", "mode": "periodic", "level": 3}, {"wavelet": "sym2", "mode": "constant", "level": 7}, {"wavelet": "db2", "mode": "zero"})],
    *[("PolynomialBaseline", T, p, poly) for p in ({}, {"poly_order": 5})],
    *[("ModPoly", i, p, modpoly) for i, p in ((T, {}), (R, {}), (R, {"poly_order": 3, "use_original": True}), (R, {"mask_initial_peaks": True, "tol": 1e-5}))],
    *[("IModPoly", i, p, imodpoly) for i, p in ((T, {}), (R, {}), (R, {"poly_order": 3, "use_original": True}), (R, {"num_std": 2, "mask_initial_peaks": False}))],
    *[("AsLS", i, p, asls) for i, p in ((T, {}), (R, {}), (R, {"lam": 1e3, "p": 0.05, "diff_order": 1}), (R, {"lam": 1e8, "diff_order": 3}))],
    *[("IASLS", i, p, iasls) for i, p in ((T, {}), (R, {}), (R, {"lam": 1e4, "p": 0.1, "lam_1": 0.01}))],
    *[("AirPLS", i, p, airpls) for i, p in ((T, {"lam": 100}), (R, {}), (R, {"lam": 1e4, "diff_order": 1}))],
    *[("ArPLS", i, p, arpls) for i, p in ((T, {"lam": 100}), (R, {}), (R, {"lam": 1e5, "tol": 1e-5}), (R, {"lam": 1e4, "diff_order": 1}))],
    *[("SNIP", i, p, snip) for i, p in ((T, {}), (R, {}), (R, {"max_half_window": 15, "decreasing": False}), (R, {"filter_order": 4}), (R, {"filter_order": 6, "max_half_window": 25}), (R, {"filter_order": 8}), (R, {"max_half_window": 500}))],
    *[("RollingBall", i, p, rolling_ball) for i, p in ((T, {}), (R, {"half_window": 12}), (R, {"half_window": 12, "smooth_half_window": 0}), (R, {"half_window": 20, "smooth_half_window": 3}))],
    *[("RubberBand", i, {}, rubber_band) for i in (T, R)],
    ("ReflectanceToAbsorbance", L, {}, lambda x: -np.log10(np.clip(x, 1e-8, None))),
    ("ReflectanceToAbsorbance", L, {"percent": True, "min_value": 1e-4}, lambda x, percent, min_value: -np.log10(np.clip(x / 100, min_value, None))),
    ("ToAbsorbance", L, {"source_type": "transmittance%"}, lambda x, source_type: -np.log10(np.clip(x / 100, 1e-10, None))),
    ("AbsorbanceToReflectance", T, {"target_type": "reflectance%"}, lambda x, target_type: 100 * np.power(10.0, -x)),
    ("KubelkaMunk", L, {}, kubelka_munk),
    ("KubelkaMunk", L, {"source_type": "reflectance%", "epsilon": 1e-3}, lambda x, source_type, epsilon: kubelka_munk(x, 100, epsilon)),
    *[("LogTransform", i, p, log) for i, p in ((T, {}), (L, {"min_value": 1e-3}), (T, {"base": 10, "offset": 1, "auto_offset": False}))],
    ("MaxAbsScaler", R, {}, fit(MaxAbsScaler)),
    *[("RobustScaler", T, p, fit(RobustScaler)) for p in ({}, {"with_centering": False, "quantile_range": [10, 80]}, {"unit_variance": True, "quantile_range": [5, 60]}, {"with_scaling": False})],
    *[("Pareto", T, p, pareto) for p in ({}, {"p": 0.3, "with_mean": False}, {"ddof": 1})],
    *[("Normalize", T, p, normalize) for p in ({}, {"feature_range": [0, 2]})],
    ("StandardScaler", T, {"with_std": False}, fit(StandardScaler)),
    ("MinMaxScaler", T, {"feature_range": [-2, 3]}, fit(MinMaxScaler)),
]

inputs = {T: tecator(), R: raman(), L: light()}
result = {
    "producedBy": "tests/golden/generate/makePreprocessing.py",
    "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__, "pywt": pywt.__version__},
    "rtol": 1e-9,
    "description": "cases: output for the kept rows of an input. tecator: spectra 0, 50, 100, 150, 200 of the sample.",
    "kept": KEPT,
    "inputs": {name: x.tolist() for name, x in inputs.items()},
    "cases": [
        {"operator": o, "input": i, "params": p, "values": [[float(f"{v:.13g}") for v in row] for row in f(inputs[i].copy(), **p)[KEPT]]} for o, i, p, f in CASES
    ],
}
for case in result["cases"]:
    assert np.isfinite(case["values"]).all(), case["operator"]
with open(ROOT / "tests/golden/preprocessing.json", "w") as file:
    file.write(json.dumps(result, separators=(",", ":")) + "\n")
