import { EngineError } from '#core/base/errors.ts';

/**
 * Counts of samples by measured class (rows) and predicted class (columns).
 *
 * @param y measured class codes 0 … classCount − 1, length n
 * @param predicted class codes, length n; −1 for "none of the classes"
 * @returns K × K counts; K × (K + 1) when a prediction is −1, which is counted in the last column
 */
export function confusionMatrix(y: Float64Array, predicted: Float64Array, classCount: number): number[][] {
  if (y.length !== predicted.length)
    throw new EngineError('numerics.shape', {
      what: 'Predictions',
      expected: `${y.length}, one for each measured class`,
      found: String(predicted.length),
    });
  const columns = predicted.includes(-1) ? classCount + 1 : classCount;
  const counts = Array.from({ length: classCount }, () => Array.from({ length: columns }, () => 0));
  for (let i = 0; i < y.length; i++) {
    const row = counts[y[i]];
    const column = predicted[i] === -1 ? classCount : predicted[i];
    if (row === undefined || row[column] === undefined || (column === classCount && predicted[i] !== -1))
      throw new EngineError('numerics.shape', {
        what: `Class code of prediction ${i + 1}`,
        expected: `0 to ${classCount - 1}, measured and predicted`,
        found: `${y[i]} and ${predicted[i]}`,
      });
    row[column] += 1;
  }
  return counts;
}
