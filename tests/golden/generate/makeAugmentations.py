"""Augmentations with everything random held fixed, by NumPy and SciPy, on three Tecator spectra; and quantities of the
beta distribution. Run from the project's folder: python3 tests/golden/generate/makeAugmentations.py"""

import json
import platform

import numpy
import scipy
from scipy.interpolate import make_interp_spline
from scipy.ndimage import gaussian_filter1d
from scipy.stats import beta

rows = [0, 77, 200]
with open("resources/samples/tecator/X.csv", encoding="utf-8") as file:
    lines = [line.rstrip("\n").split(",") for line in file]
axis = numpy.array([float(cell) for cell in lines[0][1:]])
x = numpy.array([[float(cell) for cell in lines[1 + row][1:]] for row in rows])
step = numpy.median(numpy.abs(numpy.diff(axis)))


def interpolated(wanted):
    return numpy.array([numpy.interp(wanted, axis, spectrum) for spectrum in x])


def smoothed(sigma, width):
    half = width // 2
    places = numpy.arange(-half, half + 1)
    weights = numpy.exp(-0.5 * (places / sigma) ** 2)
    weights /= weights.sum()
    padded = numpy.pad(x, ((0, 0), (half, half)), mode="reflect")
    return numpy.array([numpy.convolve(spectrum, weights, mode="valid") for spectrum in padded])


def broadened(fwhm):
    return gaussian_filter1d(x, fwhm / (2 * numpy.sqrt(2 * numpy.log(2))) / step, axis=1)


knots = numpy.linspace(axis.min(), axis.max(), 5)
controls = numpy.array([0.3, -0.8, 0.5, 0.9, -0.2])
centre = axis.mean()
cases = {
    "shift 1.3": interpolated(axis - 1.3),
    "shift -4": interpolated(axis + 4),
    "stretch 1.02": interpolated(centre + (axis - centre) / 1.02),
    "stretch 0.97": interpolated(centre + (axis - centre) / 0.97),
    "warp": interpolated(axis - make_interp_spline(knots, controls, k=3)(axis)),
    "broadening 3": broadened(3),
    "broadening 12.5": broadened(12.5),
    "smoothing 1.4, 11": smoothed(1.4, 11),
    "smoothing 0.5, 5": smoothed(0.5, 5),
    "unsharp 0.3, 1, 11": x + 0.3 * (x - smoothed(1, 11)),
}
golden = {
    "_versions": {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__},
    "_script": "makeAugmentations.py",
    "rtol": 1e-10,
    "rows": rows,
    "controls": controls.tolist(),
    "cases": {name: values.ravel().tolist() for name, values in cases.items()},
    "betaBelow": {
        str(alpha): [[at, float(beta.cdf(at, alpha, alpha))] for at in (0.001, 0.05, 0.2, 0.5, 0.7, 0.95)]
        for alpha in (0.05, 0.2, 1, 4)
    },
}
with open("tests/golden/augmentations.json", "w", encoding="utf-8") as file:
    json.dump(golden, file)
    file.write("\n")
