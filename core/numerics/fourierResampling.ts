/**
 * Weights that bring n values to m ≥ n values by band-limited (Fourier) interpolation of the periodic signal, as
 * SciPy's `signal.resample`: a row of n weights for each of the m new values, in row-major order. For even n the
 * highest frequency is shared by its positive and negative half.
 */
export function fourierResampling(n: number, m: number): Float64Array {
  const weights = new Float64Array(n * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      // Exact arithmetic in whole numbers first: distance of the positions as a fraction of the period.
      const steps = (((i * n - j * m) % (n * m)) + n * m) % (n * m);
      const angle = (Math.PI * steps) / (n * m);
      if (steps === 0) weights[i * n + j] = 1;
      else if (steps % m === 0) weights[i * n + j] = 0;
      else {
        const base = n % 2 === 0 ? Math.tan(angle) : Math.sin(angle);
        weights[i * n + j] = Math.sin(n * angle) / (n * base);
      }
    }
  return weights;
}
