import type { PlsComponent } from '#core/numerics/multiResponsePls.ts';

/**
 * Variable importance in projection of each channel (length p): √(p Σₐ SSₐ wₐⱼ² / Σₐ SSₐ), with SSₐ the sum of squares
 * of the responses that component a explains. Its squares have the mean 1. Zeros without any component.
 */
export function importanceOf(components: readonly PlsComponent[], channels: number): Float64Array {
  const squares = new Float64Array(channels);
  let total = 0;
  for (const { w, q, tt } of components) {
    const explained = q.reduce((sum, loading) => sum + loading * loading, 0) * tt;
    total += explained;
    for (let j = 0; j < channels; j++) squares[j] += explained * w[j] * w[j];
  }
  return squares.map((sum) => (total > 0 ? Math.sqrt((channels * sum) / total) : 0));
}
