import type { ParameterProblem, PipelineCatalog, PipelineOperator } from '#core/pipeline/pipelineCatalog.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';

type Check = (value: unknown) => string | null;
interface Fake {
  readonly id: string;
  readonly kind: PipelineOperator['kind'];
  readonly aliases?: readonly string[];
  readonly stateful?: boolean;
  readonly target?: boolean;
  readonly pathParam?: string;
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly checks?: Readonly<Record<string, Check>>;
  readonly folds?: (params: Record<string, unknown>) => number | null;
}

const whole =
  (low: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= low
      ? null
      : `must be a whole number of at least ${low}`;

const fakes: readonly Fake[] = [
  {
    id: 'SNV',
    kind: 'transform',
    aliases: ['nirs4all.operators.transforms.StandardNormalVariate'],
    defaults: { ddof: 0 },
    checks: { ddof: whole(0) },
  },
  { id: 'MSC', kind: 'transform', stateful: true },
  {
    id: 'SavitzkyGolay',
    kind: 'transform',
    defaults: { window_length: 11, polyorder: 3, deriv: 0, delta: 1 },
    checks: {
      window_length: (value) => (typeof value === 'number' && value % 2 === 1 ? null : 'must be an odd number'),
      polyorder: whole(0),
      deriv: whole(0),
    },
  },
  { id: 'Detrend', kind: 'transform', defaults: { polyorder: 1 } },
  {
    id: 'StandardScaler',
    kind: 'transform',
    stateful: true,
    target: true,
    aliases: ['sklearn.preprocessing.StandardScaler'],
    defaults: { with_mean: true, with_std: true },
  },
  { id: 'MinMaxScaler', kind: 'transform', stateful: true, target: true, aliases: ['MinMax'], defaults: {} },
  { id: 'Crop', kind: 'transform', defaults: { from: null, to: null, start: 0, end: null } },
  {
    id: 'KFold',
    kind: 'splitter',
    aliases: ['sklearn.model_selection._split.KFold'],
    defaults: { n_splits: 5, shuffle: false, random_state: null },
    checks: { n_splits: whole(2) },
    folds: (p) => Number(p['n_splits']),
  },
  {
    id: 'RepeatedKFold',
    kind: 'splitter',
    defaults: { n_splits: 5, n_repeats: 10, random_state: null },
    folds: (p) => Number(p['n_splits']) * Number(p['n_repeats']),
  },
  {
    id: 'ShuffleSplit',
    kind: 'splitter',
    defaults: { n_splits: 10, test_size: 0.1, random_state: null },
    folds: (p) => Number(p['n_splits']),
  },
  { id: 'KennardStone', kind: 'splitter', defaults: { test_size: 0.25 }, folds: () => 1 },
  { id: 'PredefinedSplit', kind: 'splitter', defaults: { test_fold: null, column: null }, folds: () => null },
  { id: 'LeaveOneOut', kind: 'splitter', defaults: {}, folds: () => null },
  {
    id: 'PLS',
    kind: 'model',
    aliases: ['PLSRegression', 'sklearn.cross_decomposition.PLSRegression'],
    pathParam: 'n_components',
    defaults: { n_components: 2, scale: true },
    checks: { n_components: whole(1) },
  },
  {
    id: 'PCR',
    kind: 'model',
    pathParam: 'n_components',
    defaults: { n_components: 10, scale: false },
    checks: { n_components: whole(1) },
  },
  {
    id: 'Ridge',
    kind: 'model',
    defaults: { alpha: 1, fit_intercept: true },
    checks: { alpha: (value) => (typeof value === 'number' && value >= 0 ? null : 'must be at least 0') },
  },
];

function operator(fake: Fake): PipelineOperator {
  const { defaults = {}, checks = {} } = fake;
  return {
    id: fake.id,
    kind: fake.kind,
    stateful: fake.stateful ?? false,
    target: fake.target ?? false,
    pathParam: fake.pathParam ?? null,
    checkParams(params) {
      const problems: ParameterProblem[] = [];
      for (const [parameter, value] of Object.entries(params)) {
        if (!(parameter in defaults)) problems.push({ parameter, problem: 'is not a parameter of this operator' });
        const problem = checks[parameter]?.(value);
        if (problem) problems.push({ parameter, problem });
      }
      return problems.length > 0 ? { problems } : { params: { ...defaults, ...params } };
    },
    ...(fake.folds ? { countFolds: fake.folds } : {}),
  };
}

/** Operators with the names and parameters of the real ones, and none of their mathematics. */
export const fakeCatalog: PipelineCatalog = {
  find: (name) => {
    const fake = fakes.find((entry) => entry.id === name || (entry.aliases?.includes(name) ?? false));
    return fake ? operator(fake) : undefined;
  },
  nearest: (name) =>
    nearestName(
      name,
      fakes.map((fake) => fake.id),
    ),
};
