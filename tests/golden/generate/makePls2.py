"""Reference values for PLS of several targets at once: pls2.json. Run in this folder.

scikit-learn's PLSRegression, whose inner iteration is carried on until it moves no more (its default stops at 1e-6, which
is not enough to compare eight components to 1e-8). Two sets: Tecator's three targets, and synthetic spectra that the
test makes again from the formula below.
"""
import csv
import json
import warnings

import numpy as np
import scipy
import sklearn
from sklearn.cross_decomposition import PLSRegression
from sklearn.model_selection import KFold

warnings.filterwarnings("ignore")
SAMPLES = "../../../resources/samples/tecator/"
COMPONENTS = 8
FOLDS = 5
SHOWN = 8


def load(name):
    rows = list(csv.reader(open(SAMPLES + name)))
    return rows[0][1:], [row[1:] for row in rows[1:]]


def synthetic():
    """30 spectra of 41 channels and four targets, from sines that every language has alike."""
    i, j, m = np.arange(30.0)[:, None], np.arange(41.0)[None, :], np.arange(4.0)[None, :]
    heights = [np.sin(1.0 + (k + 1.3) * i * i + k) for k in range(9)]
    X = 2.0 + sum(h * np.exp(-(((j - 4.5 * k - 2.0) / 5.0) ** 2)) for k, h in enumerate(heights))
    Y = 5.0 + 3.0 * m + sum(np.sin(0.7 + k * (m + 1.0)) * h for k, h in enumerate(heights)) + 0.1 * np.sin(3.1 * i * (m + 1.0))
    return X, Y


def model(components, scale):
    return PLSRegression(n_components=components, scale=scale, tol=1e-32, max_iter=20000)


def values(X, Y):
    out = {}
    for scale in (True, False):
        predictions, rmsecv = [], []
        for a in range(1, COMPONENTS + 1):
            held = np.empty_like(Y)
            for fold, (train, validation) in enumerate(KFold(FOLDS).split(X)):
                held[validation] = model(a, scale).fit(X[train], Y[train]).predict(X[validation])
            rmsecv.append(np.sqrt(np.mean((held - Y) ** 2, axis=0)).tolist())
            predictions.append(held[:SHOWN].tolist())
        out["scale_true" if scale else "scale_false"] = {"rmsecv": rmsecv, "predictions": predictions}
    return out


X = np.array(load("X.csv")[1], float)
names, references = load("Y.csv")
result = {
    "_versions": {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
    "_script": "makePls2.py",
    "rtol": 1e-8,
    "description": f"KFold({FOLDS}); rmsecv[a - 1][target] and the held-out predictions[a - 1][row][target] of the first "
    f"{SHOWN} rows, for a = 1 ... {COMPONENTS} components",
    "tecator": {"targets": names, **values(X, np.array(references, float))},
    "synthetic": values(*synthetic()),
}
with open("../pls2.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
