import { EngineError } from '#core/base/errors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Throws `numerics.too-few` unless there is something to learn from. */
export function requireRows(operator: string, x: Matrix, needed: number): void {
  if (x.rows < needed)
    throw new EngineError('numerics.too-few', { operator, what: 'training samples', needed, found: x.rows });
}
