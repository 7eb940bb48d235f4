import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import { withRoom } from '#core/kernels/withRoom.ts';
import { matrix, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { network, networkDoubles, type NetworkForm } from '#core/numerics/networks/network.ts';
import { networkLoss } from '#core/numerics/networks/networkLoss.ts';
import {
  convolutionShape,
  denseShape,
  parameterCount,
  parameterPlaces,
  type NetworkShape,
} from '#core/numerics/networks/networkShape.ts';
import { runNetwork } from '#core/numerics/networks/runNetwork.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const draws = (seed: number, n: number): Float64Array => {
  const random = randomState(seed);
  return Float64Array.from({ length: n }, () => random.normal());
};

const convolution = fc.record({
  filters: fc.integer({ min: 1, max: 4 }),
  kernel: fc.integer({ min: 1, max: 9 }),
  stride: fc.integer({ min: 1, max: 4 }),
});
const shapes = fc
  .tuple(
    fc.integer({ min: 1, max: 30 }),
    fc.array(convolution, { maxLength: 3 }),
    fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([inputs, convolutions, hidden, outputs]) => ({
    shape:
      convolutions.length === 0
        ? denseShape([inputs, ...hidden, outputs])
        : convolutionShape(inputs, convolutions, [...hidden, outputs]),
    outputs,
  }));

test('gradients are those of finite differences, for any architecture', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.constantFrom('tanh' as const, 'logistic' as const, 'identity' as const),
      fc.constantFrom('identity' as const, 'logistic' as const, 'softmax' as const),
      fc.integer({ min: 1, max: 1000 }),
      ({ shape, outputs }, activation, output, seed) => {
        const rows = 3;
        const x = matrix(rows, shape.inputs, draws(seed, rows * shape.inputs));
        const codes = draws(seed + 1, rows * outputs);
        const target = matrix(rows, outputs, codes.map(output === 'identity' ? (value) => value : (_, at) => wanted(output, at, outputs))); // prettier-ignore
        const parameters = draws(seed + 2, parameterCount(shape)).map((value) => 0.5 * value);
        const form = { shape, activation, output };
        const found = gradientsOf(form, parameters, x, target);
        // The mean over outputs is taken in the squared error alone, whose errors are not divided by their number.
        const factor = output === 'identity' ? outputs : 1;
        const at = Int32Array.from({ length: rows }, (_, i) => i);
        const lossAt = (moved: Float64Array): number =>
          factor * rows * networkLoss(output, runNetwork(form, moved, x).data, target, at);
        const picked = [...found.keys()].filter((i) => (i * 7 + seed) % Math.ceil(found.length / 12) === 0);
        for (const i of picked) {
          const step = 1e-5;
          const moved = (by: number): Float64Array => parameters.map((value, k) => (k === i ? value + by : value));
          const slope = (lossAt(moved(step)) - lossAt(moved(-step))) / (2 * step);
          expect(Math.abs(slope - (found[i] ?? NaN))).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
        }
      },
    ),
    { numRuns: 80 },
  );
});

const wanted = (output: 'logistic' | 'softmax', at: number, outputs: number): number =>
  output === 'softmax' ? Number(at % outputs === Math.floor(at / outputs) % outputs) : at % 2;

function gradientsOf(form: NetworkForm, parameters: Float64Array, x: Matrix, target: Matrix): Float64Array {
  const batch = x.rows + 2; // the last batch of an epoch does not fill the room
  return withRoom(networkDoubles(form, batch), (room) => {
    const net = network(room, form, batch, neverCancelled);
    net.parameters.set(parameters);
    for (let i = 0; i < x.rows; i++) net.input.set(rowOf(x, i), i * form.shape.stride);
    net.forward(x.rows);
    for (let k = 0; k < target.data.length; k++) net.errors[k] = (net.output[k] ?? NaN) - (target.data[k] ?? NaN);
    net.backward(x.rows);
    return net.gradients.slice();
  });
}

test('convolutions are those of the textbook, written out', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 1000 }), ({ shape }, seed) => {
      const x = matrix(4, shape.inputs, draws(seed, 4 * shape.inputs));
      const parameters = draws(seed + 1, parameterCount(shape));
      const form = { shape, activation: 'tanh', output: 'identity' } as const;
      const expected = Array.from({ length: 4 }, (_, i) => byHand(shape, parameters, [...rowOf(x, i)])).flat();
      expect(relativeError(runNetwork(form, parameters, x).data, Float64Array.from(expected))).toBeLessThan(1e-11);
    }),
    { numRuns: 60 },
  );
});

/** One spectrum through all layers, look by look. */
function byHand(shape: NetworkShape, parameters: Float64Array, spectrum: readonly number[]): number[] {
  const places = parameterPlaces(shape);
  return shape.layers.reduce<readonly number[]>((values, { depth, units, step, valid }, l) => {
    const { weights, biases } = places[l] ?? { weights: NaN, biases: NaN };
    const sums = Array.from({ length: valid * units }, (_, at) => {
      const [look, unit] = [Math.floor(at / units), at % units];
      let sum = parameters[biases + unit] ?? NaN;
      for (let d = 0; d < depth; d++)
        sum += (parameters[weights + unit * depth + d] ?? NaN) * (values[look * step + d] ?? NaN);
      return sum;
    });
    return l === shape.layers.length - 1 ? sums : sums.map(Math.tanh);
  }, spectrum) as number[];
}
