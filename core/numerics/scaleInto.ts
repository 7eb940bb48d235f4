/** v *= factor. */
export function scaleInto(factor: number, v: Float64Array): void {
  for (let i = 0; i < v.length; i++) v[i] *= factor;
}
