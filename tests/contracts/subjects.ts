import { models, splitters, transforms } from '#core/catalog/operators.ts';
import type { ModelSubject } from '#tests/contracts/model.contract.ts';
import type { SplitterSubject } from '#tests/contracts/splitter.contract.ts';
import type { TransformSubject } from '#tests/contracts/transform.contract.ts';

type Given = Record<string, unknown>;

/** Parameters to test beside the defaults. An operator that is not named here is tested with its defaults. */
const extra: Readonly<Record<string, readonly Given[]>> = {
  SNV: [{ ddof: 1 }],
  VectorNormalization: [{ norm: 'l1' }, { norm: 'max' }],
  SavitzkyGolay: [
    { deriv: 1 },
    { window_length: 7, polyorder: 2, deriv: 2, delta: 2 },
    { window_length: 3, polyorder: 0 },
  ],
  Detrend: [{ polyorder: 0 }, { polyorder: 4 }],
  StandardScaler: [{ with_mean: false }, { with_std: false }, { ddof: 1 }],
  MinMaxScaler: [{ feature_range: [-2, 3] }],
  Crop: [{ from: 1020, to: 1100 }, { to: 1050 }, { start: 3, end: 20 }],
  KFold: [{ n_splits: 3, shuffle: true }],
  RepeatedKFold: [{ n_repeats: 2, random_state: 5 }],
  ShuffleSplit: [{ test_size: 5, train_size: 0.5 }, { train_size: 0.5 }],
  KennardStone: [{ test_size: 4 }, { pca_components: 3 }, { pca_components: 3, metric: 'mahalanobis' }],
  PredefinedSplit: [{ column: 'batch' }, { test_fold: Array.from({ length: 23 }, (_, i) => (i % 4) - 1) }],
  PLS: [{ n_components: 6, scale: false }],
  PCR: [{ n_components: 3, scale: true }],
  Ridge: [{ alpha: 1e-6 }, { alpha: 0 }],
};

/** Operators that cannot run with their defaults alone, and why. */
const withoutDefaults: Readonly<Record<string, string>> = {
  PredefinedSplit: 'needs folds from the user',
};

const given = (id: string): readonly Given[] => [...(id in withoutDefaults ? [] : [{}]), ...(extra[id] ?? [])];
const label = (id: string, params: Given): string => `${id} ${JSON.stringify(params)}`;

export const transformSubjects: readonly (readonly [string, TransformSubject])[] = transforms.flatMap((operator) =>
  given(operator.id).map((params) => {
    const counts = operator.id === 'Crop' && ('start' in params || 'end' in params);
    const odd = operator.id === 'SavitzkyGolay' && Number(params['deriv'] ?? 0) % 2 === 1;
    const reversal = counts ? null : odd ? (-1 as const) : (1 as const);
    return [label(operator.id, params), { operator, params: operator.params.parse(params), reversal }] as const;
  }),
);

export const modelSubjects: readonly (readonly [string, ModelSubject])[] = models.flatMap((operator) =>
  given(operator.id).map(
    (params) => [label(operator.id, params), { operator, params: operator.params.parse(params) }] as const,
  ),
);

export const splitterSubjects: readonly (readonly [string, SplitterSubject])[] = splitters.flatMap((operator) =>
  given(operator.id).map(
    (params) => [label(operator.id, params), { operator, params: operator.params.parse(params) }] as const,
  ),
);
