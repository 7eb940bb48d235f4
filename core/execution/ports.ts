import type { Scores, VariantSummary } from '#core/contract/runs.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
import type { Fold } from '#core/data/operator.ts';
import type { PreviewResult, PreviewUnit } from '#core/execution/previewUnit.ts';
import type { BandsResult } from '#core/execution/spectraBands.ts';
import type { DensityRequest, DensityResult } from '#core/execution/spectraDensity.ts';
import type { FitResult, FitUnit, SplitUnit, UnitData } from '#core/execution/unit.ts';

/** Workers that take units of work. Rejects with EngineError, or CancelledError once cancelled. */
export interface UnitPool {
  readonly size: number;
  fit(data: UnitData, unit: FitUnit): Promise<FitResult>;
  split(data: UnitData, unit: SplitUnit): Promise<Fold[]>;
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
}

/** One set of predictions of one model on one partition, in rows of the dataset. */
export interface StoredPredictions {
  readonly variant: number;
  readonly model: string;
  readonly fold: string;
  readonly partition: 'train' | 'validation' | 'test';
  readonly refit: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly scores: Scores;
  readonly rows: Int32Array;
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
}

export interface FinalModel {
  readonly variant: number;
  readonly model: string;
  readonly chain: FittedChain;
  readonly modelInput: NonNullable<FitResult['modelInput']>;
}

/** Where a run writes what it finds. Every call is durable when it returns. */
export interface RunStore {
  variants(summaries: readonly VariantSummary[]): void;
  predictions(
    entries: readonly StoredPredictions[],
    cv: { readonly strategy: string | null; readonly folds: number },
  ): void;
  selected(ranked: readonly number[], winner: number): void;
  final(model: FinalModel): Promise<void>;
}
