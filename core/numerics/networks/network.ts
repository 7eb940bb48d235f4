import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import {
  activateInto,
  derivativeInto,
  outputInto,
  type Activation,
  type NetworkOutput,
} from '#core/numerics/networks/activations.ts';
import {
  parameterCount,
  parameterPlaces,
  type NetworkLayer,
  type NetworkShape,
} from '#core/numerics/networks/networkShape.ts';
import { TILE_ROOM } from '#core/numerics/folds/sharedProducts.ts';

export interface NetworkForm {
  readonly shape: NetworkShape;
  readonly activation: Activation;
  readonly output: NetworkOutput;
}

/** A network in the kernels' memory, for batches of at most `batch` samples. Views, which the caller fills and reads. */
export interface Network {
  readonly parameters: Float64Array;
  /** Sums over the batch, in the order of the parameters. */
  readonly gradients: Float64Array;
  /** Sample i begins at i × shape.stride; what lies behind a spectrum stays 0. */
  readonly input: Float64Array;
  /** Rows × outputs. */
  readonly output: Float64Array;
  /** By how much each output is too large, for `backward`; rows × outputs. */
  readonly errors: Float64Array;
  /** Fills `output`. */
  forward(rows: number, dropout?: Dropout): void;
  /** Fills `gradients` from `errors` and what the last `forward` left. */
  backward(rows: number, dropout?: Dropout): void;
  /** Σ w² of the weights, biases not counted. */
  squares(): number;
}

/** Sets a share of the results of hidden dense layers to zero and scales the others up, anew in each batch. */
export interface Dropout {
  readonly rate: number;
  /** Uniform on [0, 1). */
  draw(): number;
}

/** Doubles that `network` takes. */
export function networkDoubles({ shape }: NetworkForm, batch: number): number {
  const values = shape.layers.map(
    ({ positions, step, units, depth }) => 2 * batch * positions * (step + units) + 2 * depth,
  );
  return (
    2 * parameterCount(shape) +
    values.reduce((a, b) => a + b, 0) +
    patchDoubles(shape, batch) +
    transposedDoubles(shape) +
    TILE_ROOM +
    64
  );
}

const patchDoubles = ({ layers }: NetworkShape, batch: number): number =>
  Math.max(0, ...layers.slice(1).map(({ positions, depth }) => (positions > 1 ? batch * positions * depth : 0)));
const transposedDoubles = ({ layers }: NetworkShape): number =>
  Math.max(0, ...layers.slice(1).map(({ units, depth }) => units * depth));

/** Results do not depend on which samples are in a batch together, nor on its size. */
export function network(room: Arena, form: NetworkForm, batch: number, cancel: CancelToken): Network {
  const { shape, activation } = form;
  const { layers } = shape;
  const { kernels: k } = room;
  const count = parameterCount(shape);
  const places = parameterPlaces(shape);
  const parametersAt = room.zeros(count);
  const gradientsAt = room.zeros(count);
  const parameters = doublesAt(k, parametersAt, count);
  const gradients = doublesAt(k, gradientsAt, count);
  const scratch = room.take(TILE_ROOM);
  const patchSize = patchDoubles(shape, batch);
  const patchesAt = room.take(patchSize);
  const patches = doublesAt(k, patchesAt, patchSize);
  const turnedSize = transposedDoubles(shape);
  const turnedAt = room.take(turnedSize);
  const turned = doublesAt(k, turnedAt, turnedSize);
  const buffer = (size: number) => {
    const at = room.zeros(size);
    return { at, data: doublesAt(k, at, size) };
  };
  // What each layer reads; looks at the end of the last sample reach `depth` beyond it.
  const read = layers.map(({ positions, step, depth }) => buffer(batch * positions * step + depth));
  const last = layers.length - 1;
  const outputs = layers[last].units;
  const written = [...read.slice(1), buffer(batch * outputs)];
  const errors = written.map(({ data }) => buffer(data.length));

  /** c = a b', or with `byColumns` a' b, in tiles. */
  function product(
    [a, lda]: readonly [Place, number],
    [b, ldb]: readonly [Place, number],
    [depth, rows, cols]: readonly [number, number, number],
    byColumns: boolean,
    [c, ldc]: readonly [Place, number],
  ): void {
    for (let i = 0; i < rows; i += EDGE) {
      cancel.check();
      for (let j = 0; j < cols; j += EDGE)
        k.tile(
          ...([a, lda, b, ldb, depth] as const),
          ...([i, Math.min(EDGE, rows - i), j, Math.min(EDGE, cols - j)] as const),
          ...([byColumns, c, ldc, scratch] as const),
        );
    }
  }

  function forward(rows: number, dropout?: Dropout): void {
    layers.forEach((layer, l) => {
      const { depth, units, step, positions } = layer;
      const looks = rows * positions;
      const weights = parametersAt + places[l].weights * 8;
      product([read[l].at, step], [weights, depth], [depth, looks, units], false, [written[l].at, units]);
      const { data } = written[l];
      const { biases } = places[l];
      for (let r = 0; r < looks; r++) for (let u = 0; u < units; u++) data[r * units + u] += parameters[biases + u];
      if (l === last) outputInto(form.output, rows, units, data);
      else {
        activateInto(activation, looks * units, data);
        clearSpare(layer, rows, data);
        if (dropout !== undefined && positions === 1) dropInto(dropout, rows * units, data, errors[l].data);
      }
    });
  }

  function backward(rows: number, dropout?: Dropout): void {
    for (let l = last; l >= 0; l--) {
      const { depth, units, step, positions } = layers[l];
      const looks = rows * positions;
      const own = errors[l];
      const { weights, biases } = places[l];
      product([own.at, units], [read[l].at, step], [looks, units, depth], true, [gradientsAt + weights * 8, depth]);
      for (let u = 0; u < units; u++) {
        let sum = 0;
        for (let r = 0; r < looks; r++) sum += own.data[r * units + u];
        gradients[biases + u] = sum;
      }
      if (l === 0) return;
      for (let u = 0; u < units; u++)
        for (let d = 0; d < depth; d++) turned[d * units + u] = parameters[weights + u * depth + d];
      const before = layers[l - 1];
      const wanted = rows * before.positions * before.units;
      const masks = dropout !== undefined && before.positions === 1 ? errors[l - 1].data.slice(0, wanted) : null;
      const { at, data } = errors[l - 1];
      if (positions === 1) product([own.at, units], [turnedAt, units], [units, rows, depth], false, [at, step]);
      else {
        product([own.at, units], [turnedAt, units], [units, looks, depth], false, [patchesAt, depth]);
        data.fill(0);
        for (let r = 0; r < looks; r++) for (let d = 0; d < depth; d++) data[r * step + d] += patches[r * depth + d];
      }
      if (masks === null) derivativeInto(activation, wanted, read[l].data, data);
      else throughDropout(activation, masks, read[l].data, data);
      clearSpare(before, rows, data);
    }
  }

  return {
    ...{ parameters, gradients, forward, backward },
    input: read[0].data,
    output: written[last].data,
    errors: errors[last].data,
    squares: () =>
      layers.reduce((sum, { units, depth }, l) => {
        const at = parametersAt + places[l].weights * 8;
        return sum + k.dot(at, at, units * depth);
      }, 0),
  };
}

/** Sets results (or errors) of looks that only fill up to zero. */
function clearSpare({ positions, valid, units }: NetworkLayer, rows: number, values: Float64Array): void {
  if (positions === valid) return;
  for (let i = 0; i < rows; i++) values.fill(0, (i * positions + valid) * units, (i + 1) * positions * units);
}

/** Factors 0 or 1 / (1 − rate) to the first n values; the factors are kept in `masks` until the errors come back. */
function dropInto({ rate, draw }: Dropout, n: number, values: Float64Array, masks: Float64Array): void {
  for (let i = 0; i < n; i++) {
    masks[i] = draw() < rate ? 0 : 1 / (1 - rate);
    values[i] *= masks[i];
  }
}

/** The same for the errors, with the derivative told from what the activation gave before values were dropped. */
function throughDropout(
  activation: Activation,
  masks: Float64Array,
  results: Float64Array,
  errors: Float64Array,
): void {
  const whole = masks.map((factor, i) => (factor === 0 ? 0 : results[i] / factor));
  for (let i = 0; i < masks.length; i++) errors[i] *= masks[i];
  derivativeInto(activation, masks.length, whole, errors);
}

/** Edge of a tile that stays near the processor. */
const EDGE = 96;
