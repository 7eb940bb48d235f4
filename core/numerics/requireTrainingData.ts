import { EngineError } from '#core/base/errors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';

/**
 * What an operator that learns from the target asks of its training data: at least two samples, a target for each, all values finite.
 * Throws `numerics.too-few`, `numerics.shape` or `numerics.not-finite`.
 */
export function requireTrainingData(operator: string, x: Matrix, y: Float64Array, needed = 2): void {
  if (x.rows < needed)
    throw new EngineError('numerics.too-few', { operator, what: 'training samples', needed, found: x.rows });
  if (x.rows !== y.length)
    throw new EngineError('numerics.shape', {
      what: `${operator} targets`,
      expected: `${x.rows}, one for each spectrum`,
      found: String(y.length),
    });
  requireFinite(x.data, operator, 'the spectra');
  requireFinite(y, operator, 'the target');
}
