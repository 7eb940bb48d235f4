import { EngineError } from '#core/base/errors.ts';

/** Throws `numerics.shape` unless the spectra have as many channels as those of the training. */
export function requireChannels(operator: string, found: number, expected: number): void {
  if (found !== expected)
    throw new EngineError('numerics.shape', {
      what: operator,
      expected: `${expected} channels, as in training`,
      found: String(found),
    });
}
