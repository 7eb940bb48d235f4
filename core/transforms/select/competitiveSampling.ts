import { z } from 'zod';
import { randomState, type RandomState } from '#core/base/randomState.ts';
import { defineTransform, type FitContext } from '#core/data/operator.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { crossValidatedErrors } from '#core/transforms/select/crossValidatedErrors.ts';
import { plsOfResponses } from '#core/transforms/select/plsOfResponses.ts';
import { responsesOf } from '#core/transforms/select/responses.ts';
import { selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';
import { takeColumns } from '#core/transforms/select/takeColumns.ts';

interface Params {
  n_components: number;
  n_sampling_runs: number;
  n_variables_ratio_start: number;
  n_variables_ratio_end: number;
  cv_folds: number;
  subset_ratio: number;
  random_state: number | null;
}

/**
 * Competitive adaptive reweighted sampling: ever fewer channels, drawn with probabilities that follow their regression
 * coefficients; the set with the smallest cross-validation error wins. The schedule is that of nirs4all.
 */
export const competitiveSampling = defineTransform<Params, SelectedColumns>({
  id: 'CARS',
  version: 1,
  title: 'Competitive adaptive reweighted sampling',
  group: 'reduce',
  summary: 'Keeps the set of channels with the smallest cross-validation error among ever smaller random sets.',
  whenToUse: 'When a small set of channels is wanted, for example for a simpler instrument.',
  whenNotToUse:
    'Before the splitter: the choice knows the target. Put it behind the splitter. And not when the same channels must come out each time: the result depends on the seed.',
  references: [
    'Li, H., Liang, Y., Xu, Q. & Cao, D. (2009) Analytica Chimica Acta 648, 77–84. doi:10.1016/j.aca.2009.06.046',
  ],
  aliases: ['nirs4all.operators.transforms.CARS', 'nirs4all.operators.transforms.feature_selection.CARS'],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(10).meta({
      title: 'Components',
      description: 'Number of components of the PLS models inside.',
    }),
    n_sampling_runs: z.int().min(1).max(1000).default(50).meta({
      title: 'Runs',
      description: 'Number of steps from all channels to the smallest set.',
    }),
    n_variables_ratio_start: z.number().positive().max(1).default(1).meta({
      title: 'First share',
      description: 'Share of the channels in the first set.',
    }),
    n_variables_ratio_end: z.number().positive().max(1).default(0.1).meta({
      title: 'Last share',
      description: 'Share of the channels in the last set.',
    }),
    cv_folds: z.int().min(2).max(100).default(5).meta({
      title: 'Folds',
      description: 'Number of folds of the cross-validation inside.',
    }),
    subset_ratio: z.number().positive().max(1).default(0.8).meta({
      title: 'Share of samples',
      description: 'Share of the training samples that weigh the channels in each run.',
    }),
    random_state: z.int().min(0).max(4294967295).nullable().default(null).meta({
      title: 'Random seed',
      description: 'Same seed, same channels. Empty: the seed of the run.',
    }),
  }),
  stateful: true,
  supervised: true,
  target: false,
  fit(x, params, context) {
    const responses = responsesOf('CARS', x, context);
    const random = randomState(params.random_state ?? context.seed);
    let columns = Int32Array.from({ length: x.cols }, (_, j) => j);
    let best = columns;
    let smallest = Infinity;
    for (let run = 0; run < params.n_sampling_runs; run++) {
      context.cancel.check();
      const importance = sampledImportance(takeColumns(x, columns), responses, params, random, context);
      const size = Math.min(setSize(run, x.cols, params), columns.length);
      if (size < columns.length) columns = takeIndex(columns, weightedDraw(importance, size, random));
      const error = errorOf(takeColumns(x, columns), responses, params, random, context);
      if (error < smallest) {
        smallest = error;
        best = columns;
      }
    }
    return { columns: best, channels: x.cols };
  },
  ...selectedColumns('CARS'),
});

/** Shrinks by the same factor each run. */
function setSize(run: number, channels: number, params: Params): number {
  const { n_variables_ratio_start: start, n_variables_ratio_end: end, n_sampling_runs: runs } = params;
  const factor = runs > 1 ? (end / start) ** (1 / (runs - 1)) : 1;
  return Math.max(1, Math.floor(channels * start * factor ** run));
}

/** Sizes of the standardised regression coefficients of a model of some samples, summed over responses. */
function sampledImportance(
  x: Matrix,
  responses: readonly Float64Array[],
  { n_components, subset_ratio }: Params,
  random: RandomState,
  context: FitContext,
): Float64Array {
  const rows = random.choice(x.rows, Math.max(2, Math.floor(x.rows * subset_ratio)));
  const inner = responses.map((response) => takeValues(response, rows));
  const { coefs } = plsOfResponses(takeRows(x, rows), inner, n_components, true, context.cancel);
  const importance = new Float64Array(x.cols);
  for (const b of coefs.at(-1) ?? []) b.forEach((value, j) => (importance[j] += Math.abs(value)));
  return importance;
}

/**
 * Draws `size` different places, each next one with a probability in proportion to its weight: the smallest of
 * exponential variables (Efraimidis & Spirakis 2006, Information Processing Letters 97, 181–185). Ascending.
 */
function weightedDraw(weights: Float64Array, size: number, random: RandomState): Int32Array {
  const keys = weights.map((weight) => -Math.log(1 - random.random()) / weight);
  const order = [...keys.keys()].sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] - keys[b]));
  return Int32Array.from(order.slice(0, size)).sort();
}

const takeIndex = (values: Int32Array, places: Int32Array): Int32Array<ArrayBuffer> =>
  places.map((place) => values[place]);

function errorOf(
  x: Matrix,
  responses: readonly Float64Array[],
  { n_components, cv_folds }: Params,
  random: RandomState,
  context: FitContext,
): number {
  const folds = Math.min(cv_folds, x.rows);
  const size = Math.floor(x.rows / folds);
  const fold = new Int32Array(x.rows);
  random.permutation(x.rows).forEach((row, place) => (fold[row] = Math.min(Math.floor(place / size), folds - 1)));
  return crossValidatedErrors(x, responses, fold, n_components, true, context.cancel)[n_components - 1];
}
