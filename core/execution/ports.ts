import type { Scores, VariantSummary } from '#core/contract/runTypes.ts';
import type {
  FitResult,
  FitUnit,
  PartPredictions,
  PrepareResult,
  PrepareUnit,
  SplitResult,
  SplitUnit,
  Stage,
  StepRecord,
  UnitData,
} from '#core/execution/unit.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
import type { TrainingRound } from '#core/data/lossCurve.ts';
import type { DeriveTask, PlaceTask, SolvedFold, SolveTask, SumsTask, TilesTask } from '#core/execution/foldTasks.ts';
import type { PreviewResult, PreviewUnit } from '#core/execution/previewUnit.ts';
import type { BandsResult } from '#core/execution/spectraBands.ts';
import type { DensityRequest, DensityResult } from '#core/execution/spectraDensity.ts';
import type { KernelRoom } from '#core/kernels/kernelRoom.ts';
import type { Trial } from '#core/tuning/trial.ts';

/** Hears of the rounds of a model that is trained by iteration, a few times a second. */
export type HearRounds = (round: TrainingRound) => void;

/** Workers that take units of work. Rejects with EngineError, or CancelledError once cancelled. */
export interface UnitPool {
  readonly size: number;
  prepare(data: UnitData, unit: PrepareUnit): Promise<PrepareResult>;
  fit(data: UnitData, unit: FitUnit, trained?: HearRounds): Promise<FitResult>;
  split(data: UnitData, unit: SplitUnit): Promise<SplitResult>;
  /** The memory of the workers' kernels, for folds that are computed together. */
  readonly room: KernelRoom;
  place(task: PlaceTask): Promise<boolean>;
  tiles(task: TilesTask): Promise<void>;
  sums(task: SumsTask): Promise<void>;
  derive(task: DeriveTask): Promise<Float64Array | null>;
  solve(data: UnitData, task: SolveTask): Promise<(SolvedFold | null)[]>;
  /**
   * Raises the shared flag; kernels stop at their next check. A worker that has not stopped after the deadline is
   * ended and replaced. Resolves when every worker is idle again.
   */
  cancelAll(): Promise<void>;
}

/** One worker kept free for the pictures, so that a run on all cores does not freeze the plots. */
export interface ViewWorker {
  preview(data: UnitData, unit: PreviewUnit): Promise<PreviewResult>;
  bands(x: Float64Array, rows: number, cols: number): Promise<BandsResult>;
  density(request: DensityRequest): Promise<DensityResult>;
}

/** Time as an argument: the engine passes real clocks, tests pass their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  epoch(): number;
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls `work` again and again, as long as the returned function has not been called. */
  every(milliseconds: number, work: () => void): () => void;
  /** Resolves when messages and timers that wait have had their turn. */
  turn(): Promise<void>;
}

/** Spectra after a step, with every transform that led there. */
export interface StageEntry {
  readonly stage: Stage;
  /** From the raw spectra on. */
  readonly records: readonly StepRecord[];
  /** What steps other than transforms told. */
  readonly notices: readonly string[];
  readonly bytes: number;
}

/** Snapshots of the spectra after a step; the least recently used go first once they exceed the limit. */
export interface StageCache {
  get(key: string): StageEntry | undefined;
  put(key: string, entry: StageEntry): void;
  /** Nothing that is planned needs it any more: it may go. */
  retire(key: string): void;
  readonly bytes: number;
  readonly evictions: number;
}

/** Fitted transforms of one run by operator chain and data. */
export interface FitRegistry {
  get(key: string): StepRecord | undefined;
  put(record: StepRecord): void;
  /** Nothing that is planned needs it any more: it may go. */
  retire(key: string): void;
  /** Registered fits of one layer, for operators that may be met in other chains. */
  ofLayer(layer: StepRecord['layer']): readonly StepRecord[];
  bytesOf(layer: StepRecord['layer']): number;
}

/** What lives as long as a run. A run that computes everything afresh has none. */
export interface RunCaches {
  readonly stages: StageCache;
  readonly registry: FitRegistry;
}

/** One set of predictions of one model on one partition, in rows of the dataset. */
export interface StoredPredictions {
  readonly variant: number;
  /** The model's name in results. */
  readonly model: string;
  /** The operator's id. */
  readonly modelClass: string;
  /** `fold_0` …, `avg`, `w_avg` or `final`. */
  readonly fold: string;
  readonly partition: 'train' | 'validation' | 'test';
  readonly refit: boolean;
  /** Names of the lanes that hold the model, from the outside. */
  readonly branchPath: readonly string[];
  /** Of a refit: the model learns from others, or others learn from it. */
  readonly stacked?: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly scores: Scores;
  readonly rows: Int32Array;
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
  /** n × K, row-major. */
  readonly probabilities: Float64Array | null;
}

/** A unit of work that is done: its identity across runs, and where its predictions stand in this one. */
export interface DoneUnit {
  readonly key: string;
  readonly variant: number;
  readonly fold: string;
  /** False where the data's rank did not allow this model: it has no predictions. */
  readonly possible: boolean;
  readonly milliseconds: number;
  readonly notices: readonly string[];
}

/** What an earlier run left of a unit. */
export interface FoundUnit {
  readonly milliseconds: number;
  readonly notices: readonly string[];
  /** Null where the data's rank did not allow this model. */
  readonly parts: Readonly<
    Record<'train' | 'validation' | 'test', { readonly rows: Int32Array } & PartPredictions>
  > | null;
}

/** A finished trial with the group (and fold) that it was about. */
export interface TrialRecord {
  readonly group: number;
  readonly fold: number | null;
  readonly trial: Trial;
  readonly milliseconds: number;
}

/** Results of earlier runs of the workspace, by the identity of the unit (operators, parameters, data, rows, seed). */
export interface UnitLibrary {
  /** All of these, in their order; null when one of them is not known. */
  find(keys: readonly string[]): readonly FoundUnit[] | null;
  /** The refitted model of this unit. Null where there is none, or where its artifacts are missing or altered. */
  findFinal(key: string): Promise<Pick<FinalModel, 'chain' | 'modelInput'> | null>;
  /** Trials of a study that an earlier run began, in order. */
  trials(study: string, group: number, fold: number | null): readonly Trial[];
}

export interface FinalModel {
  readonly variant: number;
  readonly model: string;
  /** It learns from others, or others learn from it. */
  readonly stacked?: boolean;
  readonly chain: FittedChain;
  readonly modelInput: NonNullable<FitResult['modelInput']>;
}

/** Where a run writes what it finds: in the order of the calls, and on disk a moment later. */
export interface RunStore {
  variants(summaries: readonly VariantSummary[]): void;
  /** The entries are asked for when they are stored: scoring what is only kept holds nobody up who waits for work. */
  predictions(
    entries: () => readonly StoredPredictions[],
    cv: { readonly strategy: string | null; readonly folds: number },
    done?: readonly DoneUnit[],
  ): void;
  trial(study: string, record: TrialRecord): void;
  selected(ranked: readonly number[], winner: number): void;
  final(model: FinalModel): Promise<void>;
  /**
   * The fold models of a variant, which then predict together.
   * @param until `refit`: they stand in for a refit that failed, and go when it succeeds
   */
  ensemble(models: readonly FinalModel[], until: 'refit' | 'removal'): Promise<void>;
  /** Null in a run that computes everything afresh. */
  readonly library: UnitLibrary | null;
}
