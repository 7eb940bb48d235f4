import type { TrainingRound } from '#core/data/lossCurve.ts';
import { sharedCancelToken } from '#core/base/cancellation.ts';
import { errorReport, type ErrorReport } from '#core/base/errors.ts';
import { fitUnit } from '#core/execution/fitUnit.ts';
import {
  derive,
  place,
  solve,
  sums,
  tiles,
  type DeriveTask,
  type PlaceTask,
  type SolvedFold,
  type SolveTask,
  type SumsTask,
  type TilesTask,
} from '#core/execution/foldTasks.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import { prepareUnit } from '#core/execution/prepareUnit.ts';
import { previewUnit, type PreviewResult, type PreviewUnit } from '#core/execution/previewUnit.ts';
import type { UnitContext } from '#core/execution/runSteps.ts';
import { spectraBands, type BandsResult } from '#core/execution/spectraBands.ts';
import { spectraDensity, type DensityRequest, type DensityResult } from '#core/execution/spectraDensity.ts';
import { splitUnit } from '#core/execution/splitUnit.ts';
import type { Held } from '#core/kernels/kernelHeap.ts';
import { warmKernels } from '#core/execution/warmKernels.ts';
import type { Kernels } from '#core/kernels/kernels.ts';
import type {
  FitResult,
  FitUnit,
  PrepareResult,
  PrepareUnit,
  SplitResult,
  SplitUnit,
  UnitData,
} from '#core/execution/unit.ts';

/** A kernel's answer as it crosses the thread border: errors are data, so that their code survives. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorReport };

/** What one worker does. Everything is synchronous inside; cancel comes through shared memory. */
export interface WorkerApi {
  /** Makes this the data of the following units. Sent once, not with every unit. */
  hold(data: UnitData): void;
  fit(unit: FitUnit): Outcome<FitResult>;
  prepare(unit: PrepareUnit): Outcome<PrepareResult>;
  split(unit: SplitUnit): Outcome<SplitResult>;
  place(task: PlaceTask): Outcome<boolean>;
  tiles(task: TilesTask): Outcome<void>;
  sums(task: SumsTask): Outcome<void>;
  derive(task: DeriveTask): Outcome<Float64Array | null>;
  solve(task: SolveTask): Outcome<(SolvedFold | null)[]>;
  preview(unit: PreviewUnit): Outcome<PreviewResult>;
  /** Makes the kernels fast before they are needed. */
  warm(room: Held): Outcome<void>;
  bands(x: Float64Array, rows: number, cols: number): Outcome<BandsResult>;
  density(request: DensityRequest): Outcome<DensityResult>;
}

/** Rounds of a training are told at most this often, and the last one. */
const ROUNDS_MS = 100;

/**
 * @param kernels on the memory that the pool's owner hands out
 * @param told hears of the rounds of the model that is being trained
 */
export function workerApi(
  lookup: OperatorLookup,
  cancelFlag: Int32Array,
  kernels: Kernels,
  now: () => number,
  told: (round: TrainingRound) => void = () => undefined,
): WorkerApi {
  let toldAt = -Infinity;
  const trained = (round: TrainingRound): void => {
    if (round.epoch < round.epochs && now() - toldAt < ROUNDS_MS) return;
    toldAt = now();
    told(round);
  };
  const context: UnitContext = { lookup, cancel: sharedCancelToken(cancelFlag), now, trained };
  let held: UnitData | null = null;
  const data = (): UnitData => {
    if (held === null) throw new Error('A unit of work arrived before its data.');
    return held;
  };
  return {
    hold(next) {
      held = next;
    },
    fit: (unit) => outcome(() => fitUnit(data(), unit, context)),
    prepare: (unit) => outcome(() => prepareUnit(data(), unit, context)),
    split: (unit) => outcome(() => splitUnit(data(), unit, context)),
    place: (task) => outcome(() => place(kernels, task, context.cancel)),
    tiles: (task) =>
      outcome(() => {
        tiles(kernels, task, context.cancel);
      }),
    sums: (task) =>
      outcome(() => {
        sums(kernels, task);
      }),
    derive: (task) => outcome(() => derive(kernels, task)),
    solve: (task) => outcome(() => solve(kernels, data(), task, context)),
    warm: (room) =>
      outcome(() => {
        warmKernels(kernels, room, context.cancel);
      }),
    preview: (unit) => outcome(() => previewUnit(data(), unit, context)),
    bands: (x, rows, cols) => outcome(() => spectraBands({ x, rows, cols }, context.cancel)),
    density: (request) => outcome(() => spectraDensity(request, context.cancel)),
  };
}

function outcome<T>(compute: () => T): Outcome<T> {
  try {
    return { ok: true, value: compute() };
  } catch (error) {
    return { ok: false, error: errorReport(error) };
  }
}
