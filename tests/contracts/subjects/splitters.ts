import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

const distances = [
  { test_size: 4 },
  { pca_components: 3 },
  { pca_components: 3, metric: 'mahalanobis' },
  { metric: 'cosine', random_state: 3 },
];

export const splitterSubjects: SubjectTable = {
  KFold: { given: [{ n_splits: 3, shuffle: true }] },
  RepeatedKFold: { given: [{ n_repeats: 2, random_state: 5 }] },
  ShuffleSplit: { given: [{ test_size: 5, train_size: 0.5 }, { train_size: 0.5 }] },
  StratifiedKFold: { given: [{ n_splits: 3, shuffle: true }] },
  RepeatedStratifiedKFold: { given: [{ n_splits: 3, n_repeats: 2, random_state: 5 }] },
  StratifiedShuffleSplit: { given: [{ n_splits: 3, test_size: 0.3 }, { train_size: 0.5 }] },
  GroupKFold: { given: [{ n_splits: 3, shuffle: true }] },
  StratifiedGroupKFold: { given: [{ n_splits: 3 }, { n_splits: 2, shuffle: true, random_state: 1 }] },
  BinnedStratifiedGroupKFold: {
    withoutDefaults: 'ten bins of 23 samples hold fewer samples than there are folds',
    given: [
      { n_splits: 2, n_bins: 3 },
      { n_splits: 3, n_bins: 3, strategy: 'kmeans', shuffle: true },
    ],
  },
  GroupShuffleSplit: { given: [{ n_splits: 2, test_size: 2 }] },
  LeavePOut: { given: [{ p: 3 }] },
  LeavePGroupsOut: { given: [{ n_groups: 3 }] },
  TimeSeriesSplit: { given: [{ n_splits: 3, max_train_size: 6, gap: 1 }, { test_size: 2 }] },
  VenetianBlinds: { given: [{ n_splits: 4, thickness: 2 }] },
  ContiguousBlocks: { given: [{ n_splits: 3 }] },
  KennardStone: { given: distances },
  SPXY: { given: distances },
  DUPLEX: { given: distances },
  KMeansSplitter: { given: distances },
  SPXYFold: {
    given: [
      { n_splits: 3, y_metric: null },
      { y_metric: 'hamming', metric: 'cityblock' },
    ],
  },
  SPXYGFold: {
    given: [
      { n_splits: 1 },
      { n_splits: 3, aggregation: 'median' },
      { n_splits: 2, y_metric: 'hamming', pca_components: 2, metric: 'mahalanobis' },
    ],
  },
  SystematicCircular: { given: [{ test_size: 0.4, random_state: 8 }] },
  KBinsStratified: {
    withoutDefaults: 'ten bins of equal width leave single samples among 23',
    given: [{ n_bins: 3, strategy: 'quantile' }, { n_bins: 2 }],
  },
  SPlitSplitter: { given: [{ test_size: 0.5, random_state: 2 }] },
  PredefinedSplit: {
    withoutDefaults: 'needs folds from the user',
    given: [{ column: 'batch' }, { test_fold: Array.from({ length: 23 }, (_, i) => (i % 4) - 1) }],
  },
};
