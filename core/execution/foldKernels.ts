import { allOf } from '#core/base/allOf.ts';
import type { FoldRows, SolvedFold, SolveTask } from '#core/execution/foldTasks.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import type { Held } from '#core/kernels/kernelHeap.ts';
import type { Place } from '#core/kernels/kernels.ts';
import type { PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import type { SpectraSource } from '#core/numerics/folds/sharedProducts.ts';

/** Folds whose vectors stay near the processor together. */
const LARGEST_BATCH = 12;
/** More than this of the kernels' 4 GB is not asked for at once: then folds are fitted by themselves. */
const LARGEST_DOUBLES = (3 * 2 ** 30) / 8;

/** Asks for room for several things at once, hands out their places, and gives everything back in the end. */
export async function withPlaces<T>(
  run: RunContext,
  doubles: readonly number[],
  work: (places: readonly Held[]) => Promise<T>,
): Promise<T | null> {
  const { room } = run.ports.pool;
  const whole = doubles.reduce((sum, size) => sum + lines(size) / 8, 0);
  if (whole > LARGEST_DOUBLES) return null;
  const held = await room.take(whole);
  if (held === null) return null;
  try {
    return await work(placesIn(held, doubles));
  } finally {
    room.giveBack(held);
  }
}

/** Bytes of n doubles, in whole cache lines. */
const lines = (n: number): number => Math.ceil(n / 8) * 64;

export function placesIn({ at }: Held, doubles: readonly number[]): Held[] {
  let next = at;
  return doubles.map((size) => {
    const place = { at: next, bytes: lines(size) };
    next += place.bytes;
    return place;
  });
}

/** Copies the spectra, less the shift, in as many parts as there are threads. False where a value is not finite. */
export async function placeSpectra(
  { ports }: RunContext,
  x: PlacedMatrix,
  source: SpectraSource,
  shift: { readonly values: Float64Array; readonly at: Place },
  threads: number,
): Promise<boolean> {
  const { pool } = ports;
  new Float64Array(pool.room.memory.buffer, shift.at, x.cols).set(shift.values);
  const finite = await allOf(cut(x.rows, threads).map((range) => pool.place({ source, x, shift: shift.at, range })));
  ports.cancel.check();
  return finite.every(Boolean);
}

/** X X', or X'X with `byColumns`; one thread for each room. */
export async function multiplyTiles(
  { ports }: RunContext,
  x: PlacedMatrix,
  product: PlacedMatrix,
  byColumns: boolean,
  rooms: readonly Held[],
): Promise<void> {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  await allOf(rooms.map(({ at }) => ports.pool.tiles({ x, product, byColumns, counter, room: at })));
  ports.cancel.check();
}

/**
 * Solves folds in batches; one thread for each room.
 *
 * @param solved gets each fold that could be solved, as it comes, and its share of the time
 */
export async function solveBatches<F extends FoldRows>(
  { ports, input }: RunContext,
  task: Omit<SolveTask, 'folds' | 'room'>,
  own: readonly F[],
  rooms: readonly Held[],
  solved: (fold: F, found: SolvedFold, milliseconds: number) => Promise<void>,
): Promise<void> {
  const queue = batchesOf(own.length, rooms.length);
  await allOf(
    rooms.map(async (room) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        ports.cancel.check();
        const folds = next.map((at) => own[at]);
        const began = ports.clock.now();
        const found = await ports.pool.solve(input.data, {
          ...task,
          folds: folds.map(({ train, validation }) => ({ train, validation })),
          room,
        });
        const each = (ports.clock.now() - began) / folds.length;
        for (const [i, one] of found.entries()) if (one !== null) await solved(folds[i], one, each);
      }
    }),
  );
}

/** Positions 0 … count − 1 in batches of about equal size, for each thread as many. */
export function batchesOf(count: number, threads: number): number[][] {
  const rounds = Math.ceil(count / (LARGEST_BATCH * threads));
  return cut(count, Math.min(count, rounds * threads)).map(([from, to]) =>
    Array.from({ length: to - from }, (_, i) => from + i),
  );
}

/** 0 … n in about equal ranges. */
const cut = (n: number, parts: number): [number, number][] =>
  Array.from({ length: parts }, (_, i) => [Math.round((i * n) / parts), Math.round(((i + 1) * n) / parts)]);
