import type { Fold } from '#core/data/operator.ts';
import { lookUp, type UnitOutcome, type UnitRequest } from '#core/execution/computeUnit.ts';
import type { FoldRows, SolvedFold } from '#core/execution/foldTasks.ts';
import { changesSpectra, datasetLevelEnd } from '#core/execution/levels.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import { rawStage } from '#core/execution/runSteps.ts';
import type { DatasetStage, FitResult, UnitPredictions } from '#core/execution/unit.ts';
import { commonShift, TILE_ROOM } from '#core/numerics/folds/sharedProducts.ts';
import type { FoldsAtOnce, FoldScene, FoldShape, FormChoice } from '#core/numerics/folds/foldsAtOnce.ts';

/** All folds of a chain. */
export interface FoldsRequest extends Pick<UnitRequest, 'steps' | 'splitterIndex' | 'pathParam' | 'pathValues'> {
  readonly folds: readonly Fold[];
}

/** Folds whose vectors stay near the processor together. */
const LARGEST_BATCH = 12;
/** Below this a second thread costs more than it brings. */
const WORTH_SHARING_NS = 5e6;

/**
 * Whether the folds of a chain can be computed together: every step before the model sees all rows alike, so that the
 * folds differ in nothing but their rows, and the model knows how.
 */
export function foldsTogether(run: RunContext, { steps, splitterIndex, folds }: FoldsRequest): boolean {
  const { lookup } = run.ports;
  const model = steps.at(-1);
  return (
    run.input.data.classes === null &&
    folds.length > 1 &&
    model?.role === 'model' &&
    lookup.model(model.id).folds !== undefined &&
    steps.every(({ role }) => role !== 'augmentation') &&
    datasetLevelEnd(steps, splitterIndex, lookup) === steps.length - 1
  );
}

/**
 * The folds of a chain, computed together on matrices in the kernels' memory. What an earlier run has done is taken from
 * there. Null for a fold that has to be fitted by itself.
 *
 * @param workers how many threads may share the work; the numbers do not depend on it
 */
export async function computeFolds(
  run: RunContext,
  request: FoldsRequest,
  workers: number,
): Promise<(UnitOutcome | null)[]> {
  const outcomes: (UnitOutcome | null)[] = [];
  const missing: { readonly fold: number; readonly keys: readonly string[] }[] = [];
  for (const [k, fold] of request.folds.entries()) {
    const { keys, found } = await lookUp(run, unitOf(request, fold));
    outcomes.push(found === null ? null : { result: found, keys, reused: true });
    if (found === null) missing.push({ fold: k, keys });
  }
  if (missing.length === 0) return outcomes;
  const results = await solveTogether(
    run,
    request,
    missing.map(({ fold }) => fold),
    workers,
  );
  missing.forEach(({ fold, keys }, at) => {
    const result = results[at];
    if (result === null) return;
    if (run.ports.store.library !== null) run.caches.miss('crossRun');
    outcomes[fold] = { result, keys, reused: false };
  });
  return outcomes;
}

/** One fold of the request: its identity says with how many others it is computed. */
const unitOf = ({ folds, ...chain }: FoldsRequest, fold: Fold): UnitRequest => ({
  ...chain,
  fold,
  keepChains: false,
  together: folds.length,
});

async function solveTogether(
  run: RunContext,
  request: FoldsRequest,
  wanted: readonly number[],
  workers: number,
): Promise<(FitResult | null)[]> {
  const { ports } = run;
  const { data } = run.input;
  const started = ports.clock.now();
  const { stage, notices } = await stageOf(run, {
    ...request,
    folds: wanted.map((k) => request.folds[k]),
  });
  ports.cancel.check();
  const model = request.steps.at(-1);
  const folds = model?.role === 'model' ? ports.lookup.model(model.id).folds : undefined;
  if (model?.role !== 'model' || folds === undefined) throw new Error('This model is fitted fold by fold.');
  const values = request.pathValues ?? [folds.value(model.params)];

  const rows = joined(stage.train, data.test);
  const cols = stage.blocks.reduce((sum, { x }) => sum + x.cols, 0);
  const shape: FoldShape = { rows: rows.length, cols, folds: request.folds.length };
  const choice = folds.form(shape, model.params, values);
  if (choice === null) return wanted.map(() => null);
  const inScene = foldRowsIn(rows, stage.train.length, data.train, data.rows);
  const own = wanted.map((k) => inScene(request.folds[k]));
  if (own.some(({ train }) => train.length === 0)) return wanted.map(() => null);

  const solved = await onKernels(run, { request, stage, rows, shape, choice, folds, values, own, workers });
  const milliseconds = (ports.clock.now() - started) / wanted.length;
  return solved.map((one, at): FitResult | null => {
    if (one === null) return null;
    const { train, validation } = own[at];
    const of = (part: Int32Array) => part.map((row) => rows[row]);
    return {
      rows: { train: of(train), validation: of(validation), test: data.test },
      predictions: values.map((_, k) => partsOf(one, k, train.length, validation.length, data.test.length)),
      notices: [...new Set([...notices, ...one.notices])],
      chains: null,
      modelInput: null,
      records: [],
      milliseconds,
    };
  });
}

/** The spectra as they reach the model, with all rows of the dataset. */
async function stageOf(
  run: RunContext,
  { steps, splitterIndex, folds }: FoldsRequest,
): Promise<{ stage: DatasetStage; notices: readonly string[] }> {
  const { ports, input } = run;
  const chain = { steps, splitterIndex };
  const [fold] = folds;
  const end = steps.length - 1;
  // Every fold asks, so that the counters tell what the cache saved each of them.
  const { input: from, known, notices } = await run.preparation().forFit(chain, fold);
  if (from !== null) for (const other of folds.slice(1)) await run.preparation().forFit(chain, other);
  const left = steps.slice(from?.steps ?? 0, end).some(changesSpectra);
  let stage = from?.stage ?? rawStage(input.data);
  const told = [...notices];
  if (left) {
    const unit = { kind: 'prepare' as const, ...chain, end, fold: null, input: from, known, seed: input.plan.seed };
    const prepared = await ports.pool.prepare(input.data, unit);
    run.preparation().fitted(chain, fold, prepared.records);
    stage = prepared.stage;
    told.push(...prepared.notices, ...prepared.records.flatMap((record) => record.notices));
  }
  if (stage.level !== 'dataset') throw new Error('These steps see all rows alike.');
  return { stage, notices: told };
}

interface Work {
  readonly request: FoldsRequest;
  readonly stage: DatasetStage;
  /** Of the dataset: those that train, then the test partition. */
  readonly rows: Int32Array;
  readonly shape: FoldShape;
  readonly choice: FormChoice;
  readonly folds: FoldsAtOnce<Readonly<Record<string, unknown>>>;
  readonly values: readonly number[];
  readonly own: readonly FoldRows[];
  readonly workers: number;
}

/** Spectra into the kernels' memory, the product that the form wants, then the folds in batches. */
async function onKernels(run: RunContext, work: Work): Promise<(SolvedFold | null)[]> {
  const { ports, input } = run;
  const { pool } = ports;
  const { request, stage, rows, shape, choice, folds, values, own } = work;
  const { rows: n, cols: p } = shape;
  const threads = choice.nanoseconds < WORTH_SHARING_NS ? 1 : work.workers;
  const batches = batchesOf(own.length, threads);
  const edge = choice.form === 'gram' ? n : choice.form === 'crossProduct' ? p : 0;
  const batch = Math.max(...batches.map(({ length }) => length));
  const scratch = Math.max(TILE_ROOM, folds.doubles(choice.form, shape, batch, values)) + 8;
  const held = await pool.room.take([n * p, p, edge * edge].reduce((sum, size) => sum + size + 8, threads * scratch));
  if (held === null) return own.map(() => null);
  try {
    const x = { at: held.at, rows: n, cols: p };
    const shiftAt = after(x.at, n * p);
    const product = edge === 0 ? null : { at: after(shiftAt, p), rows: edge, cols: edge };
    const roomAt = after(after(shiftAt, p), edge * edge);
    const roomOf = (thread: number) => ({ at: roomAt + thread * scratch * 8, bytes: scratch * 8 });

    const source = { blocks: stage.blocks.map((block) => block.x), rows };
    const shift = commonShift(source, stage.train);
    new Float64Array(pool.room.memory.buffer, shiftAt, p).set(shift);
    const finite = await all(cut(n, threads).map((range) => pool.place({ source, x, shift: shiftAt, range })));
    if (!finite.every(Boolean)) return own.map(() => null);
    ports.cancel.check();

    const training = stage.train.length;
    const byColumns = choice.form === 'crossProduct';
    if (product !== null) {
      const counter = new Int32Array(new SharedArrayBuffer(4));
      const base = byColumns ? { ...x, rows: training } : x;
      await all(
        Array.from({ length: threads }, (_, thread) =>
          pool.tiles({ x: base, product, byColumns, counter, room: roomOf(thread).at }),
        ),
      );
      ports.cancel.check();
    }

    const scene: FoldScene = {
      form: choice.form,
      x,
      product,
      shift,
      base: byColumns ? Int32Array.from({ length: training }, (_, i) => i) : new Int32Array(0),
    };
    const common = {
      steps: request.steps,
      seed: input.plan.seed,
      pathValues: request.pathValues,
      scene,
      rows,
      training,
    };
    const solved = own.map((): SolvedFold | null => null);
    const queue = [...batches];
    await all(
      Array.from({ length: threads }, async (_, thread) => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          ports.cancel.check();
          const found = await pool.solve(input.data, {
            ...common,
            folds: next.map((at) => own[at]),
            room: roomOf(thread),
          });
          next.forEach((at, i) => (solved[at] = found[i]));
        }
      }),
    );
    return solved;
  } finally {
    pool.room.giveBack(held);
  }
}

/** The next place behind n doubles, at a multiple of 64 bytes. */
const after = (at: number, n: number): number => at + Math.ceil(n / 8) * 64;

/** Waits for all, also when one fails: none may still write when the memory is given back. */
async function all<T>(tasks: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(tasks);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

/** 0 … n in about equal ranges. */
const cut = (n: number, parts: number): [number, number][] =>
  Array.from({ length: parts }, (_, i) => [Math.round((i * n) / parts), Math.round(((i + 1) * n) / parts)]);

/** Positions 0 … count − 1 in batches of about equal size, a multiple of `threads` in number where that is possible. */
function batchesOf(count: number, threads: number): number[][] {
  const rounds = Math.ceil(count / (LARGEST_BATCH * threads));
  return cut(count, Math.min(count, rounds * threads)).map(([from, to]) =>
    Array.from({ length: to - from }, (_, i) => from + i),
  );
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Folds number the training rows of the dataset; excluded rows are in no part. */
function foldRowsIn(rows: Int32Array, training: number, train: Int32Array, size: number) {
  const places = new Int32Array(size).fill(-1);
  for (let at = 0; at < training; at++) places[rows[at]] = at;
  const of = (positions: Int32Array) => positions.map((k) => places[train[k]]).filter((at) => at >= 0);
  return (fold: Fold): FoldRows => ({ train: of(fold.train), validation: of(fold.validation) });
}

function partsOf(
  { predicted }: SolvedFold,
  k: number,
  train: number,
  validation: number,
  test: number,
): UnitPredictions {
  const size = train + validation + test;
  const part = (from: number, length: number) => ({
    predicted: predicted.subarray(k * size + from, k * size + from + length),
    probabilities: null,
  });
  return { train: part(0, train), validation: part(train, validation), test: part(train + validation, test) };
}
