import type { CancelToken } from '#core/base/cancellation.ts';
import { rowOf, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { plsOfResponses, type PreparedPls } from '#core/transforms/select/plsOfResponses.ts';

/**
 * RMSECV of PLS with 1 … `components` components, pooled over all held-out samples and responses. Where a fold's rank
 * ends early, its largest model stands for the larger ones.
 *
 * @param fold for each row the number of the fold that holds it out, 0 … folds − 1
 */
export function crossValidatedErrors(
  x: Matrix,
  responses: readonly Float64Array[],
  fold: Int32Array,
  components: number,
  scale: boolean,
  cancel: CancelToken,
): Float64Array {
  const squares = new Float64Array(components);
  const rows = [...fold.keys()];
  for (const held of new Set(fold)) {
    cancel.check();
    const train = rows.filter((i) => fold[i] !== held);
    const inner = responses.map((response) => takeValues(response, train));
    const model = plsOfResponses(takeRows(x, train), inner, components, scale, cancel);
    for (const i of rows) if (fold[i] === held) addSquaresInto(model, rowOf(x, i), responses, i, squares);
  }
  return squares.map((sum) => Math.sqrt(sum / (x.rows * responses.length)));
}

function addSquaresInto(
  { coefs, spectra, responses: scales }: PreparedPls,
  spectrum: Float64Array,
  responses: readonly Float64Array[],
  row: number,
  squares: Float64Array,
): void {
  const prepared = spectrum.map((value, j) => (value - spectra.means[j]) / spectra.deviations[j]);
  responses.forEach((response, m) => {
    let error = response[row] - scales.means[m];
    for (let a = 0; a < squares.length; a++) {
      if (a < coefs.length) {
        let predicted = 0;
        const b = coefs[a][m];
        for (let j = 0; j < b.length; j++) predicted += prepared[j] * b[j];
        error = response[row] - scales.means[m] - predicted * scales.deviations[m];
      }
      squares[a] += error * error;
    }
  });
}
