import type { RunResult, Scores, VariantSummary } from '#core/contract/runTypes.ts';
import { noScores } from '#core/contract/scoreFigures.ts';
import type { DataReport } from '#core/contract/imports.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { DoneUnit, TrialRecord } from '#core/execution/ports.ts';
import type { NewDataset, NewRun, PredictionArrays, PredictionRecord } from '#core/workspace/index.ts';

/** A clock that stands still, so that two builds are the same. */
export const fixedNow = (): Date => new Date('2026-11-22T03:15:00.123Z');

/** A small made-up dataset: everything in it follows from n and p. */
export function aDataset(n = 7, p = 5): Dataset {
  const rows = Array.from({ length: n }, (_, i) => i);
  return {
    name: 'Wheat, autumn',
    source: {
      name: 'X',
      axis: { values: Float64Array.from({ length: p }, (_, j) => 1100 + 2.5 * j), unit: 'nm' },
      x: { rows: n, cols: p, data: Float64Array.from({ length: n * p }, (_, k) => Math.sin(k) / 3) },
      signal: 'absorbance',
    },
    sampleIds: rows.map((i) => `S${i + 1}`),
    targets: [
      {
        name: 'protein',
        unit: '%',
        values: Float64Array.from(rows, (i) => (i === 2 ? NaN : 10 + ((i * 37) % 11) / 7)),
      },
      { name: 'moisture', unit: null, values: Float64Array.from(rows, () => NaN) },
    ],
    metadata: [
      { name: 'field', values: rows.map((i) => (i === 1 ? '' : `plot ${n - i}`)) },
      { name: 'depth', values: rows.map((i) => String((i * 7) % 12)) },
    ],
    split: rows.map((i) => (i % 3 === 0 ? 'test' : 'train')),
    files: ['X.csv', 'Y.csv'],
  };
}

export const aReport = (n: number, p: number): DataReport => ({
  samples: n,
  wavelengths: p,
  axis: { unit: 'nm', from: 1100, to: 1100 + 2.5 * (p - 1), monotonic: true, gaps: [] },
  missingTargets: [{ target: 'protein', missing: 1 }],
  duplicateSpectra: { samples: 0, groups: [], acrossSplits: 0 },
  duplicateIds: { ids: 0, first: [] },
  constantWavelengths: { count: 0, first: [] },
  targetOutliers: { count: 0, first: [] },
  split: null,
  joins: [],
  badCells: [],
  dropped: { samples: [], wavelengths: [] },
  skippedFiles: [],
  warnings: ['One protein value is missing.'],
});

export function aNewDataset(id = 'ds_0123456789abcdef', dataset = aDataset()): NewDataset {
  const { rows, cols } = dataset.source.x;
  return { id, dataset, contentHash: id.slice(3), options: null, report: aReport(rows, cols), warnings: 1 };
}

export const RUN_ID = '20261122T031500.123Z-7f3a';

export const aRun = (id = RUN_ID, datasetId = 'ds_0123456789abcdef'): NewRun => ({
  id,
  name: 'Protein by PLS',
  datasetId,
  datasetHash: '0123456789abcdef',
  pipeline: 'pipeline:\n  - SNV\n',
  pipelineHash: 'fedcba9876543210',
  target: 'protein',
  metric: 'rmse',
  seed: 7,
  trainSplit: ['train'],
  testSplit: null,
  cached: true,
  appVersion: '0.1.0',
  startedAt: fixedNow().toISOString(),
  foldFiles: {},
});

export const aVariant = (variant: number, changes: Partial<VariantSummary> = {}): VariantSummary => ({
  variant,
  base: false,
  branchPath: [],
  modelName: 'PLS',
  label: `SNV · n_components ${variant + 1}`,
  steps: ['SNV', `PLS ${variant + 1}`],
  model: 'PLS',
  params: { n_components: variant + 1, scale: false },
  choices: [{ name: 'n_components', value: variant + 1 }],
  fitGroup: 0,
  status: 'completed',
  problem: null,
  meanScore: 1 / (variant + 1),
  scoreSe: 0.01,
  rmsecv: 1.1 / (variant + 1),
  r2cv: 0.9,
  biasCv: -0.001,
  n: 100,
  cv: null,
  tuned: null,
  selected: false,
  ...changes,
});

export const someScores = (n: number, rmse = 0.5): Scores => ({
  ...noScores,
  n,
  rmse,
  mae: 0.4,
  r2: 0.9,
  bias: 0.01,
  sep: 0.5,
  rpd: 3.1,
  rpiq: null,
  slope: 0.98,
  intercept: 0.2,
});

export const aPrediction = (changes: Partial<PredictionRecord> = {}): PredictionRecord => ({
  runId: RUN_ID,
  variant: 0,
  branchPath: [],
  branchName: null,
  modelName: 'PLS',
  modelClass: 'PLSRegression',
  foldId: 'fold_0',
  partition: 'validation',
  refitContext: null,
  scores: someScores(3),
  bestParams: { n_components: 1 },
  cvStrategy: 'KFold(5)',
  cvFolds: 5,
  ...changes,
});

export const someArrays = (n = 3, offset = 0): PredictionArrays => ({
  rows: Int32Array.from({ length: n }, (_, i) => i + offset),
  measured: Float64Array.from({ length: n }, (_, i) => Math.PI * i),
  predicted: Float64Array.from({ length: n }, (_, i) => Math.PI * i + 1e-9),
  probabilities: null,
});

export const aResult = (runId = RUN_ID): RunResult => ({
  runId,
  status: 'completed',
  task: 'regression',
  classes: null,
  rule: 'best',
  refits: [],
  baseModels: [],
  foldEnsemble: 0,
  cv: null,
  train: null,
  test: null,
  finalParams: null,
  cache: null,
  variants: 3,
  realFits: 6,
  folds: 5,
  metric: 'rmse',
  ranking: 'mean_val',
  cvBest: { variant: 2, label: 'SNV · n_components 3', params: { n_components: 3 }, score: 0.33 },
  cvBestScore: 0.33,
  rmsecv: 0.36,
  rmsecvMeanOfFolds: 0.35,
  rmsecvByComponents: [1.1, 0.55, 0.36],
  components: [1, 2, 3],
  oneStandardError: null,
  finalScore: 0.4,
  rmsec: 0.3,
  rmsep: 0.4,
  nTrain: 5,
  nTest: 2,
  nCv: 5,
  cvStrategy: 'KFold(5)',
  target: 'protein',
  targetUnit: '%',
  warnings: [],
  timings: { cv: 12 },
});

export const aUnit = (changes: Partial<DoneUnit> = {}): DoneUnit => ({
  key: 'ab'.repeat(32),
  variant: 0,
  fold: 'fold_1',
  possible: false,
  milliseconds: 12.5,
  notices: ['PLS: the data hold 2 components.'],
  ...changes,
});

export const aTrial = (number = 0, changes: Partial<TrialRecord['trial']> = {}): TrialRecord => ({
  group: 0,
  fold: null,
  trial: {
    number,
    phase: 0,
    sampler: 'tpe',
    point: { n_components: 3 + number, scale: true },
    state: 'complete',
    values: [0.5, 0.7],
    value: 0.6,
    ...changes,
  },
  milliseconds: 20,
});
