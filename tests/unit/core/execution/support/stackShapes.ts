/** Steps behind a splitter, one text for each way in which models learn from others. */
export const stackShapes: Readonly<Record<string, string>> = {
  'flat stack': `
  - branch: {a: [SNV, {PLS: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
  'features beside predictions': `
  - branch: {a: [MSC, {PCA: {n_components: 3}}], b: [StandardScaler, {Ridge: {alpha: 0.5}}]}
  - merge: {features: [0], predictions: [1], include_original: true}
  - Ridge: {alpha: 0.1}`,
  'features and predictions of all': `
  - branch: {a: [MSC, {PCA: {n_components: 3}}], b: [SNV, {RandomForestRegressor: {n_estimators: 4, random_state: 1}}]}
  - merge: all
  - StandardScaler
  - Ridge: {alpha: 0.1}`,
  'stack in a stack': `
  - branch:
      deep:
        - branch: {a: [MSC, {PLS: {n_components: 3}}], b: [{Ridge: {alpha: 0.5}}]}
        - merge: predictions
        - Ridge: {alpha: 0.2}
      flat: [{PLS: {n_components: 2}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
  'groups under a model of all': `
  - branch: {by_metadata: site, steps: [MSC, {PLS: {n_components: 2}}]}
  - merge: concat
  - Ridge: {alpha: 0.1}`,
  'groups by a filter': `
  - branch:
      by_filter: {XOutlierFilter: {method: mahalanobis, threshold: 1.5, n_components: 2}}
      steps: [SNV, {PLS: {n_components: 1}}]
  - merge: concat
  - Ridge: {alpha: 0.1}`,
  'models in a row': `
  - MSC
  - PLS: {n_components: 3}
  - Ridge: {alpha: 0.5}
  - Ridge: {alpha: 0.1}`,
  'processed target, exclusion and augmentation in lanes': `
  - branch:
      a: [{y_processing: StandardScaler}, {exclude: {YOutlierFilter: {}}}, MSC, {PLS: {n_components: 3}}]
      b: [{sample_augmentation: {transformers: [GaussianAdditiveNoise], count: 1}}, {Ridge: {alpha: 0.5}}]
  - merge: predictions
  - y_processing: StandardScaler
  - Ridge: {alpha: 0.1}`,
  'branches and merges in a row': `
  - branch: [[SNV, {PCA: {n_components: 4}}], [MSC, {PCA: {n_components: 3}}]]
  - merge: features
  - branch: [[{PLS: {n_components: 2}}], [{Ridge: {alpha: 0.5}}]]
  - merge: predictions
  - branch: [[{Ridge: {alpha: 2.0}}], [StandardScaler, {PLS: {n_components: 1}}]]
  - merge: predictions
  - Ridge: {alpha: 0.1}`,
  'weighted and selected': `
  - branch:
      - [{PLS: {n_components: 2}}, SNV, {PLS: {n_components: 3}}]
      - [MSC, {Ridge: {alpha: 0.5}}, {Ridge: {alpha: 5.0}}]
  - merge: {predictions: [{branch: 0, aggregate: weighted_mean}, {branch: 1, select: best}]}
  - Ridge: {alpha: 0.1}`,
};
