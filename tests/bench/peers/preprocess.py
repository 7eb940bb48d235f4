"""Preprocessing by NumPy, SciPy and scikit-learn, for tests/bench/preprocess.ts.

Reads a file of raw little-endian doubles (arguments: FILE ROWS COLS), then answers each line on stdin, the name of an
operator, by a line of JSON: {"ms": ..}. "NAME FILE" writes the result to that file as well; writing is not timed.
"about" answers the versions.
"""
import json
import sys
import time

import numpy as np
import scipy
import sklearn
from scipy.ndimage import gaussian_filter1d, uniform_filter1d
from scipy.signal import detrend, savgol_filter
from sklearn.preprocessing import StandardScaler, normalize

file, rows, cols = sys.argv[1:]
X = np.fromfile(file, dtype="<f8").reshape(int(rows), int(cols))
reference = X.mean(axis=0)
scaler = StandardScaler().fit(X)


def snv(x):
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def msc(x):
    level = reference.mean()
    centred = reference - level
    slope = (x @ centred / (centred @ centred))[:, None]
    return (x - (x.mean(axis=1, keepdims=True) - slope * level)) / slope


OPERATORS = {
    "SavitzkyGolay": lambda x: savgol_filter(x, 15, 2, deriv=1, axis=1, mode="interp"),
    "SNV": snv,
    "MSC": msc,
    "Detrend": lambda x: detrend(x, axis=1),
    "Gaussian": lambda x: gaussian_filter1d(x, 2, axis=1, order=1),
    "MovingAverage": lambda x: uniform_filter1d(x, 11, axis=1, mode="nearest"),
    "VectorNormalization": normalize,
    "StandardScaler": scaler.transform,
}

for line in sys.stdin:
    name, _, target = line.rstrip("\n").partition("\t")
    if name == "about":
        about = {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}
        print(json.dumps(about), flush=True)
        continue
    started = time.perf_counter()
    result = OPERATORS[name](X)
    ms = 1000 * (time.perf_counter() - started)
    if target:
        np.ascontiguousarray(result, dtype="<f8").tofile(target)
    print(json.dumps({"ms": ms}), flush=True)
