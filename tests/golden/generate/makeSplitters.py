"""
Folds of scikit-learn's splitters on random classes and groups, and of the splitters of the field that scikit-learn does
not have, computed with NumPy, SciPy and Python's own random module. Run: python3 tests/golden/generate/makeSplitters.py
"""
import json
import os
import random
import sys
import warnings

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import cdist
from sklearn import model_selection as ms
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import KBinsDiscretizer

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def listed(indices):
    return [int(i) for i in indices]


def folds(splitter, x, y, groups):
    return [[listed(train), listed(test)] for train, test in splitter.split(x, y, groups)]


def random_cases():
    cases = []
    for seed in range(12):
        rng = np.random.RandomState(seed)
        n = int(rng.randint(30, 160))
        y = rng.randint(0, int(rng.randint(2, 12)), n)
        groups = rng.randint(0, int(rng.randint(6, 70)), n)
        x = np.zeros((n, 1))
        k = int(rng.randint(2, 6))
        splitters = {
            "StratifiedKFold": dict(n_splits=k, shuffle=True, random_state=seed),
            "RepeatedStratifiedKFold": dict(n_splits=k, n_repeats=2, random_state=seed),
            "StratifiedShuffleSplit": dict(n_splits=3, test_size=0.3, random_state=seed),
            "GroupKFold": dict(n_splits=k),
            "StratifiedGroupKFold": dict(n_splits=k),
            "GroupShuffleSplit": dict(n_splits=3, random_state=seed),
            "LeaveOneGroupOut": dict(),
            "TimeSeriesSplit": dict(n_splits=k, gap=seed % 3, max_train_size=15 if seed % 2 else None),
        }
        for name, params in splitters.items():
            try:
                found = folds(getattr(ms, name)(**params), x, y, groups)
            except ValueError:
                found = None  # refused
            cases.append(dict(splitter=name, params=params, y=listed(y), groups=listed(groups), folds=found))
        shuffled = dict(n_splits=k, shuffle=True, random_state=seed)
        cases.append(
            dict(
                splitter="StratifiedGroupKFold",
                params=shuffled,
                y=listed(y),
                groups=listed(groups),
                folds=folds(ms.StratifiedGroupKFold(**shuffled), x, y, groups),
            )
        )
    groups = np.repeat([3, 1, 2, 5, 4], [2, 3, 1, 2, 2])
    x = np.zeros((10, 1))
    y = np.zeros(10, dtype=int)
    for name, params in {"LeavePOut": dict(p=3), "LeavePGroupsOut": dict(n_groups=2)}.items():
        found = folds(getattr(ms, name)(**params), x, y, groups)
        cases.append(dict(splitter=name, params=params, y=listed(y), groups=listed(groups), folds=found))
    return cases


def bins(y, n_bins, strategy):
    cut = KBinsDiscretizer(n_bins=n_bins, encode="ordinal", strategy=strategy, subsample=None)
    return cut.fit_transform(y.reshape(-1, 1)).ravel().astype(int)


def maximin(distance, count):
    chosen = listed(np.unravel_index(np.argmax(distance), distance.shape))
    while len(chosen) < count:
        nearest = distance[:, chosen].min(axis=1)
        nearest[chosen] = -1
        chosen.append(int(np.argmax(nearest)))
    return chosen


def joint(x, y, metric="euclidean", y_metric="euclidean"):
    d = cdist(x, x, metric)
    d = d / d.max()
    if y_metric == "hamming":
        return d + (y[:, None] != y[None, :])
    if y_metric is not None:
        e = cdist(y.reshape(-1, 1), y.reshape(-1, 1), y_metric)
        d = d + e / e.max()
    return d


def spread(distance, k):
    n = len(distance)
    fold = np.full(n, -1)
    fold[np.argsort(distance.mean(axis=1))[-k:]] = np.arange(k)
    most = -(-n // k)
    while (fold < 0).any():
        for f in range(k):
            open_rows = np.flatnonzero(fold < 0)
            if len(open_rows) == 0 or (fold == f).sum() >= most:
                continue
            gap = distance[np.ix_(open_rows, np.flatnonzero(fold == f))].min(axis=1)
            fold[open_rows[np.argmax(gap)]] = f
    return listed(fold)


def circular(y, n_train, seed):
    source = random.Random(seed)
    order = np.roll(np.argsort(y), source.randint(0, len(y)))
    return listed(order[[round(len(y) / n_train * i) for i in range(n_train)]])


def k_means(x, n_train, seed):
    found = KMeans(n_clusters=n_train, random_state=seed, n_init=10, algorithm="lloyd").fit(x)
    gaps = cdist(found.cluster_centers_, x)
    near = gaps <= gaps.min(axis=1, keepdims=True) * (1 + 1e-9)  # both samples of a pair are equally near
    return dict(random_state=seed, train=listed(np.unique(near.argmax(axis=1))), inertia=float(found.inertia_))


def twin(x, r, start):
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    left = np.arange(len(z))
    taken, current = [], start
    while len(left) >= r:
        near = left[np.argsort(((z[left] - z[current]) ** 2).sum(axis=1), kind="stable")[:r]]
        taken.append(near[0])
        left = np.setdiff1d(left, near)
        if len(left):
            current = left[np.argmin(((z[left] - z[near[-1]]) ** 2).sum(axis=1))]
    if len(taken) < -(-len(z) // r):
        taken.append(current)
    return sorted(listed(taken))


def duplex(x, count):
    d = cdist(x, x)
    left = set(range(len(x)))
    sets = []
    for _ in range(2):
        rows = sorted(left)
        pair = np.unravel_index(np.argmax(d[np.ix_(rows, rows)]), (len(rows), len(rows)))
        sets.append([rows[pair[0]], rows[pair[1]]])
        left -= set(sets[-1])
    while len(sets[0]) < count:
        for chosen in sets:
            rows = sorted(left)
            chosen.append(rows[int(np.argmax(d[np.ix_(rows, chosen)].min(axis=1)))])
            left.discard(chosen[-1])
    return [listed(chosen) for chosen in sets]


def field():
    rng = np.random.RandomState(7)
    n, p = 61, 8
    x = np.round(np.cumsum(rng.standard_normal((n, p)), axis=1) + rng.standard_normal((n, 1)), 4)
    y = np.round(x[:, 2] - x[:, 5] + 0.3 * rng.standard_normal(n), 1)  # rounded: with ties
    groups = rng.randint(0, 17, n)
    scores = PCA(3, svd_solver="full").fit_transform(x)
    white = scores / scores.std(axis=0)
    means = np.array([x[groups == g].mean(axis=0) for g in np.unique(groups)])
    medians = np.array([np.median(x[groups == g], axis=0) for g in np.unique(groups)])
    y_means = np.array([y[groups == g].mean() for g in np.unique(groups)])
    y_medians = np.array([np.median(y[groups == g]) for g in np.unique(groups)])
    metrics = ["euclidean", "sqeuclidean", "cityblock", "chebyshev", "cosine", "correlation", "canberra", "braycurtis"]
    count = 45
    sgkf = [
        dict(
            params=params,
            folds=[
                listed(test)
                for _, test in ms.StratifiedGroupKFold(
                    params["n_splits"], shuffle=params.get("shuffle", False), random_state=params.get("random_state")
                ).split(x, bins(y, params["n_bins"], params["strategy"]), groups)
            ],
        )
        for params in [
            dict(n_splits=4, n_bins=6, strategy="quantile"),
            dict(n_splits=3, n_bins=5, strategy="uniform"),
            dict(n_splits=3, n_bins=4, strategy="kmeans", shuffle=True, random_state=3),
        ]
    ]
    strata = [
        dict(
            params=params,
            folds=[
                [listed(train), listed(test)]
                for train, test in ms.StratifiedShuffleSplit(
                    1, test_size=params["test_size"], random_state=params["random_state"]
                ).split(x, bins(y, params["n_bins"], params["strategy"]))
            ],
        )
        for params in [
            dict(test_size=0.3, random_state=5, n_bins=4, strategy="uniform"),
            dict(test_size=0.25, random_state=6, n_bins=6, strategy="quantile"),
        ]
    ]
    return dict(
        x=x.tolist(),
        y=y.tolist(),
        groups=listed(groups),
        bins=[dict(n_bins=b, strategy=s, codes=listed(bins(y, b, s))) for b in (3, 7, 10) for s in ("uniform", "quantile", "kmeans")],
        BinnedStratifiedGroupKFold=sgkf,
        KBinsStratified=strata,
        kennardStone={m: sorted(maximin(cdist(x, x, m), count)) for m in metrics},
        spxy={m: sorted(maximin(joint(x, y, m, "sqeuclidean" if m == "sqeuclidean" else "euclidean"), count)) for m in metrics},
        spxyScores=sorted(maximin(joint(scores, y), count)),
        spxyWhitened=sorted(maximin(joint(white, y), count)),
        spxyFold=[
            dict(params=dict(n_splits=4), fold=spread(joint(x, y), 4)),
            dict(params=dict(n_splits=5, y_metric=None), fold=spread(joint(x, y, y_metric=None), 5)),
            dict(params=dict(n_splits=3, metric="cityblock"), fold=spread(joint(x, y, "cityblock"), 3)),
            dict(params=dict(n_splits=4, y_metric="hamming"), fold=spread(joint(x, groups % 3, y_metric="hamming"), 4)),
        ],
        spxyGFold=[
            dict(params=dict(n_splits=4), fold=spread(joint(means, y_means), 4)),
            dict(params=dict(n_splits=3, aggregation="median"), fold=spread(joint(medians, y_medians), 3)),
        ],
        spxyGFoldSingle=dict(params=dict(n_splits=1), train=sorted(maximin(joint(means, y_means), 12))),
        systematicCircular=[dict(random_state=s, train=sorted(circular(y, 45, s))) for s in (0, 1, 42, 4294967295)],
        kMeans=[k_means(x, 45, s) for s in (0, 1, 2, 3)],
        duplex=duplex(x, 15),
        split=[dict(random_state=s, test=twin(x, 4, int(np.random.RandomState(s).randint(n)))) for s in (0, 9)],
        pythonRandint=[dict(seed=s, draws=(lambda r: [r.randint(0, 1000) for _ in range(6)])(random.Random(s))) for s in (0, 1, 42, 4294967295)],
    )


def group_k_fold_shuffled():
    """GroupKFold(shuffle=True) of scikit-learn 1.6: the sorted groups permuted, then cut into equal numbers."""
    groups = np.random.RandomState(3).randint(0, 23, 90)
    parts = np.array_split(np.random.RandomState(11).permutation(np.unique(groups)), 4)
    return dict(groups=listed(groups), folds=[listed(np.flatnonzero(np.isin(groups, part))) for part in parts])


rng = np.random.RandomState(1)
orders = [listed(rng.randint(0, top, size)) for top, size in ((2, 15), (3, 40), (5, 200), (300, 300))]
json.dump(
    dict(
        producedBy="tests/golden/generate/makeSplitters.py",
        _versions=dict(python=sys.version.split()[0], numpy=np.__version__, scipy=scipy.__version__, sklearn=sklearn.__version__),
        description="Row numbers are 0-based. folds: [train, validation] of each fold; null where scikit-learn refuses.",
        cases=random_cases(),
        field=field(),
        groupKFoldShuffled=group_k_fold_shuffled(),
        argsort=[dict(values=v, order=listed(np.argsort(v))) for v in orders],
    ),
    open(os.path.join(HERE, "..", "splitters.json"), "w"),
    separators=(",", ":"),
)
