"""The peers of the benchmarks: commands as JSON lines on stdin, one answer a line on stdout.

{"do": "about"}
    -> who computes: versions, names of the peers, threads
{"do": "pls", "peer": NAME, "x": FILE, "y": FILE, "n": .., "p": .., "folds": [..], "components": ..}
    -> {"ms": .., "rmsecv": [..]}
{"do": "variant", "steps": [[NAME, SETTINGS], ..], as "pls"}
    -> {"ms": .., "rmsecv": [..]}: prepares all spectra, then as "pls"
{"do": "mlp", "hidden_layer_sizes": [..], "max_iter": .., "n_iter_no_change": .., "tol": .., "random_state": .., as "pls"}
    -> {"ms": .., "losses": [..]}: scikit-learn's MLPRegressor on all spectra

Files hold raw little-endian doubles, row after row. `folds` is the fold number of each sample. Reading is not timed.
"""
import json
import sys
import time
import warnings
from functools import lru_cache

import numpy as np
from sklearn.neural_network import MLPRegressor

import pls
import preprocessing


@lru_cache(maxsize=8)
def doubles(path, rows, cols):
    return np.fromfile(path, dtype="<f8").reshape(rows, cols)


def about(_):
    return {"peers": list(pls.PEERS), "versions": pls.versions(), "blas": blas()}


def blas():
    """The linear algebra library of NumPy and how many threads it takes (its own default: nothing is set here)."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "unknown (threadpoolctl is missing)"
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    return ", ".join(f"{pool['internal_api']} {pool['version']}, {pool['num_threads']} threads" for pool in pools)


def inputs(command):
    n, p = command["n"], command["p"]
    return doubles(command["x"], n, p), doubles(command["y"], n, 1)[:, 0], np.array(command["folds"])


def cross_validate(command):
    x, y, folds = inputs(command)
    return timed(lambda: pls.PEERS[command["peer"]](x, y, folds, command["components"]))


def variant(command):
    x, y, folds = inputs(command)
    peer, steps, components = pls.PEERS[command["peer"]], command["steps"], command["components"]
    return timed(lambda: peer(preprocessing.prepared(x, steps), y, folds, components))


def perceptron(command):
    x, y, _ = inputs(command)
    settings = {name: command[name] for name in ("max_iter", "n_iter_no_change", "tol", "random_state")}
    model = MLPRegressor(hidden_layer_sizes=tuple(command["hidden_layer_sizes"]), **settings)
    started = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not settled is what is wanted
        model.fit(x, y)
    return {"ms": (time.perf_counter() - started) * 1000, "losses": model.loss_curve_}


def timed(work):
    started = time.perf_counter()
    values = work()
    return {"ms": (time.perf_counter() - started) * 1000, "rmsecv": values.tolist()}


COMMANDS = {"about": about, "pls": cross_validate, "variant": variant, "mlp": perceptron}


def main():
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = COMMANDS[command["do"]](command)
        except Exception as error:  # told to the benchmark, which stops
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
