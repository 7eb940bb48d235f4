/**
 * Training of the models that learn in epochs: times on 1,000 × 700 and on a problem of the size of a fermentation
 * monitored by mid-infrared spectra (21 × 1,047), and the loss curves of a cold start and of a warm start from a model that
 * was fitted on four fifths of the rows, with the epochs until each reaches the cold start's final training loss.
 *
 *   npm run bench -- training [--peers] [--repetitions 5] [--epochs 20]
 *
 * `--peers`: scikit-learn's MLPRegressor on the same spectra, with the same seed, in turns with ours.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { matrix, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { benchPeers } from '#tests/support/benchPeers.ts';
import { median, rounded } from '#tests/support/figures.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';

const { values: options } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    repetitions: { type: 'string', default: '5' },
    epochs: { type: 'string', default: '20' },
  },
});
const epochs = Number(options.epochs);
const repetitions = Number(options.repetitions);

interface Problem {
  readonly name: string;
  readonly x: Matrix;
  readonly y: Float64Array;
}
const problems = [problem('fermentation', 21, 1047), problem('large', 1000, 700)];
const [, large] = problems;
if (large === undefined) throw new Error('There is no large problem.');

const peers = await benchPeers(options.peers);
const scratch = await mkdtemp(join(tmpdir(), 'refract-training-'));
try {
  const files = { x: join(scratch, 'x'), y: join(scratch, 'y'), n: large.x.rows, p: large.x.cols, folds: [] };
  await writeFile(files.x, new Uint8Array(large.x.data.slice().buffer));
  await writeFile(files.y, new Uint8Array(large.y.slice().buffer));
  const times = [];
  for (const hidden of [[100], [64, 32]]) times.push(await timesOf(large, hidden, files));
  times.push(timeOf(large, 'CNN1DRegressor', { early_stopping: false, max_iter: epochs, tol: 0 }));
  times.push(timeOf(large, 'SGDRegressor', { tol: null, max_iter: epochs, eta0: 1e-4 }));
  times.push(timeOf(large, 'GradientBoostingRegressor', { n_estimators: epochs }));
  const curves = problems.flatMap((each) => warmStarts(each));
  console.log(
    JSON.stringify({ machine: cpus()[0]?.model, peers: peers?.about ?? null, epochs, times, curves }, null, 1),
  );
} finally {
  peers?.close();
  await rm(scratch, { recursive: true });
}

/** Spectra and target standardised, as these models want them. */
function problem(name: string, n: number, p: number): Problem {
  const { source, targets } = syntheticSpectra(n, p, 3);
  const scaled = (x: Matrix): Matrix => standardiseColumns(x, columnMeans(x), columnDeviations(x, columnMeans(x), 0));
  return { name, x: scaled(source.x), y: scaled(matrix(n, 1, targets[0]?.values ?? new Float64Array(n))).data };
}

/** Our perceptron and scikit-learn's in turns, the first round to warm up. */
async function timesOf({ x, y }: Problem, hidden: readonly number[], files: object) {
  const settings = { hidden_layer_sizes: hidden, max_iter: epochs, n_iter_no_change: epochs, tol: 0, random_state: 1 };
  const { operator, params } = modelCalled('MLPRegressor', settings);
  const ours: number[] = [];
  const theirs: number[] = [];
  let difference: number | null = null;
  for (let round = 0; round <= repetitions; round++) {
    const start = performance.now();
    const state = operator.fit(x, y, params, fitContext(x));
    const took = performance.now() - start;
    const answer = await peers?.ask({ do: 'mlp', ...settings, ...files });
    if (answer !== undefined) {
      const losses = operator.lossCurve?.(state, params).training ?? [];
      difference = Math.max(...answer.losses.map((loss, k) => Math.abs(loss / (losses[k] ?? NaN) - 1)));
    }
    if (round === 0) continue;
    ours.push(took);
    if (answer !== undefined) theirs.push(answer.ms);
  }
  return {
    ...{ model: 'MLPRegressor', hidden, n: x.rows, p: x.cols, medianMs: rounded(median(ours)) },
    ...{ minMs: rounded(Math.min(...ours)), msPerEpoch: rounded(median(ours) / epochs) },
    ...(theirs.length === 0
      ? {}
      : {
          peerMs: rounded(median(theirs)),
          peerMinMs: rounded(Math.min(...theirs)),
          ratio: rounded(median(theirs) / median(ours)),
          ratioOfMinima: rounded(Math.min(...theirs) / Math.min(...ours)),
          largestDifferenceOfLosses: difference,
        }),
  };
}

function timeOf({ x, y }: Problem, model: string, settings: Record<string, unknown>) {
  const { operator, params } = modelCalled(model, { random_state: 1, ...settings });
  const times = Array.from({ length: Math.max(2, Math.ceil(repetitions / 2)) }, () => {
    const start = performance.now();
    operator.fit(x, y, params, fitContext(x));
    return performance.now() - start;
  });
  const fastest = Math.min(...times);
  return { model, n: x.rows, p: x.cols, medianMs: rounded(median(times)), msPerEpoch: rounded(fastest / epochs) };
}

/** Cold and warm curves of every model, and the epochs until the cold start's final loss is reached. */
function warmStarts({ name, x, y }: Problem) {
  const fold = Int32Array.from({ length: x.rows }, (_, i) => i).filter((i) => i % 5 !== 0);
  const few = x.rows < 100;
  const most = few ? 200 : 60;
  const models: readonly (readonly [string, Record<string, unknown>])[] = [
    ['MLPRegressor', { max_iter: most, n_iter_no_change: most, tol: 0 }],
    ['MLPRegressor', { hidden_layer_sizes: [64, 32], max_iter: most, n_iter_no_change: most, tol: 0 }],
    ['CNN1DRegressor', { max_iter: few ? 100 : 25, early_stopping: false, tol: 0 }],
    ['SGDRegressor', { max_iter: 60, tol: null, eta0: 1e-4 }],
    ['GradientBoostingRegressor', { n_estimators: few ? 100 : 40 }],
  ];
  return models.map(([model, settings]) => {
    const { operator, params } = modelCalled(model, { random_state: 1, ...settings });
    const before = operator.fit(takeRows(x, fold), takeValues(y, fold), params, fitContext(x));
    const losses = (warmStart?: typeof before): number[] => {
      const state = operator.fit(x, y, params, fitContext(x, warmStart === undefined ? {} : { warmStart }));
      return [...(operator.lossCurve?.(state, params).training ?? [])];
    };
    const [cold, warm] = [losses(), losses(before)];
    const reached = warm.findIndex((loss) => loss <= (cold.at(-1) ?? NaN)) + 1;
    return {
      ...{ problem: name, n: x.rows, p: x.cols, model, settings },
      ...{ coldEpochs: cold.length, warmEpochsToThatLoss: reached === 0 ? null : reached },
      ...{ cold: cold.map((loss) => rounded(loss)), warm: warm.map((loss) => rounded(loss)) },
    };
  });
}
