import { dot } from '#core/numerics/dot.ts';

/**
 * Least squares by a set of orthonormal vectors, in which only some places count. Returns the fitted curve at all
 * places for values of which only the counted ones are read. Vectors that the counted places cannot tell from the
 * earlier ones are left out.
 *
 * @param basis orthonormal vectors of length n, the simplest first
 * @param counts n bytes, 1 where a place counts; null when all do
 */
export function maskedFit(
  basis: readonly Float64Array[],
  counts: Uint8Array | null,
): (values: Float64Array) => Float64Array {
  const columns = counts === null ? basis.map((whole) => ({ masked: whole, whole })) : orthonormalOver(basis, counts);
  return (values) => {
    const curve = new Float64Array(values.length);
    const rest = values.slice();
    for (const { masked, whole } of columns) {
      const along = dot(masked, rest);
      for (let j = 0; j < curve.length; j++) {
        curve[j] += along * whole[j];
        rest[j] -= along * whole[j];
      }
    }
    return curve;
  };
}

/** Gram–Schmidt over the counted places, twice for accuracy; the whole vectors follow the same combinations. */
function orthonormalOver(basis: readonly Float64Array[], counts: Uint8Array) {
  const columns: { readonly masked: Float64Array; readonly whole: Float64Array }[] = [];
  for (const vector of basis) {
    const masked = vector.map((value, j) => value * counts[j]);
    const whole = vector.slice();
    const before = Math.sqrt(dot(masked, masked));
    for (let pass = 0; pass < 2; pass++)
      for (const earlier of columns) {
        const along = dot(earlier.masked, masked);
        for (let j = 0; j < whole.length; j++) {
          masked[j] -= along * earlier.masked[j];
          whole[j] -= along * earlier.whole[j];
        }
      }
    const length = Math.sqrt(dot(masked, masked));
    if (!(length > DEPENDENT * before)) continue;
    columns.push({ masked: masked.map((value) => value / length), whole: whole.map((value) => value / length) });
  }
  return columns;
}

/** Relative length below which what is left of a vector is rounding. */
const DEPENDENT = 1e-12;
