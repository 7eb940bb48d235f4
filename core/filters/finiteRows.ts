import { EngineError } from '#core/base/errors.ts';
import { rowOf, takeRows, type Matrix } from '#core/numerics/matrix.ts';

/**
 * The spectra without missing or infinite values, from which limits are learned: one bad spectrum must not spoil them,
 * and it is removed anyway, because no distance of it can be computed. Throws `numerics.too-few` when fewer than `needed`
 * are left.
 */
export function finiteRows(operator: string, x: Matrix, needed: number): Matrix {
  const rows = Array.from({ length: x.rows }, (_, i) => i).filter((i) => rowOf(x, i).every(Number.isFinite));
  if (rows.length < needed)
    throw new EngineError('numerics.too-few', {
      operator,
      what: 'training spectra without missing values',
      needed,
      found: rows.length,
    });
  return rows.length === x.rows ? x : takeRows(x, rows);
}
