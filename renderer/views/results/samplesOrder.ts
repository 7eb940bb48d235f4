import type { Predictions } from '#core/contract/results.ts';

export type SampleKey = 'id' | 'measured' | 'predicted' | 'residual' | 'size' | 'fold';

/** The positions of the predictions in the order of a column; ties keep the order of the dataset. Missing values last. */
export function samplesOrder(predictions: Predictions, key: SampleKey, descending: boolean): number[] {
  const order = Array.from(predictions.rows.keys());
  const sign = descending ? -1 : 1;
  if (key === 'id') {
    const collator = new Intl.Collator(undefined, { numeric: true });
    return order.toSorted(
      (a, b) => sign * collator.compare(predictions.sampleIds[a] ?? '', predictions.sampleIds[b] ?? '') || a - b,
    );
  }
  const value = sampleValue(predictions, key);
  const rank = (k: number): number => {
    const found = value(k);
    return Number.isFinite(found) ? sign * found : Number.POSITIVE_INFINITY;
  };
  return order.toSorted((a, b) => (rank(a) === rank(b) ? a - b : rank(a) - rank(b)));
}

/** The number of a prediction in a column. `size` is that of the residual, whatever its sign. */
export function sampleValue(
  { measured, predicted, fold }: Predictions,
  key: Exclude<SampleKey, 'id'>,
): (k: number) => number {
  const residual = (k: number): number => (predicted[k] ?? Number.NaN) - (measured[k] ?? Number.NaN);
  switch (key) {
    case 'measured':
      return (k) => measured[k] ?? Number.NaN;
    case 'predicted':
      return (k) => predicted[k] ?? Number.NaN;
    case 'residual':
      return residual;
    case 'size':
      return (k) => Math.abs(residual(k));
    case 'fold':
      return (k) => fold[k] ?? Number.NaN;
  }
}
