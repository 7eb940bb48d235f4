import { EngineError } from '#core/base/errors.ts';

/** Throws `numerics.too-few` when there are fewer samples than the splitter needs. */
export function requireSamples(operator: string, n: number, needed: number): void {
  if (n < needed) throw new EngineError('numerics.too-few', { operator, what: 'training samples', needed, found: n });
}
