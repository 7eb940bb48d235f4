import type { CancelToken } from '#core/base/cancellation.ts';
import { arena } from '#core/kernels/arena.ts';
import type { Held } from '#core/kernels/kernelHeap.ts';
import { doublesAt, type Kernels } from '#core/kernels/kernels.ts';
import { gramPls, gramPlsDoubles } from '#core/numerics/folds/gramPls.ts';
import { symmetricTiles, TILE_ROOM } from '#core/numerics/folds/sharedProducts.ts';
import { spectraPls, spectraPlsDoubles } from '#core/numerics/folds/spectraPls.ts';

const ROWS = 48;
const COLS = 64;
const FOLDS = 4;
const COMPONENTS = 4;
const ROUNDS = 40;

/** Doubles of room that warming up takes. */
export const WARM_DOUBLES =
  ROWS * COLS +
  ROWS * ROWS +
  TILE_ROOM +
  gramPlsDoubles(FOLDS, ROWS, 1, COMPONENTS) +
  spectraPlsDoubles(FOLDS, { rows: ROWS, cols: COLS }, 1, COMPONENTS) +
  64;

/** Carries out a tiny cross-validation often enough for the compiler to settle, so that the first real one is fast. */
export function warmKernels(kernels: Kernels, held: Held, cancel: CancelToken): void {
  const room = arena(kernels, held);
  const x = { at: room.take(ROWS * COLS), rows: ROWS, cols: COLS };
  const product = { at: room.take(ROWS * ROWS), rows: ROWS, cols: ROWS };
  const scratch = room.take(TILE_ROOM);
  const values = doublesAt(kernels, x.at, ROWS * COLS);
  for (let i = 0; i < values.length; i++) values[i] = Math.sin(i * i);
  const columns = Array.from({ length: FOLDS }, (_, f) => {
    const train = Int32Array.from({ length: ROWS }, (_row, i) => i).filter((i) => i % FOLDS !== f);
    return { train, weights: null, responses: [Float64Array.from(train, (i) => Math.cos(i))] };
  });
  const settings = { components: COMPONENTS, scale: false, shift: new Float64Array(COLS), crossProduct: null };
  const start = room.mark();
  for (let round = 0; round < ROUNDS; round++) {
    let tile = 0;
    symmetricTiles(kernels, x, product, false, scratch, () => tile++, cancel);
    gramPls(product, columns, COMPONENTS, null, room, cancel);
    room.release(start);
    spectraPls(x, columns, settings, room, cancel);
    room.release(start);
  }
}
