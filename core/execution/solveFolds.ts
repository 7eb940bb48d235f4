import type { FoldsRequest } from '#core/execution/computeFolds.ts';
import { batchesOf, multiplyTiles, placeSpectra, solveBatches, withPlaces } from '#core/execution/foldKernels.ts';
import type { FoldRows, SolvedFold } from '#core/execution/foldTasks.ts';
import type { BaseUse, GramBases } from '#core/execution/gramBases.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import type { DatasetStage } from '#core/execution/unit.ts';
import { derivedGramDoubles } from '#core/numerics/folds/derivedGram.ts';
import { blockRows } from '#core/numerics/folds/foldColumns.ts';
import type { FoldForm, FoldsAtOnce, FoldScene, FoldShape, FormChoice } from '#core/numerics/folds/foldsAtOnce.ts';
import { pivotRow, spectrumOf, TILE_ROOM } from '#core/numerics/folds/sharedProducts.ts';

/** Below this a second thread costs more than it brings. */
const WORTH_SHARING_NS = 5e6;

/** Folds that are to be solved together, and who gets them. */
export interface Work {
  readonly request: FoldsRequest;
  /** Threads that may share the work. */
  readonly workers: number;
  readonly stage: DatasetStage;
  /** Of the dataset: those that train, then the test partition. */
  readonly rows: Int32Array;
  readonly shape: FoldShape;
  readonly choice: FormChoice;
  readonly folds: FoldsAtOnce<Readonly<Record<string, unknown>>>;
  readonly values: readonly number[];
  solved(fold: WantedFold, found: SolvedFold, milliseconds: number): Promise<void>;
  /** Number of folds that were solved. */
  finished(): number;
}

export interface WantedFold extends FoldRows {
  readonly fold: number;
}

/** Spectra into the kernels' memory, the product that the form wants, then the folds in batches. */
export async function onKernels(
  run: RunContext,
  work: Work,
  form: FoldForm,
  own: readonly WantedFold[],
): Promise<void> {
  const { stage, rows, shape } = work;
  const { rows: n, cols: p } = shape;
  const edge = form === 'gram' ? n : form === 'crossProduct' ? p : 0;
  const sizes = [n * p, p, edge * edge, ...scratchOf(work, form, own.length)];
  await withPlaces(run, sizes, async ([spectra, shiftAt, productAt, ...rooms]) => {
    const x = { at: spectra.at, rows: n, cols: p };
    const source = { blocks: stage.blocks.map((block) => block.x), rows };
    const shift = spectrumOf(source, pivotRow(source, stage.train));
    if (!(await placeSpectra(run, x, source, { values: shift, at: shiftAt.at }, rooms.length))) return;
    const training = stage.train.length;
    const byColumns = form === 'crossProduct';
    const product = edge === 0 ? null : { at: productAt.at, rows: edge, cols: edge };
    if (product !== null) await multiplyTiles(run, byColumns ? { ...x, rows: training } : x, product, byColumns, rooms);
    const base = byColumns ? Int32Array.from({ length: training }, (_, i) => i) : new Int32Array(0);
    const scene = { form, x, product, sizes: null, shift, base };
    await watched(run, work, form, own.length, (progress) =>
      solveBatches(run, { ...taskOf(run, work, scene), progress }, own, rooms, (...one) => work.solved(...one)),
    );
  });
}

/** The folds on the Gram matrix that the chain shares with others. False where there is none. */
export async function onSharedGram(
  run: RunContext,
  work: Work,
  bases: GramBases,
  use: BaseUse,
  own: readonly WantedFold[],
): Promise<boolean> {
  const { stage, shape, request } = work;
  const ready = await bases.take(request, use);
  const [block] = stage.blocks;
  if (ready === null || stage.blocks.length !== 1 || ready.rows.length !== shape.rows) return false;
  const { gram, shift } = ready;
  const n = shape.rows;
  const scene = { form: 'gram' as const, x: null, shift, base: new Int32Array(0) };
  const rooms = scratchOf(work, 'gram', own.length).map((size) => Math.max(size, derivedGramDoubles(n, shape.cols)));
  const done = await withPlaces(run, [use.derived ? n * n : 0, ...rooms], async ([productAt, ...places]) => {
    let product = gram.product;
    let sizes: Float64Array | null = null;
    if (use.derived) {
      product = { at: productAt.at, rows: n, cols: n };
      const pair = { from: ready.spectra, to: block.x, rows: ready.rows };
      sizes = await run.ports.pool.derive({ base: gram, ...pair, out: product, room: places[0] });
      if (sizes === null) return false;
    }
    const task = taskOf(run, work, { ...scene, product, sizes });
    await watched(run, work, 'gram', own.length, (progress) =>
      solveBatches(run, { ...task, progress }, own, places, (...one) => work.solved(...one)),
    );
    return true;
  });
  return done === true;
}

/** Longer work tells how far it is, this often. */
const NEWS_MS = 250;

/** Tells the run how far the folds are while `work` goes on. */
async function watched<T>(
  run: RunContext,
  work: Work,
  form: FoldForm,
  count: number,
  job: (progress: Int32Array) => Promise<T>,
) {
  const { shape, values, request } = work;
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const blocks = Math.ceil(shape.rows / blockRows(form === 'gram' ? shape.rows : shape.cols));
  const rounds = batchesOf(count, scratchOf(work, form, count).length).length;
  const whole = blocks * rounds * (Math.max(0, ...values) + PASSES_BESIDE);
  const before = work.finished();
  const problems: unknown[] = [];
  const stop = run.ports.clock.every(NEWS_MS, () => {
    const amount = count * Math.min(ALMOST, Atomics.load(progress, 0) / whole) - (work.finished() - before);
    run.meter.underWay(request.group, amount);
    try {
      run.emit({ type: 'run.progress' });
    } catch (error) {
      problems.push(error); // a timer has no caller to fail: the work does
    }
  });
  try {
    const result = await job(progress);
    if (problems.length > 0) throw problems[0];
    return result;
  } finally {
    stop();
    run.meter.underWay(request.group, 0);
  }
}

/** Passes over the spectra besides one a component. */
const PASSES_BESIDE = 3;
/** How many there will be is an estimate. */
const ALMOST = 0.95;

const taskOf = (run: RunContext, { request, rows, stage }: Work, scene: FoldScene) => ({
  steps: request.steps,
  seed: run.input.plan.seed,
  pathValues: request.pathValues,
  scene,
  rows,
  training: stage.train.length,
});

/** Doubles of room for each thread that takes part. */
function scratchOf({ choice, folds, shape, values, workers }: Work, form: FoldForm, count: number): number[] {
  const threads = choice.nanoseconds < WORTH_SHARING_NS ? 1 : workers;
  const batch = Math.max(...batchesOf(count, threads).map(({ length }) => length));
  const doubles = Math.max(TILE_ROOM, folds.doubles(form, shape, batch, values));
  return Array.from({ length: threads }, () => doubles);
}
