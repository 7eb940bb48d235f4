import { neverCancelled } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import type { Fold } from '#core/data/operator.ts';
import { arena } from '#core/kernels/arena.ts';
import { doublesAt, loadKernels, type KernelBuild } from '#core/kernels/kernels.ts';
import { PAGE, sharedMemory } from '#core/kernels/webAssembly.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import type { FoldForm } from '#core/numerics/folds/foldsAtOnce.ts';
import { pivotRow, placeRows, spectrumOf, symmetricTiles, TILE_ROOM } from '#core/numerics/folds/sharedProducts.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { fitContext, type modelCalled } from '#tests/support/operators.ts';

type Model = ReturnType<typeof modelCalled>;
/** For each fold and value the predictions of every row; null where the fold has to be fitted by itself. */
export type Predictions = (readonly Float64Array[] | null)[];

/** All folds at once, by the model's own `folds`, as the engine calls it. `withSpectra` false: as from a derived Gram matrix. */
export function togetherPredictions(
  { operator, params }: Model,
  x: Matrix,
  y: Float64Array,
  folds: readonly Fold[],
  values: readonly number[],
  form: FoldForm,
  options: { readonly build?: KernelBuild; readonly withSpectra?: boolean } = {},
): Predictions {
  if (operator.folds === undefined) throw new Error(`${operator.id} has no folds.`);
  const kernels = loadKernels(sharedMemory(), options.build ?? 'relaxed');
  const { rows: n, cols: p, data } = x;
  const edge = form === 'gram' ? n : form === 'crossProduct' ? p : 0;
  const needed = operator.folds.doubles(form, x, folds.length, values);
  const doubles = n * p + p + edge * edge + TILE_ROOM + needed + 64;
  kernels.memory.grow(Math.ceil((doubles * 8) / PAGE) + 1);
  const room = arena(kernels, { at: PAGE, bytes: doubles * 8 });
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const source = { blocks: [x], rows: all };
  const shift = spectrumOf(source, pivotRow(source, all));
  const placed = { at: room.take(n * p), rows: n, cols: p };
  const shiftAt = room.take(p);
  doublesAt(kernels, shiftAt, p).set(shift);
  placeRows(kernels, { ...source, blocks: [{ rows: n, cols: p, data }] }, placed, shiftAt, [0, n], neverCancelled);
  const product = edge === 0 ? null : { at: room.take(edge * edge), rows: edge, cols: edge };
  const mark = room.mark();
  let tile = 0;
  if (product !== null) {
    const scratch = room.take(TILE_ROOM);
    symmetricTiles(kernels, placed, product, form === 'crossProduct', scratch, () => tile++, neverCancelled);
  }
  room.release(mark);
  const base = form === 'crossProduct' ? all : new Int32Array(0);
  const spectra = options.withSpectra === false ? null : placed;
  const columns = folds.map(({ train }) => ({ train, weights: null, responses: [takeValues(y, train)] }));
  return operator.folds.solve(
    { form, x: spectra, product, sizes: null, shift, base },
    columns,
    params,
    values,
    room,
    neverCancelled,
  );
}

/** The same by a fit for each fold. */
export function alonePredictions(
  { operator, params }: Model,
  x: Matrix,
  y: Float64Array,
  folds: readonly Fold[],
  values: readonly number[],
): Predictions {
  const path = operator.path;
  if (path === undefined) throw new Error(`${operator.id} has no path.`);
  return folds.map(({ train }) => {
    const own = takeRows(x, train);
    const states = path.fit(own, takeValues(y, train), params, values, fitContext(own));
    return states.map((state, k) => {
      if (state === null) throw new Error(`${operator.id} has no model for ${String(values[k])}.`);
      return operator.predict(x, state, { ...params, [path.param]: values[k] });
    });
  });
}

/** RMSECV over all held-out rows, for each value. */
export function foldRmsecv(found: Predictions, y: Float64Array, folds: readonly Fold[]): number[] {
  const held = Float64Array.from(folds.flatMap(({ validation }) => [...takeValues(y, validation)]));
  return (found[0] ?? []).map((_, k) =>
    rmse(
      held,
      Float64Array.from(
        folds.flatMap(({ validation }, f) => [...takeValues(found[f]?.[k] ?? y.map(() => NaN), validation)]),
      ),
    ),
  );
}

const foldOf = (n: number, held: (i: number) => boolean): Fold => {
  const rows = Array.from({ length: n }, (_, i) => i);
  return {
    train: Int32Array.from(rows.filter((i) => !held(i))),
    validation: Int32Array.from(rows.filter((i) => held(i))),
  };
};

/** Folds of every kind: equal, uneven, each sample by itself, and drawn at random, so that they overlap. */
export const foldKinds: Readonly<Record<string, (n: number) => Fold[]>> = {
  equal: (n) => Array.from({ length: 5 }, (_, f) => foldOf(n, (i) => i % 5 === f)),
  uneven: (n) => [foldOf(n, (i) => i < 2), foldOf(n, (i) => i >= 2 && i < n / 2), foldOf(n, (i) => i >= n / 2)],
  'leave-one-out': (n) => Array.from({ length: n }, (_, f) => foldOf(n, (i) => i === f)),
  overlapping: (n) =>
    Array.from({ length: 7 }, (_, f) => {
      const draws = randomState(f);
      const held = new Set(Array.from({ length: Math.ceil(n / 4) }, () => Math.floor(n * draws.random())));
      return foldOf(n, (i) => held.has(i));
    }),
};
