import { z } from 'zod';
import { randomState, type RandomState } from '#core/base/randomState.ts';
import { defineTransform } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { quantile } from '#core/numerics/quantile.ts';
import { plsOfResponses } from '#core/transforms/select/plsOfResponses.ts';
import { responsesOf } from '#core/transforms/select/responses.ts';
import { columnsWhere, selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';

interface Params {
  n_components: number;
  n_iterations: number;
  subset_ratio: number;
  n_noise_variables: number | null;
  threshold_method: 'percentile' | 'fixed' | 'auto';
  threshold_percentile: number;
  threshold_value: number;
  random_state: number | null;
}

/**
 * Monte Carlo uninformative variable elimination: keeps the channels whose regression coefficients are steadier over
 * resampled models than those of random numbers. Parameters and rules are those of nirs4all.
 */
export const uninformativeElimination = defineTransform<Params, SelectedColumns>({
  id: 'MCUVE',
  version: 1,
  title: 'Monte Carlo elimination of uninformative channels',
  group: 'reduce',
  summary: 'Keeps the channels whose regression coefficients are steadier than those of random numbers.',
  whenToUse: 'To remove channels that carry noise only, with a limit that the data themselves provide.',
  whenNotToUse:
    'Before the splitter: the choice knows the target. Put it behind the splitter. And not for the smallest possible set: it keeps neighbours that say the same.',
  references: [
    'Cai, W., Li, Y. & Shao, X. (2008) Chemometrics and Intelligent Laboratory Systems 90, 188–194. doi:10.1016/j.chemolab.2007.10.001',
    'Centner, V. et al. (1996) Analytical Chemistry 68, 3851–3858. doi:10.1021/ac960321m',
  ],
  aliases: [
    'MC-UVE',
    'UVE',
    'nirs4all.operators.transforms.MCUVE',
    'nirs4all.operators.transforms.feature_selection.MCUVE',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(10).meta({
      title: 'Components',
      description: 'Number of components of the PLS models inside.',
    }),
    n_iterations: z.int().min(10).max(10_000).default(100).meta({
      title: 'Models',
      description: 'Number of resampled models.',
    }),
    subset_ratio: z.number().positive().max(1).default(0.8).meta({
      title: 'Share of samples',
      description: 'Number of samples drawn (with repeats) for each model, as a share of the training samples.',
    }),
    n_noise_variables: z.int().min(1).max(10_000).nullable().default(null).meta({
      title: 'Random channels',
      description: 'Number of channels of random numbers to compare with. Empty: as many as the spectra have.',
    }),
    threshold_method: z.enum(['percentile', 'fixed', 'auto']).default('auto').meta({
      title: 'Limit',
      description:
        'Steadiness (mean over standard deviation of the coefficients) to exceed: 1.1 times the largest of random channels (auto), a percentile of theirs, or a fixed value.',
    }),
    threshold_percentile: z.number().min(0).max(100).default(99).meta({
      title: 'Percentile',
      description: 'Used with the limit "percentile".',
      unit: '%',
    }),
    threshold_value: z.number().min(0).default(2).meta({
      title: 'Fixed limit',
      description: 'Used with the limit "fixed".',
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
    const responses = responsesOf('MCUVE', x, context);
    const random = randomState(params.random_state ?? context.seed);
    const widened = withNoise(x, params.n_noise_variables ?? x.cols, random);
    const rows = Math.max(2, Math.floor(x.rows * params.subset_ratio));
    const models: (readonly Float64Array[])[] = [];
    for (let k = 0; k < params.n_iterations; k++) {
      context.cancel.check();
      const drawn = random.randint(0, x.rows, rows);
      const inner = responses.map((response) => takeValues(response, drawn));
      const { coefs } = plsOfResponses(takeRows(widened, drawn), inner, params.n_components, true, context.cancel);
      const largest = coefs.at(-1);
      if (largest) models.push(largest);
    }
    if (models.length < FEWEST) {
      context.notice(
        `MCUVE: only ${models.length} of ${params.n_iterations} models could be computed. All channels are kept.`,
      );
      return columnsWhere(x.cols, () => true);
    }
    const steadiness = steadinessOf(models, widened.cols);
    const limit = limitOf(steadiness.subarray(x.cols), params);
    const kept = columnsWhere(x.cols, (j) => steadiness[j] > limit);
    if (kept.columns.length > 0) return kept;
    context.notice('MCUVE: no channel is steadier than random numbers. The steadiest tenth is kept.');
    const order = Array.from({ length: x.cols }, (_, j) => j).sort((a, b) => steadiness[b] - steadiness[a] || a - b);
    const first = new Set(order.slice(0, Math.max(1, Math.floor(x.cols / 10))));
    return columnsWhere(x.cols, (j) => first.has(j));
  },
  ...selectedColumns('MCUVE'),
});

/** The spectra, and beside them normal random numbers as large as the mean standard deviation of the channels. */
function withNoise(x: Matrix, count: number, random: RandomState): Matrix {
  const means = columnMeans(x);
  let deviation = 0;
  for (let j = 0; j < x.cols; j++) {
    let squares = 0;
    for (let i = 0; i < x.rows; i++) squares += (x.data[i * x.cols + j] - means[j]) ** 2;
    deviation += Math.sqrt(squares / x.rows) / x.cols;
  }
  return mapRows(x, x.cols + count, (spectrum, out) => {
    out.set(spectrum);
    for (let j = x.cols; j < out.length; j++) out[j] = deviation * random.normal();
  });
}

/** |mean| / standard deviation of each coefficient over the models; the largest of the responses. */
function steadinessOf(models: readonly (readonly Float64Array[])[], columns: number): Float64Array {
  const out = new Float64Array(columns);
  for (let m = 0; m < models[0].length; m++)
    for (let j = 0; j < columns; j++) {
      let mean = 0;
      for (const model of models) mean += model[m][j] / models.length;
      let squares = 0;
      for (const model of models) squares += (model[m][j] - mean) ** 2;
      out[j] = Math.max(out[j], Math.abs(mean) / (Math.sqrt(squares / models.length) + SMALLEST));
    }
  return out;
}

function limitOf(noise: Float64Array, { threshold_method, threshold_percentile, threshold_value }: Params): number {
  switch (threshold_method) {
    case 'fixed':
      return threshold_value;
    case 'percentile':
      return quantile(noise, threshold_percentile / 100);
    case 'auto':
      return 1.1 * noise.reduce((a, b) => Math.max(a, b), 0);
  }
}

/** Fewer models say nothing about steadiness. */
const FEWEST = 10;
/** Keeps a coefficient that is zero in all models from dividing by zero. */
const SMALLEST = 1e-10;
