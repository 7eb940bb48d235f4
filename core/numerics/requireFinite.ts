import { EngineError } from '#core/base/errors.ts';

/** Throws `numerics.not-finite` when a value is NaN or infinite: a model must never learn from one. */
export function requireFinite(values: Float64Array, operator: string, what: string): void {
  // Summing value − value keeps the scan branch-free: it is 0 unless something is not finite.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  if (sum !== 0) throw new EngineError('numerics.not-finite', { operator, what });
}
