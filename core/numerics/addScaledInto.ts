/** out += factor · v (BLAS axpy). */
export function addScaledInto(factor: number, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += factor * v[i];
}
