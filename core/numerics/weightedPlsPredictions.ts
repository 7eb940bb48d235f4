import { neverCancelled } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt } from '#core/kernels/kernels.ts';
import { withRoom } from '#core/kernels/withRoom.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { FoldColumn } from '#core/numerics/folds/foldColumns.ts';
import { gramPls, gramPlsDoubles } from '#core/numerics/folds/gramPls.ts';
import { symmetricTiles, tileCount, TILE_ROOM } from '#core/numerics/folds/sharedProducts.ts';
import { localWeights } from '#core/numerics/localWeights.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { weightedPlsPrediction } from '#core/numerics/weightedPlsPrediction.ts';

/**
 * `weightedPlsPrediction` of each row of `queries`. They differ in the weights of the samples alone, so several are columns
 * of one computation on the Gram matrix of the samples (see gramPls), in which they ride along. Queries for which that is
 * not exact enough, or whose weighted samples hold fewer components, are predicted by themselves. A prediction does not
 * depend on the other queries.
 *
 * @param x n × p training spectra
 * @param y length n
 */
export function weightedPlsPredictions(
  x: Matrix,
  y: Float64Array,
  queries: Matrix,
  components: number,
  lambda: number,
): Float64Array {
  const { rows: n, cols: p } = x;
  const alone = (query: number): number => weightedPlsPrediction(x, y, rowOf(queries, query), components, lambda);
  // Depends on the training spectra alone, so that the numbers do not depend on how many are predicted at once.
  if (n > LARGEST_SHARE * p || n > LARGEST_ROWS || n <= components)
    return Float64Array.from({ length: queries.rows }, (_, query) => alone(query));

  const all = n + TOGETHER;
  const train = Int32Array.from({ length: n }, (_, i) => i);
  const means = columnMeans(x);
  const out = new Float64Array(queries.rows);
  const doubles = all * (p + all) + TILE_ROOM + gramPlsDoubles(TOGETHER, all, 1, components) + 64;
  withRoom(doubles, (room) => {
    const scene = placed(room);
    for (let from = 0; from < queries.rows; from += TOGETHER) {
      const count = Math.min(TOGETHER, queries.rows - from);
      scene.setQueries(from, count);
      const columns = Array.from({ length: count }, (_, c): FoldColumn => ({
        train,
        weights: localWeights(x, rowOf(queries, from + c), lambda),
        responses: [y],
      }));
      const start = room.mark();
      const found = gramPls(scene.gram, columns, components, null, room, neverCancelled);
      room.release(start);
      found.forEach((one, c) => {
        out[from + c] = one === null ? alone(from + c) : one.values[(components - 1) * all + n + c];
      });
    }
  });
  return out;

  /** Training spectra and places for queries below them, centred for conditioning, with the Gram matrix of all. */
  function placed(room: Arena) {
    const { kernels: k } = room;
    const spectra = { at: room.take(all * p), rows: all, cols: p };
    const gram = { at: room.take(all * all), rows: all, cols: all };
    const scratch = room.take(TILE_ROOM);
    const values = doublesAt(k, spectra.at, all * p).fill(0);
    const put = (from: Matrix, row: number, to: number): void => {
      for (let j = 0; j < p; j++) values[to * p + j] = from.data[row * p + j] - means[j];
    };
    for (let i = 0; i < n; i++) put(x, i, i);
    let tile = 0;
    const next = (): number => (tile < tileCount(all) ? tile++ : tile);
    symmetricTiles(k, spectra, gram, false, scratch, next, neverCancelled);
    return {
      gram,
      setQueries(from: number, count: number): void {
        for (let c = 0; c < count; c++) put(queries, from + c, n + c);
        for (let b = 0; b < n; b += EDGE) {
          const size = Math.min(EDGE, n - b);
          k.tile(spectra.at, p, spectra.at, p, p, n, TOGETHER, b, size, false, gram.at, all, scratch);
          k.transpose(gram.at, all, n, TOGETHER, b, size);
        }
      },
    };
  }
}

/** Queries whose vectors stay near the processor together. */
const TOGETHER = 12;
/** Samples for each channel up to which products with the Gram matrix are cheaper than with the spectra. */
const LARGEST_SHARE = 3;
/** The Gram matrix takes 200 MB. */
const LARGEST_ROWS = 5000;
/** Edge of a tile, as in symmetricTiles. */
const EDGE = 96;
