import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

const noSpectra = {
  'removes a spectrum with missing values, in training and later': 'it does not look at spectra',
};

export const filterSubjects: SubjectTable = {
  YOutlierFilter: {
    given: [
      { method: 'zscore', threshold: 3 },
      { method: 'percentile', lower_percentile: 5 },
      { method: 'mad', threshold: 3.5 },
    ],
    exempt: noSpectra,
  },
  XOutlierFilter: {
    given: [
      { method: 'mahalanobis', threshold: 2, n_components: 3 },
      { method: 'robust_mahalanobis', n_components: 3, random_state: 1 },
      { method: 'robust_mahalanobis', n_components: 3, support_fraction: 0.9 },
      { method: 'pca_residual', n_components: 3 },
      { method: 'pca_leverage', n_components: 3 },
      { method: 'isolation_forest', random_state: 4 },
      { method: 'lof', contamination: 0.05 },
    ],
  },
  Mahalanobis: { given: [{ n_components: 4 }, { robust: true, n_components: 4 }] },
  HighLeverageFilter: {
    given: [
      { method: 'pca', n_components: 4 },
      { absolute_threshold: 0.9 },
      { center: false, threshold_multiplier: 3 },
    ],
  },
  IsolationForest: {
    given: [
      { contamination: 0.1, max_samples: 20, max_features: 0.5, n_estimators: 30 },
      { bootstrap: true, max_samples: 0.5, max_features: 3, contamination: 0.2 },
    ],
  },
  LocalOutlierFactor: {
    given: [
      { n_neighbors: 5, contamination: 0.1 },
      { metric: 'manhattan', n_neighbors: 8, contamination: 0.1 },
    ],
  },
  SpectralQualityFilter: { given: [{ max_value: 100, min_value: -100, max_nan_ratio: 0.5 }] },
  MetadataFilter: {
    withoutDefaults: 'needs a column or a condition from the user',
    given: [
      { column: 'batch', values_to_exclude: ['b0'] },
      { column: 'batch', values_to_keep: ['b0', 'b1', 'b2'] },
      { condition: 'moisture > 10.5 and batch != "b0"' },
    ],
    exempt: noSpectra,
  },
  CompositeFilter: {
    given: [
      { filters: ['YOutlierFilter', { XOutlierFilter: { method: 'lof' } }] },
      {
        filters: [
          { class: 'nirs4all.operators.filters.XOutlierFilter', params: { n_components: 3 } },
          { HighLeverageFilter: null },
        ],
        mode: 'all',
      },
    ],
    exempt: {
      'removes a spectrum with missing values, in training and later': 'its filters do, where they look at spectra',
    },
  },
};
