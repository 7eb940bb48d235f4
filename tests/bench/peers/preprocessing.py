"""What people write in NumPy and SciPy for the operators of the benchmarks. Steps are [name, settings] pairs."""
import numpy as np
from scipy.signal import savgol_filter


def savitzky_golay(x, window_length, polyorder, deriv=0):
    return savgol_filter(x, window_length, polyorder, deriv=deriv, axis=1, mode="interp")


def standard_normal_variate(x):
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def multiplicative_scatter_correction(x):
    reference = x.mean(axis=0)
    centred = reference - reference.mean()
    offset = x.mean(axis=1, keepdims=True)
    slope = (x @ centred / (centred @ centred))[:, None]
    return (x - (offset - slope * reference.mean())) / slope


def detrend(x, polyorder):
    if polyorder != 0:
        raise ValueError("only the offset: order 0")
    return x - x.mean(axis=1, keepdims=True)


OPERATORS = {
    "SavitzkyGolay": savitzky_golay,
    "SNV": standard_normal_variate,
    "MSC": multiplicative_scatter_correction,
    "Detrend": detrend,
}


def prepared(x, steps):
    for name, settings in steps:
        x = OPERATORS[name](x, **settings)
    return x
