/**
 * A weight for each sample so that all classes weigh the same: n / (classes that occur × samples of the class).
 *
 * @param counts how often each sample counts; 1 for every sample by default
 */
export function balancedWeights(codes: Float64Array, classCount: number, counts?: Float64Array): Float64Array {
  const sizes = new Float64Array(classCount);
  for (let i = 0; i < codes.length; i++) sizes[codes[i]] += counts?.[i] ?? 1;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const present = sizes.filter((size) => size > 0).length;
  return codes.map((code) => (sizes[code] > 0 ? total / (present * sizes[code]) : 0));
}
