import { EngineError } from '#core/base/errors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';

/** Refuses training data that a model cannot learn from: fewer than two samples, other lengths, missing values. */
export function checkTraining(operator: string, x: Matrix, y: Float64Array): void {
  if (x.rows < 2)
    throw new EngineError('numerics.too-few', { operator, what: 'training samples', needed: 2, found: x.rows });
  if (x.rows !== y.length)
    throw new EngineError('numerics.shape', {
      what: `${operator} targets`,
      expected: `${x.rows}, one for each spectrum`,
      found: String(y.length),
    });
  requireFinite(x.data, operator, 'the spectra');
  requireFinite(y, operator, 'the target');
}

/** Refuses spectra with other channels than the training spectra had. */
export function checkChannels(operator: string, x: Matrix, channels: number): void {
  if (x.cols !== channels)
    throw new EngineError('numerics.shape', {
      what: operator,
      expected: `${channels} channels, as in training`,
      found: String(x.cols),
    });
}
