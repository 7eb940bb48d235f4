"""What people write in NumPy and SciPy for the operators of the benchmarks. Steps are [name, settings] pairs."""
import numpy as np
from scipy.signal import savgol_filter


def savitzky_golay(x, window_length, polyorder, deriv=0):
    return savgol_filter(x, window_length, polyorder, deriv=deriv, axis=1, mode="interp")


def standard_normal_variate(x):
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def multiplicative_scatter_correction(x, reference=None):
    reference = x.mean(axis=0) if reference is None else reference
    centred = reference - reference.mean()
    offset = x.mean(axis=1, keepdims=True)
    slope = (x @ centred / (centred @ centred))[:, None]
    return (x - (offset - slope * reference.mean())) / slope


def offset_removed(x):
    return x - x.mean(axis=1, keepdims=True)


OPERATORS = {
    "SavitzkyGolay": savitzky_golay,
    "SNV": standard_normal_variate,
    "MSC": multiplicative_scatter_correction,
    "Detrend": lambda x, polyorder=0: offset_removed(x),
}
FITTED = {"MSC": lambda train, other: tuple(multiplicative_scatter_correction(x, train.mean(axis=0)) for x in (train, other))}


def prepared(x, steps):
    for name, settings in steps:
        x = OPERATORS[name](x, **settings)
    return x


def learned(steps):
    """The first step learns from the training spectra, the others are applied spectrum by spectrum."""
    if not steps:
        return lambda train, other: (train, other)
    (first, _), *rest = steps
    return lambda train, other: tuple(prepared(x, rest) for x in FITTED[first](train, other))
