import { EngineError } from '#core/base/errors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Throws `numerics.shape` when spectra to predict do not have the channels of training. */
export function requireChannels(operator: string, x: Matrix, channels: number): void {
  if (x.cols !== channels)
    throw new EngineError('numerics.shape', {
      what: operator,
      expected: `${channels} channels, as in training`,
      found: String(x.cols),
    });
}
