import { parameterCount, parameterPlaces, type NetworkShape } from '#core/numerics/networks/networkShape.ts';

/**
 * Mean squared gradients in short: of each layer the means over its inputs (one a unit), over its units (one an input),
 * and those of the biases. A gradient of a weight is an error times an input, so that their squares are nearly products
 * of the two (Shazeer & Stern 2018, arXiv:1804.04235).
 */
export function shortened(shape: NetworkShape, squares: Float64Array): Float64Array {
  const places = parameterPlaces(shape);
  const parts = shape.layers.map(({ units, depth }, l) => {
    const { weights, biases } = places[l];
    const byUnit = new Float64Array(units);
    const byInput = new Float64Array(depth);
    for (let u = 0; u < units; u++)
      for (let d = 0; d < depth; d++) {
        byUnit[u] += squares[weights + u * depth + d] / depth;
        byInput[d] += squares[weights + u * depth + d] / units;
      }
    return [...byUnit, ...byInput, ...squares.subarray(biases, biases + units)];
  });
  return Float64Array.from(parts.flat());
}

/** The squares that `shortened` made short, as products; their means over inputs and units are exact. */
export function lengthened(shape: NetworkShape, short: Float64Array): Float64Array {
  const out = new Float64Array(parameterCount(shape));
  const places = parameterPlaces(shape);
  let next = 0;
  shape.layers.forEach(({ units, depth }, l) => {
    const byUnit = short.subarray(next, next + units);
    const byInput = short.subarray(next + units, next + units + depth);
    const ofBiases = short.subarray(next + units + depth, next + 2 * units + depth);
    next += 2 * units + depth;
    const mean = byUnit.reduce((sum, value) => sum + value, 0) / units;
    const { weights, biases } = places[l];
    for (let u = 0; u < units; u++)
      for (let d = 0; d < depth; d++) out[weights + u * depth + d] = mean === 0 ? 0 : (byUnit[u] / mean) * byInput[d];
    out.set(ofBiases, biases);
  });
  return out;
}

/** Numbers that `shortened` makes. */
export const shortLength = ({ layers }: NetworkShape): number =>
  layers.reduce((sum, { units, depth }) => sum + 2 * units + depth, 0);
