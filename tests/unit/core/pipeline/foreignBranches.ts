import type { RefitStrategy } from '#core/pipeline/topologyDescriptor.ts';

/** What a document with branches should be: variants, flags (as in the topology test), depth, models, strategy. */
export interface ExpectedShape {
  readonly variants: number;
  readonly flags: string;
  readonly depth: number;
  readonly models: number;
  readonly strategy: RefitStrategy;
}
const shape = (
  variants: number,
  flags: string,
  depth: number,
  models: number,
  strategy: RefitStrategy,
): ExpectedShape => ({ variants, flags, depth, models, strategy });

/**
 * Documents with branches, merges and meta-models as people of this field write them: YAML and JSON, names and class
 * paths, newer and older spellings, comments and other habits.
 */
export const foreignBranches: readonly (readonly [title: string, text: string, expected: ExpectedShape])[] = [
  [
    'a stack of named lanes, class paths, YAML',
    `# two views of the same wheat
pipeline:
  - split:
      class: sklearn.model_selection.KFold
      params: {n_splits: 4, shuffle: true, random_state: 3}
  - branch:
      latent:            # scatter first
      - class: nirs4all.operators.transforms.StandardNormalVariate
      - model:
          class: sklearn.cross_decomposition.PLSRegression
          params: {n_components: 6}
      linear:
      - class: sklearn.preprocessing.StandardScaler
      - model: {class: sklearn.linear_model.Ridge, params: {alpha: 10}}
  - merge: predictions
  - model: {class: sklearn.linear_model.Ridge, params: {alpha: 0.01}}
    name: blend
`,
    shape(1, 'S', 1, 3, 'stacking'),
  ],
  [
    'the same as JSON with listed lanes',
    JSON.stringify({
      name: 'wheat',
      pipeline: [
        { split: { class: 'sklearn.model_selection._split.KFold', params: { n_splits: 4 } } },
        {
          branch: [
            [
              { class: 'nirs4all.operators.transforms.scalers.StandardNormalVariate' },
              { model: { class: 'sklearn.cross_decomposition._pls.PLSRegression', params: { n_components: 6 } } },
            ],
            ['sklearn.preprocessing._data.StandardScaler', { model: { class: 'sklearn.linear_model._ridge.Ridge' } }],
          ],
        },
        { merge: 'predictions' },
        { model: { class: 'sklearn.linear_model._ridge.Ridge' }, name: 'blend' },
      ],
      has_generators: false,
      num_configurations: 1,
    }),
    shape(1, 'S', 1, 3, 'stacking'),
  ],
  [
    'several models a lane, chosen lane by lane, spectra beside them, a wrapped meta-model',
    `pipeline:
  - class: sklearn.preprocessing.MinMaxScaler
  - y_processing: {class: sklearn.preprocessing.StandardScaler}
  - class: sklearn.model_selection.KFold
    params: {n_splits: 5, shuffle: true, random_state: 1}
  - branch:
      components:
        - class: nirs4all.operators.transforms.StandardNormalVariate
        - {model: {class: sklearn.cross_decomposition.PLSRegression, params: {n_components: 4}}, name: P4}
        - {model: {class: sklearn.cross_decomposition.PLSRegression, params: {n_components: 9}}, name: P9}
      trees:
        - class: nirs4all.operators.transforms.MultiplicativeScatterCorrection
        - model: {class: sklearn.ensemble.RandomForestRegressor, params: {n_estimators: 25, random_state: 0}}
          name: forest
        - model: {class: sklearn.ensemble.ExtraTreesRegressor, params: {n_estimators: 25, random_state: 0}}
          name: extra
  - merge:
      predictions:
        - branch: 0      # components
          select: best
          metric: rmse
        - branch: trees
          select: {top_k: 2}
          metric: r2
          aggregate: weighted_mean
      features: [0]
      output_as: features
      on_missing: warn
  - model:
      class: nirs4all.operators.models.MetaModel
      params:
        model: {class: sklearn.linear_model.Ridge, params: {alpha: 0.5}}
        source_models: all
    name: on top
`,
    shape(1, 'X', 0, 5, 'hybrid'),
  ],
  [
    'views that are only features, kept beside the original',
    `- KFold: {n_splits: 3}
- branch:
    scatter: [SNV]
    smooth:
      - SavitzkyGolay: {window_length: 7, polyorder: 2, deriv: 0}
- merge:
    features: {branches: [0, 1]}
    include_original: true
    output_as: features
    on_missing: error
    on_shape_mismatch: error
- Ridge
`,
    shape(1, 'F', 0, 1, 'simple'),
  ],
  [
    'one model for competing views, no merge',
    `{"pipeline": [{"branch": [["SNV", {"PCA": {"n_components": 8}}], ["MSC", "FirstDerivative"]]}, "KFold", "Ridge"]}`,
    shape(1, 'W', 0, 1, 'competing'),
  ],
  [
    'each site its own model, put together',
    `pipeline:
  - KFold: {n_splits: 3, shuffle: true, random_state: 2}
  - branch:
      by_metadata: site
      steps: [SNV, {PLS: {n_components: 4}}]
      min_samples: 12    # smaller sites are refused
  - merge: concat
`,
    shape(1, 'CP', 0, 1, 'per_branch'),
  ],
  [
    'sites in named regions with lanes of their own',
    `pipeline:
  - KFold
  - branch:
      by_metadata: site
      values:
        north: [lund, "umeå"]
        south: rome
      steps:
        north: [SNV, PLS]
        south:
          - MSC
          - model: Ridge
  - {merge: {concat: true}}
`,
    shape(1, 'CP', 0, 2, 'per_branch'),
  ],
  [
    'routed by a tag with groups of its own, then a model on the whole',
    `pipeline:
- tag:
    class: nirs4all.operators.filters.SpectralQualityFilter
    params: {min_variance: 0.8, tag_name: flat}
- branch:
    by_tag: flat
    values: {ordinary: false, flagged: true}
    steps:
      ordinary: [{class: nirs4all.operators.transforms.StandardNormalVariate}]
      flagged: [{class: sklearn.preprocessing.StandardScaler}]
- merge: concat
- split: {class: sklearn.model_selection.KFold, params: {n_splits: 3}}
- model: {class: sklearn.cross_decomposition.PLSRegression, params: {n_components: 3}}
`,
    shape(1, 'CP', 0, 1, 'per_branch'),
  ],
  [
    'routed by a filter, JSON, words of others for pass and fail',
    JSON.stringify({
      pipeline: [
        { class: 'sklearn.model_selection.KFold', params: { n_splits: 3 } },
        {
          branch: {
            by_filter: { class: 'nirs4all.operators.filters.XOutlierFilter', params: { method: 'mahalanobis' } },
            steps: { passing: ['SNV', { PLS: { n_components: 3 } }], failing: ['Ridge'] },
          },
        },
        { merge: 'concat' },
      ],
    }),
    shape(1, 'CP', 0, 2, 'per_branch'),
  ],
  [
    'sources with preprocessing of their own',
    `pipeline:
  - split: {class: sklearn.model_selection.KFold, params: {n_splits: 3, shuffle: true, random_state: 17}}
  - branch:
      by_source: true
      steps:
        NIR:
          - class: nirs4all.operators.transforms.StandardNormalVariate
        markers:
          - class: sklearn.preprocessing.StandardScaler
  - merge:
      sources: {strategy: concat, sources: [NIR, markers], on_incompatible: error, output_name: both, preserve_source_info: true}
  - model: {class: sklearn.cross_decomposition.PLSRegression, params: {n_components: 3}}
`,
    shape(1, 'MP', 0, 1, 'simple'),
  ],
  [
    'sources with models, older spellings',
    `pipeline:
  - KFold
  - source_branch: {NIR: [SNV, PLS], markers: [MinMaxScaler, Ridge]}
  - merge_sources: concat
  - GradientBoostingRegressor
`,
    shape(1, 'MPS', 1, 3, 'stacking_per_source'),
  ],
  [
    'late fusion without branches, older spelling',
    `[ {"class": "sklearn.model_selection.KFold"}, "SNV", {"model": "PLS"}, {"model": "RandomForestRegressor"},
      {"merge_predictions": "all"}, {"meta_model": {"class": "sklearn.linear_model.Ridge"}, "name": "fused"} ]`,
    shape(1, 'S', 1, 3, 'stacking'),
  ],
  [
    'models in a row with a wrapped meta-model',
    `pipeline:
  - MinMaxScaler
  - KFold: {n_splits: 5}
  - PLSRegression: {n_components: 10}
  - RandomForestRegressor: {n_estimators: 20, random_state: 0}
  - model: {MetaModel: {model: Ridge, stacking_config: {coverage_strategy: strict}}}
`,
    shape(1, 'QS', 1, 3, 'stacking'),
  ],
  [
    'a stack inside a stack, anchors and odd layout',
    `pipeline: [KFold,
  {branch: {inner: [&sc SNV, {branch: [[{PLS: {n_components: 2}}], [*sc, PCR]]}, {merge: predictions}, {Ridge: {alpha: 0.1}}],
            "outer": [MSC, {model: [KernelRidge], name: 'kernel'}]}}, # two levels
  {merge: {predictions: all, select: all, _comment: "everything"}}, null, {meta_model: Ridge}]
`,
    shape(1, 'S', 2, 5, 'recursive'),
  ],
  [
    'two branch-merge pairs, a step and a target between, charts',
    `pipeline:
  - chart_2d
  - KFold: {}
  - branch: [SNV, [MSC, FirstDerivative], null]   # the last one: as they are
  - merge: features
  - StandardScaler
  - branch: {a: [PLS], b: [Ridge]}
  - merge: predictions
  - y_processing: MinMaxScaler
  - fold_chart: {}
  - ElasticNet
`,
    shape(1, 'FS', 1, 3, 'stacking'),
  ],
  [
    'generators in lanes and beside a model',
    `pipeline:
  - KFold: {n_splits: 3}
  - branch:
      a:
        - _or_: [SNV, MSC, null]
        - model: PLS
          _range_: [2, 8, 2]
          param: n_components
      b:
        - _cartesian_: [{_or_: [null, Detrend]}, {_or_: [SNV, MSC]}]
        - Ridge
  - merge: {predictions: [{branch: b, select: best}, {branch: a, aggregate: mean}], metric: rmse}
  - Ridge: {alpha: {_log_range_: [0.01, 1, 3]}}
`,
    shape(144, 'S', 1, 3, 'stacking'),
  ],
  [
    'whole lanes to choose from',
    JSON.stringify([
      'KFold',
      {
        branch: [
          {
            _or_: [
              ['SNV', 'PLS'],
              ['MSC', { PCR: { n_components: 5 } }],
            ],
          },
          ['Detrend', 'Ridge'],
        ],
      },
      { _or_: [{ merge: 'predictions' }, { merge: { predictions: 'all', include_original: true } }] },
      { meta_model: 'Ridge' },
    ]),
    shape(4, 'S', 1, 3, 'stacking'),
  ],
  [
    'classes: probabilities of two lanes averaged and separate',
    `metric: balanced_accuracy
pipeline:
  - class: sklearn.model_selection.StratifiedKFold
    params: {n_splits: 3, shuffle: true, random_state: 5}
  - branch:
      - [SNV, PLSDA]
      - name: discriminant
        steps: [{PCA: {n_components: 5}}, LDA]
  - merge: {predictions: [{branch: 0, aggregate: proba_mean, proba: true}, {branch: discriminant, proba: true}]}
  - LogisticRegression
`,
    shape(1, 'S', 1, 3, 'stacking'),
  ],
];
