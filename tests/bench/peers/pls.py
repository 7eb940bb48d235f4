"""
Cross-validated PLS1 of the peers: pooled RMSECV for 1 ... A components, one fit per fold, centred on its training rows.
"""
import numpy as np
import sklearn
from sklearn.cross_decomposition import PLSRegression


def pooled(predict, x, y, folds, components):
    """RMSECV over all held-out samples; `predict(train, y, other)` answers one column for each component count."""
    press = np.zeros(components)
    for fold in np.unique(folds):
        out = folds == fold
        press += ((y[out, None] - predict(x[~out], y[~out], x[out])) ** 2).sum(axis=0)
    return np.sqrt(press / len(y))


def scikit_learn(x, y, folds, components):
    """One fit with all components; the predictions of fewer ones follow from its rotations and y loadings."""

    def predict(train, measured, other):
        model = PLSRegression(n_components=components, scale=False).fit(train, measured)
        scores = (other - train.mean(axis=0)) @ model.x_rotations_
        return measured.mean() + np.cumsum(scores * np.ravel(model.y_loadings_), axis=1)

    return pooled(predict, x, y, folds, components)


def improved_kernel(x, y, folds, components):
    """
    Improved kernel PLS, algorithm 1 (Dayal & MacGregor 1997, J. Chemometrics 11, 73-85), letters as in the paper,
    without the package ikpls and as fast as NumPy makes it: r by two products instead of a loop, predictions from
    scores instead of coefficients.
    """

    def predict(train, measured, other):
        x_mean, y_mean = train.mean(axis=0), measured.mean()
        xc, yc = train - x_mean, measured - y_mean
        r_all = np.zeros((train.shape[1], components))
        p_all = np.zeros((train.shape[1], components))
        q_all = np.zeros(components)
        xy = xc.T @ yc
        for a in range(components):
            w = xy / np.sqrt(xy @ xy)
            r = w - r_all[:, :a] @ (p_all[:, :a].T @ w)
            t = xc @ r
            tt = t @ t
            p = (xc.T @ t) / tt
            q = (r @ xy) / tt
            xy = xy - p * (q * tt)
            r_all[:, a], p_all[:, a], q_all[a] = r, p, q
        return y_mean + np.cumsum(((other - x_mean) @ r_all) * q_all, axis=1)

    return pooled(predict, x, y, folds, components)


def improved_kernel_2(x, y, folds, components):
    """
    Improved kernel PLS, algorithm 2 of the same paper: X'X instead of X. It is computed once for all spectra, and each
    fold takes its held-out part away (Engstrom & Jensen 2025, J. Chemometrics 39, e70008), which is what makes this
    algorithm worth while with many samples.
    """

    def fitted(xx, xy):
        r_all = np.zeros((len(xy), components))
        p_all = np.zeros((len(xy), components))
        q_all = np.zeros(components)
        for a in range(components):
            w = xy / np.sqrt(xy @ xy)
            r = w - r_all[:, :a] @ (p_all[:, :a].T @ w)
            p = xx @ r
            tt = r @ p
            p /= tt
            q = (r @ xy) / tt
            xy = xy - p * (q * tt)
            r_all[:, a], p_all[:, a], q_all[a] = r, p, q
        return r_all, q_all

    xx, xy, x_sum, y_sum = x.T @ x, x.T @ y, x.sum(axis=0), y.sum()
    press = np.zeros(components)
    for fold in np.unique(folds):
        out = folds == fold
        other, measured = x[out], y[out]
        n = len(y) - len(measured)
        x_mean, y_mean = (x_sum - other.sum(axis=0)) / n, (y_sum - measured.sum()) / n
        centred = xx - other.T @ other
        centred -= np.outer(n * x_mean, x_mean)
        r_all, q_all = fitted(centred, xy - other.T @ measured - n * y_mean * x_mean)
        predicted = y_mean + np.cumsum(((other - x_mean) @ r_all) * q_all, axis=1)
        press += ((measured[:, None] - predicted) ** 2).sum(axis=0)
    return np.sqrt(press / len(y))


PEERS = {
    "scikit-learn": scikit_learn,
    "numpy-ikpls": improved_kernel,
    "numpy-ikpls-2": improved_kernel_2,
}

try:
    import ikpls
    from ikpls.fast_cross_validation.numpy_ikpls import PLS as FastPLS

    def ikpls_fast(algorithm):
        def run(x, y, folds, components):
            model = FastPLS(center_X=True, center_Y=True, scale_X=False, scale_Y=False, algorithm=algorithm)

            def press(measured, predicted, *_):
                return ((np.ravel(measured) - predicted.reshape(components, -1)) ** 2).sum(axis=1)

            parts = model.cross_validate(x, y[:, None], components, folds, press, n_jobs=1, verbose=0)
            parts = list(parts.values()) if isinstance(parts, dict) else list(parts)
            return np.sqrt(np.sum(parts, axis=0) / len(y))

        return run

    PEERS["ikpls"] = ikpls_fast(1)
    PEERS["ikpls-2"] = ikpls_fast(2)
except ImportError:
    ikpls = None


def versions():
    known = {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
    if ikpls is not None:
        known["ikpls"] = getattr(ikpls, "__version__", "unknown")
    return known
