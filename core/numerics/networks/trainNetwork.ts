import type { CancelToken } from '#core/base/cancellation.ts';
import type { RandomState } from '#core/base/randomState.ts';
import { withRoom } from '#core/kernels/withRoom.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { network, networkDoubles, type Network, type NetworkForm } from '#core/numerics/networks/network.ts';
import { networkLoss, networkScore, type NetworkScore } from '#core/numerics/networks/networkLoss.ts';
import { parameterPlaces } from '#core/numerics/networks/networkShape.ts';
import type { ParameterUpdate } from '#core/numerics/networks/parameterUpdate.ts';

export interface Training {
  readonly form: NetworkForm;
  /** n × p. */
  readonly x: Matrix;
  /** n × outputs: what the outputs should be. */
  readonly target: Matrix;
  /** Rows to learn from. */
  readonly train: Int32Array;
  /** Rows set aside for early stopping; null: stop by the training loss. */
  readonly held: Int32Array | null;
  /** What of the rows set aside should grow. */
  readonly score: NetworkScore;
  /** Parameters to start from. */
  readonly start: Float64Array;
  /** Penalty: ½ α Σw² / samples of the batch is added to the loss. */
  readonly alpha: number;
  readonly batch: number;
  readonly epochs: number;
  /** Epochs without an improvement by `tol` that are forgiven. */
  readonly patience: number;
  readonly tol: number;
  readonly shuffle: boolean;
  /** Share of the results of hidden dense layers that is dropped in training. */
  readonly dropout: number;
  readonly update: ParameterUpdate;
  readonly random: RandomState;
  readonly cancel: CancelToken;
  trained(epoch: number, loss: number, validationLoss: number | null): void;
}

export interface Trained {
  /** With rows set aside: those of the epoch with the best score on them. */
  readonly parameters: Float64Array;
  /** Mean loss of each epoch, with the penalty, as the batches saw it. */
  readonly losses: Float64Array;
  /** Loss on the rows set aside, without penalty; null without such rows. */
  readonly validation: Float64Array | null;
  /** False when it ended because there were no epochs left. */
  readonly settled: boolean;
}

/**
 * Mini-batch training by back-propagation. Batches, stopping and the order of random draws as in scikit-learn's
 * multilayer perceptrons. Ends with losses that are not finite when the steps are too large; the caller looks.
 */
export function trainNetwork(training: Training): Trained {
  const { form, train, batch, epochs, random, cancel, update } = training;
  const size = Math.max(1, Math.min(batch, train.length));
  return withRoom(networkDoubles(form, size), (room) => {
    const net = network(room, form, size, cancel);
    net.parameters.set(training.start);
    const watch = improvementWatch(training, net);
    const losses: number[] = [];
    const validation: number[] = [];
    let order = train;
    let settled = false;
    for (let epoch = 1; epoch <= epochs && !settled; epoch++) {
      cancel.check();
      if (training.shuffle) {
        const drawn = random.permutation(order.length);
        order = drawn.map((at) => order[at]);
      }
      let sum = 0;
      for (let from = 0; from < order.length; from += size) {
        const rows = order.subarray(from, Math.min(order.length, from + size));
        sum += rows.length * learn(net, training, rows);
      }
      const loss = sum / order.length;
      losses.push(loss);
      const held = training.held === null ? null : heldOut(net, training, training.held, size);
      if (held !== null) validation.push(held.loss);
      training.trained(epoch, loss, held?.loss ?? null);
      if (!Number.isFinite(loss)) break;
      watch.look(loss, held?.score ?? null);
      update.epochEnds(epoch * order.length);
      if (watch.failures() > training.patience) {
        if (update.exhausted()) settled = true;
        else watch.forgive();
      }
    }
    return {
      parameters: watch.best() ?? net.parameters.slice(),
      losses: Float64Array.from(losses),
      validation: training.held === null ? null : Float64Array.from(validation),
      settled,
    };
  });
}

/** One step on one batch; returns the loss that the batch had before. */
function learn(net: Network, training: Training, rows: Int32Array): number {
  const { form, target, alpha, dropout: rate, random, update } = training;
  const n = rows.length;
  const dropout = rate > 0 ? { rate, draw: () => random.random() } : undefined;
  place(net, training, rows);
  net.forward(n, dropout);
  const loss = networkLoss(form.output, net.output, target, rows) + (0.5 * alpha * net.squares()) / n;
  for (let i = 0; i < n; i++)
    for (let k = 0; k < target.cols; k++)
      net.errors[i * target.cols + k] = net.output[i * target.cols + k] - target.data[rows[i] * target.cols + k];
  net.backward(n, dropout);
  const { parameters, gradients } = net;
  const places = parameterPlaces(form.shape);
  form.shape.layers.forEach(({ units }, l) => {
    const { weights, biases } = places[l];
    for (let i = weights; i < biases; i++) gradients[i] = (gradients[i] + alpha * parameters[i]) / n;
    for (let i = biases; i < biases + units; i++) gradients[i] /= n;
  });
  update.step(gradients, parameters);
  return loss;
}

function place(net: Network, { x, form }: Training, rows: Int32Array): void {
  for (let i = 0; i < rows.length; i++)
    net.input.set(x.data.subarray(rows[i] * x.cols, (rows[i] + 1) * x.cols), i * form.shape.stride);
}

function heldOut(net: Network, training: Training, held: Int32Array, size: number): { loss: number; score: number } {
  const { target, form } = training;
  const results = new Float64Array(held.length * target.cols);
  for (let from = 0; from < held.length; from += size) {
    const rows = held.subarray(from, Math.min(held.length, from + size));
    place(net, training, rows);
    net.forward(rows.length);
    results.set(net.output.subarray(0, rows.length * target.cols), from * target.cols);
  }
  const loss = networkLoss(form.output, results, target, held);
  return { loss, score: networkScore(training.score, results, target, held, loss) };
}

/** Counts epochs without improvement, and keeps the parameters with the best score on the rows set aside. */
function improvementWatch({ held, tol }: Training, net: Network) {
  let best = held === null ? Infinity : -Infinity;
  let kept: Float64Array | null = null;
  let failures = 0;
  return {
    failures: () => failures,
    forgive: () => {
      failures = 0;
    },
    best: () => kept,
    look(loss: number, score: number | null): void {
      const failed = score === null ? loss > best - tol : score < best + tol;
      failures = failed ? failures + 1 : 0;
      if (score === null) best = Math.min(best, loss);
      else if (score > best) {
        best = score;
        kept = net.parameters.slice();
      }
    },
  };
}
