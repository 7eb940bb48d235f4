/**
 * Documents as people of this field write them: YAML and JSON, names and class paths, public and canonical, with the
 * habits of other tools (charts as steps, `sample_filter`, `has_generators`). Each with its number of variants.
 */
export const foreignDocuments: readonly (readonly [title: string, text: string, variants: number])[] = [
  [
    'class paths in YAML, with comments',
    `# protein of wheat
pipeline:
  # scale first
  - class: sklearn.preprocessing.MinMaxScaler
    params:
      feature_range: [0, 1]
  - y_processing:
      class: sklearn.preprocessing.StandardScaler
  - class: sklearn.model_selection.KFold
    params: {n_splits: 3, shuffle: true, random_state: 42}   # seeded
  - model:
      class: sklearn.cross_decomposition.PLSRegression
      params:
        n_components: 10
    name: PLS-10
`,
    1,
  ],
  [
    'canonical class paths in JSON, with what its tool counts',
    JSON.stringify({
      name: 'oil',
      description: '',
      pipeline: [
        'chart_2d',
        { class: 'sklearn.preprocessing._data.StandardScaler' },
        { y_processing: { class: 'sklearn.preprocessing._data.RobustScaler' } },
        {
          class: 'sklearn.model_selection._split.ShuffleSplit',
          params: { n_splits: 4, test_size: 0.2, random_state: 1 },
        },
        'fold_chart',
        { class: 'nirs4all.operators.transforms.scalers.StandardNormalVariate' },
        { model: { class: 'sklearn.linear_model._ridge.Ridge', params: { alpha: 0.5 } }, name: 'ridge' },
      ],
      has_generators: false,
      num_configurations: 1,
    }),
    1,
  ],
  [
    'a search grid over preprocessing and components, param beside the model',
    `pipeline:
  - _or_:
      - class: nirs4all.operators.transforms.SNV
      - class: nirs4all.operators.transforms.MSC
      - class: nirs4all.operators.transforms.Detrend
    count: 2  # two of them
    _seed_: 3
  - class: sklearn.model_selection.ShuffleSplit
    params: {n_splits: 5, test_size: 0.25}
  - model:
      class: sklearn.cross_decomposition.PLSRegression
    _range_: [5, 25, 5]
    param: n_components
`,
    10,
  ],
  [
    'a logarithmic range beside the model',
    `[{"class": "sklearn.model_selection.KFold"},
 {"model": {"class": "sklearn.linear_model.Ridge"}, "_log_range_": [0.001, 100, 6], "param": "alpha", "_comment": "decades"}]`,
    6,
  ],
  [
    'a grid beside a forest',
    `- KFold: {n_splits: 3}
- model:
    class: sklearn.ensemble.RandomForestRegressor
    params: {random_state: 42}
  _grid_:
    n_estimators: [50, 100]
    max_depth: [5, 10]
`,
    4,
  ],
  [
    'views by combination, limited',
    `{"pipeline": [
  {"class": "sklearn.preprocessing.MinMaxScaler"},
  {"feature_augmentation": {"_or_": [
      {"class": "nirs4all.operators.transforms.StandardNormalVariate"},
      {"class": "nirs4all.operators.transforms.FirstDerivative"},
      {"class": "nirs4all.operators.transforms.SavitzkyGolay", "params": {"window_length": 11, "polyorder": 2}},
      {"class": "nirs4all.operators.transforms.Gaussian", "params": {"sigma": 1.5}}],
    "pick": [1, 2], "count": 5}, "action": "extend"},
  {"class": "sklearn.model_selection.ShuffleSplit", "params": {"n_splits": 3, "random_state": 42}},
  {"model": {"class": "sklearn.cross_decomposition.PLSRegression", "params": {"n_components": 8}}, "name": "PLS views"}]}`,
    5,
  ],
  [
    'the older spelling of pick',
    `pipeline:
  - feature_augmentation: {_or_: [Detrend, FirstDerivative, Gaussian], size: 2}
  - ShuffleSplit: {n_splits: 3, test_size: .25}
  - PLSRegression: {n_components: 5}
`,
    3,
  ],
  [
    'transforms side by side, nested',
    `pipeline:
  - class: sklearn.preprocessing.StandardScaler
  - concat_transform:
      - class: sklearn.decomposition.PCA
        params: {n_components: 12}
      - class: sklearn.decomposition.TruncatedSVD
        params: {n_components: 6, random_state: 42}
      - - class: nirs4all.operators.transforms.StandardNormalVariate
        - class: sklearn.decomposition.PCA
          params: {n_components: 5}
  - KFold
  - model: {class: sklearn.linear_model.Ridge, params: {alpha: 1.0}}
    name: Ridge on scores
`,
    1,
  ],
  [
    'filters in their older spelling, charts with settings',
    `pipeline:
  - sample_filter:
      filters:
        - class: nirs4all.operators.filters.YOutlierFilter
          params: {method: iqr, threshold: 1.5, reason: iqr}
        - class: nirs4all.operators.filters.SpectralQualityFilter
          params: {max_nan_ratio: 0.1, max_zero_ratio: 0.3, min_variance: 1.0e-6, max_value: 4.0, min_value: -0.5}
      mode: any
      report: true
  - chart_2d: {include_excluded: true, highlight_excluded: true}
  - KFold: {n_splits: 5, shuffle: true, random_state: 0}
  - SNV
  - model: {PLS: {n_components: 6}}
`,
    1,
  ],
  [
    'exclude and tag with modes',
    `pipeline:
  - tag: [YOutlierFilter, {XOutlierFilter: {method: pca_residual}}]
  - exclude: [{YOutlierFilter: {method: zscore, threshold: 3}}, HighLeverageFilter]
    mode: all
  - KFold: {}
  - PLS:
`,
    1,
  ],
  [
    'synthetic samples',
    `pipeline:
  - sample_augmentation:
      transformers:
        - class: nirs4all.operators.transforms.GaussianAdditiveNoise
          params: {sigma: 0.005}
        - nirs4all.operators.augmentation.spectral.MultiplicativeNoise
        - class: nirs4all.operators.transforms.WavelengthShift
          params: {shift_range: [-2.0, 2.0]}
      count: 3
      selection: random
      random_state: 42
  - GroupKFold
  - PLSRegression
`.replace('- GroupKFold', '- split: GroupKFold\n    group: batch'),
    1,
  ],
  [
    'finetuning as other tools write it',
    JSON.stringify([
      { class: 'sklearn.model_selection.KFold', params: { n_splits: 5, shuffle: true, random_state: 42 } },
      {
        model: { class: 'sklearn.ensemble._gb.GradientBoostingRegressor', params: { random_state: 42 } },
        name: 'tuned',
        finetune_params: {
          n_trials: 30,
          approach: 'grouped',
          eval_mode: 'avg',
          sample: 'tpe',
          metric: 'rmse',
          verbose: 0,
          model_params: {
            n_estimators: [50, 100],
            max_depth: ['int', 3, 7],
            learning_rate: { type: 'float', low: 0.01, high: 0.3, log: true },
            subsample: ['float', 0.6, 1],
          },
        },
      },
    ]),
    1,
  ],
  [
    'models as alternatives',
    `name: compare
steps:
  - StandardScaler
  - split: {class: sklearn.model_selection.RepeatedKFold, params: {n_splits: 5, n_repeats: 2, random_state: 1}}
  - _or_:
      - {model: {class: sklearn.cross_decomposition.PLSRegression, params: {n_components: 10}}}
      - {model: {class: sklearn.linear_model.Lasso, params: {alpha: 0.1}}, name: sparse}
      - {model: {class: sklearn.svm.SVR, params: {C: 10}}}
`,
    3,
  ],
  [
    'stages, each with the choice to leave it out',
    `pipeline:
  - _cartesian_:
      - _or_: [null, SNV, EMSC, Detrend]
      - _or_: [null, {SavitzkyGolay: {window_length: 15, deriv: 1}}, {SavitzkyGolay: {window_length: 15, deriv: 2}}]
  - KFold
  - {n_components: {_range_: [1, 3]}, model: PLS}
`,
    36,
  ],
  [
    'flow style, quoted keys, anchors',
    `{"pipeline": [&snv {"SNV": null}, 'KFold', {_or_: [*snv, {"MSC": {}}, null]}, {"model": [PLS]}], 'random_state': 7}\n`,
    3,
  ],
  [
    'a classifier with its metric',
    `metric: balanced_accuracy_score
pipeline:
- class: sklearn.model_selection.StratifiedKFold
  params: {n_splits: 5, shuffle: true, random_state: 42}
- nirs4all.operators.transforms.StandardNormalVariate: {}
- model:
    class: sklearn.svm._classes.SVC
    params: {C: 1.0, kernel: rbf}
  name: svc
`,
    1,
  ],
  [
    'a discretised target, chains and comments everywhere',
    `_comment: from the lab
pipeline:
  - {_comment: nothing}
  - [SNV, [Detrend]]
  - y_processing: [{KBinsDiscretizer: {n_bins: 3, strategy: quantile}}]
  - _tags_: [a]
    KFold: {_note: five}
  - model: {class: sklearn.ensemble.RandomForestClassifier, params: {n_estimators: 20, random_state: 0}}
    train_params: {}
    refit_params: null
`,
    1,
  ],
];
