import type { RunEvent } from '#core/contract/runEvents.ts';
import type { VariantSummary } from '#core/contract/runTypes.ts';

type Body = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, 'runId' | 'seq' | 'phase' | 'fraction' | 'elapsedMs' | 'eta'>
    : never
  : never;
const PHASE: Readonly<Record<string, RunEvent['phase']>> = {
  run: 'check',
  check: 'check',
  variant: 'cv',
  fold: 'cv',
  selection: 'select',
  refit: 'refit',
};

/** Events numbered from 1 without gaps, each with the phase its name belongs to. */
export const events = (...bodies: Body[]): RunEvent[] =>
  bodies.map((body, k) => {
    const phase = body.type === 'run.completed' ? 'report' : (PHASE[body.type.split('.')[0]] ?? 'cv');
    const base = {
      runId: '20260101T000000.000Z-abcd',
      seq: k + 1,
      phase,
      fraction: k / bodies.length,
      elapsedMs: 10 * k,
      eta: null,
    };
    return { ...base, ...body } as RunEvent; // the parts of one event of the contract
  });

export const started: Body = {
  type: 'run.started',
  name: 'Fat',
  datasetName: 'Tecator',
  target: 'fat',
  targetUnit: '%',
  metric: 'rmse',
  task: 'regression',
  classes: null,
  nTrain: 6,
  nTest: 2,
  variants: 4,
};
type Planned = Extract<RunEvent, { type: 'check.completed' }>['groups'][number];
/** A row of the grid as the check phase plans it: PLS with one or two components. */
export const planned = (group: number, change: Partial<Planned> = {}): Planned => ({
  group,
  label: '',
  model: 'PLS',
  pathParam: 'n_components',
  pathValues: [1, 2],
  variants: [group],
  base: false,
  branchPath: [],
  ...change,
});
export const checked: Body = {
  type: 'check.completed',
  folds: 2,
  realFits: 5,
  cvStrategy: 'KFold(2)',
  groups: [planned(0, { label: 'SNV', variants: [0, 1] }), planned(1, { label: 'MSC', variants: [2, 3] })],
  warnings: ['Few samples.'],
};
export const fold = (group: number, number: number, press: (number | null)[], n = 3): Body => ({
  type: 'fold.completed',
  group,
  fold: number,
  milliseconds: 5,
  n,
  scores: press.map((value) => (value === null ? null : Math.sqrt(value / n))),
  press,
  trainPress: press.map((value) => (value === null ? null : value / 2)),
  nTrain: n,
  reused: false,
  measured: Float64Array.of(1, 2, 3),
  predicted: Float64Array.of(1.1, 2, 2.9),
});

export const summary = (variant: number, change: Partial<VariantSummary> = {}): VariantSummary => ({
  variant,
  base: false,
  branchPath: [],
  modelName: 'PLS',
  label: `SNV · n_components ${variant + 1}`,
  steps: ['SNV', `PLS n_components ${variant + 1}`],
  model: 'PLS',
  params: { n_components: variant + 1 },
  choices: [],
  fitGroup: 0,
  status: 'completed',
  problem: null,
  meanScore: 0.5,
  scoreSe: 0.05,
  rmsecv: 0.51,
  r2cv: 0.95,
  biasCv: 0.01,
  n: 6,
  cv: null,
  tuned: null,
  selected: false,
  ...change,
});
