import { Worker } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { nodeEndpoint } from '#electron/engine/nodeEndpoint.ts';
import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError, type ErrorCode, type ErrorReport } from '#core/base/errors.ts';
import { WARM_DOUBLES } from '#core/execution/warmKernels.ts';
import { kernelRoom } from '#core/kernels/kernelRoom.ts';
import { sharedMemory, type WasmMemory } from '#core/kernels/webAssembly.ts';
import type { HearRounds, UnitPool, ViewWorker } from '#core/execution/ports.ts';
import type { UnitData } from '#core/execution/unit.ts';
import type { Outcome, WorkerApi } from '#core/execution/workerApi.ts';

type Remote = Comlink.Remote<WorkerApi>;

interface Slot {
  readonly worker: Worker;
  readonly api: Remote;
  /** Key of the data that the thread has. */
  heldKey: string | null;
  /** The task in hand, in a word. */
  doing: string;
  /** Hears of the rounds of the model that the task trains. */
  trained: HearRounds | null;
  /** Ends the task in hand when the thread dies. */
  abort: ((error: Error) => void) | null;
}

interface Task {
  readonly doing: string;
  readonly trained: HearRounds | null;
  readonly data: UnitData | null;
  readonly work: (api: Remote) => Promise<Outcome<unknown>>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** What a thread gets when it starts. */
export interface WorkerStart {
  readonly cancelFlag: Int32Array;
  readonly memory: WasmMemory;
}

/** What a thread tells without being asked. */
export interface WorkerNews {
  readonly round: Parameters<HearRounds>[0];
}

/** Kernels check the flag often; a thread that has not stopped by then is ended and replaced. */
const CANCEL_DEADLINE_MS = 1500;

export interface WorkerPool extends UnitPool, ViewWorker {
  /** Starts all threads and makes their kernels fast, so that the first run is as fast as the others. */
  warmUp(): Promise<void>;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** A pool of kernel threads with one shared cancel flag. Threads start at first use and stay. */
export function workerPool(workerFile: string | URL, size: number): WorkerPool {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const room = kernelRoom(sharedMemory());
  const slots = new Set<Slot>();
  const idle: Slot[] = [];
  const queue: Task[] = [];
  let closed = false;
  let whenIdle: (() => void)[] = [];

  function start(): Slot {
    const worker = new Worker(workerFile, {
      workerData: { cancelFlag: flag, memory: room.memory } satisfies WorkerStart,
    });
    const slot: Slot = {
      worker,
      api: Comlink.wrap<WorkerApi>(nodeEndpoint(worker)),
      heldKey: null,
      doing: '',
      trained: null,
      abort: null,
    };
    slots.add(slot);
    // Beside the answers that Comlink reads: a thread that trains cannot answer, and tells all the same.
    worker.on('message', (message: Partial<WorkerNews>) => {
      if (message.round !== undefined) slot.trained?.(message.round);
    });
    const lost = (cause?: unknown) => {
      if (!slots.delete(slot)) return;
      const at = idle.indexOf(slot);
      if (at >= 0) idle.splice(at, 1);
      const ended = closed || Atomics.load(flag, 0) !== 0; // by us, on purpose
      slot.abort?.(ended ? new CancelledError() : new EngineError('run.worker-lost', { doing: slot.doing }, { cause }));
      next();
    };
    worker.once('error', lost);
    worker.once('exit', () => {
      lost();
    });
    worker.unref(); // an idle pool does not keep the command line alive
    return slot;
  }

  function next(): void {
    while (queue.length > 0 && (idle.length > 0 || slots.size < size) && !closed) {
      const task = queue.shift();
      if (task !== undefined) void carryOut(idle.pop() ?? start(), task);
    }
    if (idle.length === slots.size && queue.length === 0) {
      whenIdle.forEach((resolve) => {
        resolve();
      });
      whenIdle = [];
    }
  }

  async function carryOut(slot: Slot, task: Task): Promise<void> {
    slot.worker.ref();
    try {
      const outcome = await new Promise<Outcome<unknown>>((resolve, reject) => {
        slot.abort = reject;
        slot.doing = task.doing;
        slot.trained = task.trained;
        hold(slot, task.data)
          .then(() => task.work(slot.api))
          .then(resolve, reject);
      });
      if (outcome.ok) task.resolve(outcome.value);
      else task.reject(fromReport(outcome.error));
    } catch (error) {
      task.reject(error instanceof Error ? error : new Error(String(error)));
    } finally {
      slot.abort = null;
      slot.trained = null;
      if (slots.has(slot)) {
        slot.worker.unref();
        idle.push(slot);
      }
      next();
    }
  }

  /** Sends the data of a task to the thread, unless it has them. */
  async function hold(slot: Slot, data: UnitData | null): Promise<void> {
    if (data === null || data.key === slot.heldKey) return;
    slot.heldKey = null; // until they have arrived
    await slot.api.hold(data);
    slot.heldKey = data.key;
  }

  function enqueue<T>(
    doing: string,
    data: UnitData | null,
    work: (api: Remote) => Promise<Outcome<T>>,
    trained: Task['trained'] = null,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (closed) {
        reject(new CancelledError());
        return;
      }
      // The queue holds tasks of all result types; `work` and `resolve` of one task agree on T.
      queue.push({ doing, trained, data, work, resolve: resolve as (value: unknown) => void, reject });
      next();
    });
  }

  return {
    size,
    fit: (data, unit, trained) => enqueue('fitting', data, (api) => api.fit(unit), trained),
    prepare: (data, unit) => enqueue('preprocessing', data, (api) => api.prepare(unit)),
    split: (data, unit) => enqueue('splitting', data, (api) => api.split(unit)),
    room,
    place: (task) => enqueue('copying spectra', null, (api) => api.place(task)),
    tiles: (task) => enqueue('multiplying spectra', null, (api) => api.tiles(task)),
    sums: (task) => enqueue('multiplying spectra', null, (api) => api.sums(task)),
    derive: (task) => enqueue('multiplying spectra', null, (api) => api.derive(task)),
    solve: (data, task) => enqueue('fitting', data, (api) => api.solve(task)),
    preview: (data, unit) => enqueue('previewing', data, (api) => api.preview(unit)),
    bands: (x, rows, cols) => enqueue('summarising spectra', null, (api) => api.bands(x, rows, cols)),
    density: (request) => enqueue('drawing spectra', null, (api) => api.density(request)),

    async warmUp() {
      const warm = async (): Promise<void> => {
        const held = await room.take(WARM_DOUBLES);
        if (held === null) return;
        try {
          await enqueue('getting ready', null, (api) => api.warm(held));
        } finally {
          room.giveBack(held);
        }
      };
      await Promise.all(Array.from({ length: size }, warm));
    },

    async cancelAll() {
      for (const task of queue.splice(0)) task.reject(new CancelledError());
      if (idle.length === slots.size) return;
      Atomics.store(flag, 0, 1);
      const stopped = new Promise<void>((resolve) => whenIdle.push(resolve));
      const deadline = setTimeout(() => {
        for (const slot of slots) if (!idle.includes(slot)) void slot.worker.terminate();
      }, CANCEL_DEADLINE_MS);
      await stopped;
      clearTimeout(deadline);
      Atomics.store(flag, 0, 0);
    },

    async close() {
      closed = true;
      for (const task of queue.splice(0)) task.reject(new CancelledError());
      await Promise.all([...slots].map((slot) => slot.worker.terminate()));
    },
  };
}

/** Back to an error with its code; the sentence travels with it. */
export function fromReport(report: ErrorReport): Error {
  if (report.code === 'cancelled') return new CancelledError();
  if (report.code === 'internal') {
    const error = new Error(report.message.replace(/^Something unexpected happened: /, ''));
    const details = report.details as { stack?: string } | null; // errorReport wrote it
    if (details?.stack !== undefined) error.stack = details.stack;
    return error;
  }
  return rebuilt(report.code, report.details);
}

const rebuilt = (code: ErrorCode, details: unknown): EngineError => new EngineError(code, details as never); // the worker's EngineError had exactly these details for this code
