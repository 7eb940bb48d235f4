import type { AugmentationContext } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What an augmentation is given. */
export interface Samples {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** New spectra made one by one, with the targets of the old ones. */
export const augmentedRows = (
  { x, y }: Samples,
  context: AugmentationContext,
  write: (spectrum: Float64Array, out: Float64Array, row: number) => void,
): Samples => ({
  x: mapRows(x, x.cols, (spectrum, out, row) => {
    context.cancel.check();
    write(spectrum, out, row);
  }),
  y: y.slice(),
});
