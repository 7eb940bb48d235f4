import type { RunEvent } from '#core/contract/runEvents.ts';
import type { CacheReport, CvBest, Phase, RunResult, VariantSummary } from '#core/contract/runTypes.ts';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
export type StartedInfo = Pick<
  EventOf<'run.started'>,
  'name' | 'datasetName' | 'target' | 'targetUnit' | 'metric' | 'task' | 'classes' | 'nTrain' | 'nTest' | 'variants'
>;

/** One fold of one row of the grid. */
export interface FoldCell {
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  /** Score under the run's metric at every path value (one entry without a sweep). */
  readonly scores: readonly (number | null)[];
  readonly milliseconds: number;
  /** Held-out samples. */
  readonly n: number;
  /** Why it failed. */
  readonly message: string | null;
  /** Read from an earlier run instead of computed. */
  readonly reused: boolean;
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
}

/** One row of the grid: variants that differ only in the swept setting and come from the same fits. */
export interface GroupView {
  readonly group: number;
  readonly label: string;
  readonly model: string;
  readonly pathParam: string | null;
  readonly pathValues: readonly number[];
  readonly variants: readonly number[];
  /** A model that others learn from: it has scores of its own and does not compete. */
  readonly base: boolean;
  /** Names of the lanes that hold it, from the outside. */
  readonly branchPath: readonly string[];
  readonly cells: readonly FoldCell[];
  readonly started: boolean;
  /** Squared error sums over the finished folds at every path value (NaN where a fold has none), and their sizes. */
  readonly press: readonly number[];
  readonly n: number;
  readonly trainPress: readonly number[];
  readonly nTrain: number;
  readonly best: VariantSummary | null;
}

/** One trial of finetuning. */
export interface TrialView {
  readonly group: number;
  /** The fold that is tuned by itself; null where one study serves all folds. */
  readonly fold: number | null;
  /** From 0 within its study. */
  readonly trial: number;
  readonly of: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly value: number | null;
  readonly state: 'completed' | 'pruned' | 'failed';
  readonly reused: boolean;
}

/** How one model that learns step by step went on. */
export interface TrainingView {
  readonly group: number;
  /** Null: the refit. */
  readonly fold: number | null;
  /** At most so many. */
  readonly epochs: number;
  readonly points: readonly { readonly epoch: number; readonly loss: number; readonly validation: number | null }[];
}

export interface RefitView {
  readonly status: 'running' | 'done' | 'failed';
  readonly label: string;
  /** Which of how many models that are refitted, from 1. */
  readonly model: number;
  readonly models: number;
  readonly nTrain: number;
  readonly step: string | null;
  /** What has begun, in order, as the engine calls it: "base model PLS (branch A)", "meta-model". */
  readonly steps: readonly string[];
  /** Steps finished, of how many. */
  readonly index: number;
  readonly of: number;
  readonly message: string | null;
  readonly rmsec: number | null;
  readonly rmsep: number | null;
  readonly nTest: number;
}

export interface LogEntry {
  readonly seq: number;
  readonly elapsedMs: number;
  readonly level: 'note' | 'warning' | 'error';
  readonly event: RunEvent;
}

/** Everything the run screen draws, as far as the events tell. */
export interface RunView {
  /** Number of the last event that was taken in; 0 before the first. */
  readonly seq: number;
  readonly status: 'waiting' | 'running' | 'completed' | 'failed' | 'interrupted' | 'cancelled';
  readonly phase: Phase;
  /** Of the whole run, 0–1. */
  readonly fraction: number;
  readonly elapsedMs: number;
  readonly eta: { readonly low: number; readonly high: number } | null;
  readonly started: StartedInfo | null;
  readonly checked: { readonly folds: number; readonly realFits: number; readonly cvStrategy: string | null } | null;
  readonly groups: readonly GroupView[];
  readonly selection: {
    readonly rule: string;
    readonly winner: VariantSummary;
    readonly oneStandardError: CvBest | null;
    readonly top: readonly VariantSummary[];
  } | null;
  readonly refit: RefitView | null;
  /** In the order in which they ended. */
  readonly trials: readonly TrialView[];
  /** Models that learn step by step, in the order in which they began. */
  readonly training: readonly TrainingView[];
  /** What the caches did so far; null before the first news, and for a run that computes everything afresh. */
  readonly cache: CacheReport | null;
  readonly result: RunResult | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly cancelled: { readonly finishedFolds: number; readonly ofFolds: number } | null;
  readonly warnings: readonly string[];
  readonly log: readonly LogEntry[];
}

export const EMPTY_RUN: RunView = {
  seq: 0,
  status: 'waiting',
  phase: 'check',
  fraction: 0,
  elapsedMs: 0,
  eta: null,
  started: null,
  checked: null,
  groups: [],
  selection: null,
  refit: null,
  trials: [],
  training: [],
  cache: null,
  result: null,
  failure: null,
  cancelled: null,
  warnings: [],
  log: [],
};

export const WAITING_CELL: FoldCell = {
  status: 'waiting',
  scores: [],
  milliseconds: 0,
  n: 0,
  message: null,
  reused: false,
  measured: new Float64Array(0),
  predicted: new Float64Array(0),
};
