/**
 * One layer of weights. A dense layer looks at a sample once; a convolution looks at `valid` places of it, a patch each.
 * Values lie with the filters of one place side by side, so that a patch is one piece of memory and both kinds of layer
 * are one product of matrices.
 */
export interface NetworkLayer {
  /** Values that one look takes in: all of them, or kernel × filters of the layer before. */
  readonly depth: number;
  /** Values that come out of one look. */
  readonly units: number;
  /** Values from one look to the next; at least `depth` where a sample is looked at once. */
  readonly step: number;
  /** Looks at a sample, those included that only fill up and whose results are set to zero. */
  readonly positions: number;
  /** Looks that count: the first ones. */
  readonly valid: number;
}

export interface NetworkShape {
  /** Channels of a spectrum. */
  readonly inputs: number;
  /** Values of one sample in the first layer's input: the spectrum and zeros behind it. */
  readonly stride: number;
  readonly layers: readonly NetworkLayer[];
}

/** @param sizes channels, units of each hidden layer, outputs */
export function denseShape(sizes: readonly number[]): NetworkShape {
  const [inputs = 0] = sizes;
  const layers = sizes.slice(1).map((units, l) => dense(sizes[l], sizes[l], units));
  return { inputs, stride: inputs, layers };
}

export interface Convolution {
  readonly filters: number;
  /** Channels in a patch. */
  readonly kernel: number;
  /** Channels from patch to patch. */
  readonly stride: number;
}

/**
 * Convolutions without padding, then dense layers. A kernel longer than what is left of the spectrum is cut to it.
 *
 * @param sizes units of the hidden dense layers, then outputs
 */
export function convolutionShape(
  inputs: number,
  convolutions: readonly Convolution[],
  sizes: readonly number[],
): NetworkShape {
  let length = inputs;
  const looks = convolutions.map(({ filters, kernel, stride }) => {
    const from = length;
    const size = Math.min(kernel, from);
    length = Math.floor((from - size) / stride) + 1;
    return { from, size, stride, filters, valid: length };
  });
  // A layer's looks, spare ones included, times its stride are the looks of the layer before: then all samples of a
  // batch are one matrix. The last layer gets as many as every layer before it needs.
  let positions = length;
  let product = 1;
  for (const { from, stride } of looks.toReversed()) {
    product *= stride;
    positions = Math.max(positions, Math.ceil(from / product));
  }
  const stride = looks.length === 0 ? inputs : positions * product;
  let width = stride;
  let channels = 1;
  const layers: NetworkLayer[] = [];
  for (const look of looks) {
    width /= look.stride;
    layers.push({
      depth: look.size * channels,
      units: look.filters,
      step: look.stride * channels,
      positions: width,
      valid: look.valid,
    });
    channels = look.filters;
  }
  let depth = length * channels;
  let step = width * channels;
  for (const units of sizes) {
    layers.push(dense(depth, step, units));
    depth = step = units;
  }
  return { inputs, stride, layers };
}

const dense = (depth: number, step: number, units: number): NetworkLayer => ({
  ...{ depth, step, units },
  ...{ positions: 1, valid: 1 },
});

/** Where the weights (units × depth) and biases of each layer stand in the vector of all parameters. */
export function parameterPlaces({ layers }: NetworkShape): { readonly weights: number; readonly biases: number }[] {
  let next = 0;
  return layers.map(({ units, depth }) => {
    const weights = next;
    const biases = weights + units * depth;
    next = biases + units;
    return { weights, biases };
  });
}

export const parameterCount = ({ layers }: NetworkShape): number =>
  layers.reduce((sum, { units, depth }) => sum + units * (depth + 1), 0);
