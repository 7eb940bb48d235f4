/** Interpolation at fixed points: linear in the values, so that it is prepared once for all spectra. */
export interface Interpolation {
  /** Writes the interpolated values of one curve; `values` has the length of the known positions. */
  interpolateInto(values: Float64Array, out: Float64Array): void;
}

/**
 * The spline of degree 1, 2 or 3 through all points, at the positions `wanted`, with the knots of SciPy's
 * `make_interp_spline`: "not-a-knot" at both ends (de Boor, C. (2001) A Practical Guide to Splines, ch. XIII). Outside of
 * the known positions the first and last polynomial go on.
 *
 * The collocation matrix of B-splines is totally positive, so Gaussian elimination in the band needs no pivots
 * (de Boor & Pinkus 1977, Numerische Mathematik 27, 485–490).
 *
 * @param known strictly ascending, more than `degree` values
 */
export function splineInterpolation(known: Float64Array, wanted: Float64Array, degree: 1 | 2 | 3): Interpolation {
  const n = known.length;
  const knots = notAKnot(known, degree);
  const factors = factorised(known, knots, degree);
  const spans = Int32Array.from(wanted, (position) => spanOf(knots, degree, n, position));
  const weights = Array.from(wanted, (position, k) => basis(knots, degree, spans[k], position));
  return {
    interpolateInto(values, out) {
      const coefficients = degree === 1 ? values : solved(factors, values, degree);
      for (let k = 0; k < wanted.length; k++) {
        let sum = 0;
        for (let i = 0; i <= degree; i++) sum += weights[k][i] * coefficients[spans[k] - degree + i];
        out[k] = sum;
      }
    },
  };
}

function notAKnot(known: Float64Array, degree: number): Float64Array {
  const n = known.length;
  const inner =
    degree % 2 === 1
      ? known.slice((degree + 1) / 2, n - (degree + 1) / 2)
      : Float64Array.from(
          { length: n - 1 - degree },
          (_, i) => (known[i + degree / 2] + known[i + degree / 2 + 1]) / 2,
        );
  const ends = (value: number): number[] => Array.from({ length: degree + 1 }, () => value);
  return Float64Array.of(...ends(known[0]), ...inner, ...ends(known[n - 1]));
}

/** The last knot interval (of those inside) that begins at or before the position. */
function spanOf(knots: Float64Array, degree: number, n: number, position: number): number {
  let low = degree;
  let high = n - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (knots[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The degree + 1 B-splines that are not zero in a knot interval (de Boor's recurrence). */
function basis(knots: Float64Array, degree: number, span: number, position: number): Float64Array {
  const values = new Float64Array(degree + 1);
  values[0] = 1;
  for (let d = 1; d <= degree; d++) {
    let carried = 0;
    for (let r = 0; r < d; r++) {
      const right = knots[span + r + 1];
      const left = knots[span + 1 - d + r];
      const share = values[r] / (right - left);
      values[r] = carried + (right - position) * share;
      carried = (position - left) * share;
    }
    values[d] = carried;
  }
  return values;
}

/** LU factors of the collocation matrix in band storage: row i holds columns i − degree … i + degree. */
function factorised(known: Float64Array, knots: Float64Array, degree: number): Float64Array {
  const n = known.length;
  const width = 2 * degree + 1;
  const band = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    const span = spanOf(knots, degree, n, known[i]);
    basis(knots, degree, span, known[i]).forEach((value, k) => {
      const offset = span - degree + k - i + degree;
      if (offset >= 0 && offset < width) band[i * width + offset] = value;
    });
  }
  for (let i = 0; i < n; i++)
    for (let below = i + 1; below <= Math.min(i + degree, n - 1); below++) {
      const at = below * width + degree + i - below;
      const factor = band[at] / band[i * width + degree];
      band[at] = factor;
      if (factor !== 0)
        for (let k = 1; k <= degree && i + k < n; k++) band[at + k] -= factor * band[i * width + degree + k];
    }
  return band;
}

function solved(band: Float64Array, values: Float64Array, degree: number): Float64Array {
  const n = values.length;
  const width = 2 * degree + 1;
  const out = values.slice();
  for (let i = 0; i < n; i++)
    for (let k = Math.max(0, i - degree); k < i; k++) out[i] -= band[i * width + degree + k - i] * out[k];
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k <= Math.min(n - 1, i + degree); k++) out[i] -= band[i * width + degree + k - i] * out[k];
    out[i] /= band[i * width + degree];
  }
  return out;
}
