import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { matrix, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { tecator } from '#tests/support/golden.ts';

/** Tecator, channels and fat standardised over all samples; classes by quantiles of fat. The first `train` rows to learn from. */
export function standardisedFat(train: number, classes: number): { x: Matrix; y: Float64Array; fresh: Matrix } {
  const set = tecator();
  const scaled = (x: Matrix): Matrix => {
    const means = columnMeans(x);
    return standardiseColumns(x, means, columnDeviations(x, means, 0));
  };
  const x = scaled(set.x);
  const fat = scaled(matrix(x.rows, 1, set.target('fat'))).data;
  const sorted = fat.toSorted();
  const codes = (): Float64Array =>
    fat.map((value) => {
      let code = 0;
      for (let k = 1; k < classes; k++) {
        const place = (k / classes) * (sorted.length - 1);
        const low = Math.floor(place);
        const limit = (sorted[low] ?? 0) + (place - low) * ((sorted[low + 1] ?? 0) - (sorted[low] ?? 0));
        if (value > limit) code = k;
      }
      return code;
    });
  const y = classes === 0 ? fat : codes();
  const rows = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  return {
    x: takeRows(x, rows(0, train)),
    y: y.slice(0, train),
    fresh: takeRows(x, rows(train, x.rows)),
  };
}
