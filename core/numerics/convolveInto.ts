/**
 * Weighted sums over a moving window: out[j] = Σₖ weights[k]·values[j + k], for every place with a full window. Four
 * neighbouring places share each weight. Writes values.length − weights.length + 1 results.
 */
export function convolveInto(values: Float64Array, weights: Float64Array, out: Float64Array): void {
  const window = weights.length;
  const count = values.length - window + 1;
  const whole = count - (count % 4);
  for (let j = 0; j < whole; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < window; k++) {
      const weight = weights[k];
      s0 += weight * values[j + k];
      s1 += weight * values[j + k + 1];
      s2 += weight * values[j + k + 2];
      s3 += weight * values[j + k + 3];
    }
    out[j] = s0;
    out[j + 1] = s1;
    out[j + 2] = s2;
    out[j + 3] = s3;
  }
  for (let j = whole; j < count; j++) {
    let sum = 0;
    for (let k = 0; k < window; k++) sum += weights[k] * values[j + k];
    out[j] = sum;
  }
}
