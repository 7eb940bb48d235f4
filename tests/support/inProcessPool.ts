import { setImmediate as breathe } from 'node:timers/promises';
import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { TrainingRound } from '#core/data/lossCurve.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { kernelRoom } from '#core/kernels/kernelRoom.ts';
import { loadKernels } from '#core/kernels/kernels.ts';
import { sharedMemory } from '#core/kernels/webAssembly.ts';
import type { DeriveTask, SolveTask } from '#core/execution/foldTasks.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import type { FitUnit, PrepareUnit } from '#core/execution/unit.ts';
import { workerApi, type Outcome } from '#core/execution/workerApi.ts';

export interface InProcessPool extends UnitPool {
  /** Every fit that was asked for, in order. */
  readonly fits: FitUnit[];
  /** Every preprocessing that was asked for by itself, in order. */
  readonly prepared: PrepareUnit[];
  /** Every computation of several folds together, in order. */
  readonly solved: SolveTask[];
  /** Every Gram matrix that was derived from another, in order. */
  readonly derived: DeriveTask[];
}

/**
 * The worker's own functions on this thread, one unit after another. `refuse` names a reason why a fit fails, or null.
 */
export function inProcessPool(size = 1, refuse: (unit: FitUnit) => string | null = () => null): InProcessPool {
  const flag = new Int32Array(1);
  const room = kernelRoom(sharedMemory());
  let trained: ((round: TrainingRound) => void) | undefined;
  const api = workerApi(
    operatorsByKind,
    flag,
    loadKernels(room.memory),
    () => performance.now(),
    (round) => trained?.(round),
  );
  const fits: FitUnit[] = [];
  const prepared: PrepareUnit[] = [];
  const solved: SolveTask[] = [];
  const derived: DeriveTask[] = [];
  return {
    size,
    fits,
    prepared,
    solved,
    derived,
    async fit(data, unit, tell) {
      await breathe();
      if (flag[0] !== 0) throw new CancelledError();
      fits.push(unit);
      const reason = refuse(unit);
      if (reason !== null) throw new EngineError('run.worker-lost', { doing: reason });
      api.hold(data);
      trained = tell;
      return valueOf(api.fit(unit));
    },
    async prepare(data, unit) {
      await breathe();
      if (flag[0] !== 0) throw new CancelledError();
      prepared.push(unit);
      api.hold(data);
      return valueOf(api.prepare(unit));
    },
    room,
    async place(task) {
      await breathe();
      return valueOf(api.place(task));
    },
    async tiles(task) {
      await breathe();
      valueOf(api.tiles(task));
    },
    async sums(task) {
      await breathe();
      valueOf(api.sums(task));
    },
    async derive(task) {
      await breathe();
      derived.push(task);
      return valueOf(api.derive(task));
    },
    async solve(data, task) {
      await breathe();
      if (flag[0] !== 0) throw new CancelledError();
      solved.push(task);
      api.hold(data);
      return valueOf(api.solve(task));
    },
    async split(data, unit) {
      await breathe();
      api.hold(data);
      return valueOf(api.split(unit));
    },
    cancelAll() {
      flag[0] = 1;
      return Promise.resolve();
    },
  };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { code, details, message } = outcome.error;
  if (code === 'cancelled') throw new CancelledError();
  if (code === 'internal') throw new Error(message);
  throw new EngineError(code, details as never); // the error had exactly these details
}
