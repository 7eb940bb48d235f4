import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';
import { columnsWhere, selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';

/** Drops channels that hardly vary. Agrees with scikit-learn's `VarianceThreshold`. */
export const varianceThreshold = defineTransform<{ threshold: number }, SelectedColumns>({
  id: 'VarianceThreshold',
  version: 1,
  title: 'Variance threshold',
  group: 'reduce',
  summary: 'Drops the channels whose variance in the training samples is not above a threshold.',
  whenToUse: 'To drop channels that are constant, for example saturated ones, before they are scaled.',
  whenNotToUse: 'To find informative channels: noise varies too, and small bands may matter most.',
  references: ['Guyon, I. & Elisseeff, A. (2003) Journal of Machine Learning Research 3, 1157–1182'],
  aliases: [
    'sklearn.feature_selection.VarianceThreshold',
    'sklearn.feature_selection._variance_threshold.VarianceThreshold',
  ],
  params: z.strictObject({
    threshold: z.number().min(0).default(0).meta({
      title: 'Threshold',
      description: 'Channels with a larger variance (divisor n) are kept. 0 drops constant channels only.',
      unit: 'squared signal',
    }),
  }),
  stateful: true,
  target: false,
  fit(x, { threshold }) {
    requireRows('VarianceThreshold', x, 1);
    requireFinite(x.data, 'VarianceThreshold', 'the spectra');
    const variance = variances(x, threshold === 0);
    const kept = columnsWhere(x.cols, (j) => variance[j] > threshold);
    if (kept.columns.length === 0)
      throw new EngineError('numerics.parameter', {
        operator: 'VarianceThreshold',
        parameter: 'threshold',
        problem: `keeps no channel: the largest variance is ${variance.reduce((a, b) => Math.max(a, b), 0)}.`,
      });
    return kept;
  },
  ...selectedColumns('VarianceThreshold'),
});

/** A constant channel can get a tiny variance by rounding; `exact` looks at its range as well. */
function variances(x: Matrix, exact: boolean): Float64Array {
  const means = columnMeans(x);
  return means.map((mean, j) => {
    let squares = 0;
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < x.rows; i++) {
      const value = x.data[i * x.cols + j];
      squares += (value - mean) ** 2;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return exact ? Math.min(squares / x.rows, high - low) : squares / x.rows;
  });
}
