"""
Distances, factors, limits and verdicts of outlier filters, computed by scikit-learn and NumPy on synthetic spectra with
planted outliers. Run: python3 tests/golden/generate/makeFilters.py
"""
import json
import os
import sys

import numpy as np
import scipy.stats
import sklearn
from sklearn.covariance import EmpiricalCovariance, MinCovDet
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor

HERE = os.path.dirname(os.path.abspath(__file__))


def data():
    rng = np.random.RandomState(5)
    loadings = np.array([np.sin(np.arange(12) * f) + f for f in (0.2, 0.5, 0.9, 1.3)])
    x = rng.standard_normal((90, 4)) * [3, 2, 1, 0.5] @ loadings + 0.02 * rng.standard_normal((90, 12))
    x[[7, 20, 41, 66, 83]] += 3 * rng.standard_normal((5, 12))
    return np.round(x, 5)


def y_limits(y):
    q1, q3 = np.percentile(y, [25, 75])
    centre, mad = np.median(y), np.median(np.abs(y - np.median(y))) * 1.4826
    limits = {
        "iqr": (1.5, q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)),
        "zscore": (2, y.mean() - 2 * y.std(), y.mean() + 2 * y.std()),
        "percentile": (1.5, np.percentile(y, 2.5), np.percentile(y, 95)),
        "mad": (3.5, centre - 3.5 * mad, centre + 3.5 * mad),
    }
    return [
        dict(method=m, threshold=t, lower=low, upper=high, keep=((y >= low) & (y <= high)).astype(int).tolist())
        for m, (t, low, high) in limits.items()
    ]


def leverages(x, centre=True):
    c = x - x.mean(axis=0) if centre else x
    return np.einsum("ij,jk,ik->i", c, np.linalg.inv(c.T @ c), c)


def factors(x, new, **params):
    seen = LocalOutlierFactor(**params).fit(x)
    novel = LocalOutlierFactor(novelty=True, **params).fit(x)
    return dict(
        params=params,
        factor=(-seen.negative_outlier_factor_).tolist(),
        limit=float(-seen.offset_),
        keep=(seen.fit_predict(x) > 0).astype(int).tolist(),
        newFactor=(-novel.score_samples(new)).tolist(),
    )


def forests(x, **params):
    scores = np.array([IsolationForest(random_state=s, **params).fit(x).score_samples(x) for s in range(40)])
    return dict(params=params, mean=scores.mean(axis=0).tolist(), deviation=scores.std(axis=0).tolist())


x = data()
new = np.round(data()[:6] + 0.3, 5)
y = np.round(np.random.RandomState(8).standard_normal(90) ** 3, 3)
few = x[:, [0, 4, 9]]
pca = PCA(4, svd_solver="full").fit(x)
scores = pca.transform(x)
wide = x[:9]
wide_scores = PCA(3, svd_solver="full").fit_transform(wide)
robust = MinCovDet(random_state=0, support_fraction=0.85).fit(few)
half = [MinCovDet(random_state=s).fit(few) for s in range(20)]  # its result depends on the seed here
tight = MinCovDet(random_state=0, support_fraction=0.9).fit(scores)
json.dump(
    dict(
        producedBy="tests/golden/generate/makeFilters.py",
        _versions=dict(python=sys.version.split()[0], numpy=np.__version__, scipy=scipy.__version__, sklearn=sklearn.__version__),
        rtol=1e-8,
        x=x.tolist(),
        new=new.tolist(),
        y=y.tolist(),
        targetLimits=y_limits(y),
        mahalanobis=dict(
            components=4,
            squared=EmpiricalCovariance().fit(scores).mahalanobis(scores).tolist(),
            new=EmpiricalCovariance().fit(scores).mahalanobis(pca.transform(new)).tolist(),
            limits=[
                dict(threshold=t, components=k, squared=float(scipy.stats.chi2(k).ppf(scipy.stats.chi2(1).cdf(t * t))))
                for t in (1, 2, 3, 4.5)
                for k in (1, 4, 20)
            ],
        ),
        robust=dict(
            columns=[0, 4, 9],
            squared=robust.mahalanobis(few).tolist(),
            determinant=min(float(np.linalg.slogdet(m.raw_covariance_)[1]) for m in half),
            tight=tight.mahalanobis(scores).tolist(),
        ),
        t2=(scores**2 / pca.explained_variance_).sum(axis=1).tolist(),
        t2Limit=float(np.percentile((scores**2 / pca.explained_variance_).sum(axis=1), 95)),
        q=((x - pca.inverse_transform(scores)) ** 2).sum(axis=1).tolist(),
        q95=float(np.percentile(((x - pca.inverse_transform(scores)) ** 2).sum(axis=1), 95)),
        leverage=dict(
            hat=leverages(x).tolist(),
            uncentred=leverages(x, False).tolist(),
            pca=leverages(scores).tolist(),
            wide=leverages(wide_scores).tolist(),
        ),
        factors=[
            factors(x, new, n_neighbors=20),
            factors(x, new, n_neighbors=7, contamination=0.1),
            factors(x, new, n_neighbors=10, metric="manhattan"),
            factors(x, new, n_neighbors=10, metric="chebyshev", contamination=0.05),
            factors(x, new, n_neighbors=10, p=3),
        ],
        forests=[
            forests(x),
            forests(x, max_samples=32, n_estimators=60),
            forests(x, max_features=0.5),
            forests(x, bootstrap=True, max_samples=50),
        ],
    ),
    open(os.path.join(HERE, "..", "filters.json"), "w"),
    separators=(",", ":"),
)
