import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { EngineError } from '#core/base/errors.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { chooseIntervals } from '#core/models/latent/chooseIntervals.ts';
import { intervalBounds } from '#core/models/latent/intervalBounds.ts';
import { intervalScore } from '#core/models/latent/intervalScore.ts';
import { linearModel } from '#core/models/linearModel.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';

interface Params {
  n_components: number;
  n_intervals: number;
  interval_width: number | null;
  cv: number;
  scoring: 'r2' | 'neg_mean_squared_error' | 'neg_root_mean_squared_error' | 'neg_mean_absolute_error';
  mode: 'single' | 'forward' | 'backward';
  combination_method: 'best' | 'union';
  backend: string;
}

interface IntervalState extends Readonly<Record<string, Float64Array | Int32Array | number>> {
  readonly coef: Float64Array;
  readonly intercept: number;
  /** First channel and channel after the last of each chosen interval, in the order of choice. */
  readonly chosen: Int32Array;
}

/** PLS on the intervals of the axis that predict best in an inner cross-validation. */
export const intervalPls = defineModel<Params, IntervalState>({
  id: 'IntervalPLS',
  version: 1,
  title: 'Interval PLS',
  group: 'regression',
  task: 'regression',
  summary: 'Divides the axis into intervals, keeps those that predict best together, and fits a PLS on them.',
  whenToUse: 'When only some spectral regions carry the property, and the regions are to be named.',
  whenNotToUse: 'With few samples: choosing intervals overfits. The outer cross-validation shows by how much.',
  references: [
    'Nørgaard, L. et al. (2000) Applied Spectroscopy 54, 413–419. doi:10.1366/0003702001949500',
    'Xiaobo, Z. et al. (2010) Analytica Chimica Acta 667, 14–32. doi:10.1016/j.aca.2010.03.048',
  ],
  aliases: [
    'IPLS',
    'iPLS',
    'nirs4all.operators.models.IntervalPLS',
    'nirs4all.operators.models.sklearn.IntervalPLS',
    'nirs4all.operators.models.sklearn.ipls.IntervalPLS',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(5).meta({
      title: 'Components',
      description: 'Number of latent variables, at most the number of channels kept.',
    }),
    n_intervals: z.int().min(1).default(10).meta({
      title: 'Intervals',
      description: 'Number of intervals of equal width; the first ones take what is left over.',
    }),
    interval_width: z.int().min(1).nullable().default(null).meta({
      title: 'Interval width',
      description: 'Channels in each interval, instead of a number of intervals.',
      unit: 'channels',
    }),
    cv: z.int().min(2).default(5).meta({
      title: 'Inner folds',
      description: 'Consecutive folds of the inner cross-validation.',
    }),
    scoring: z
      .enum(['r2', 'neg_mean_squared_error', 'neg_root_mean_squared_error', 'neg_mean_absolute_error'])
      .default('r2')
      .meta({ title: 'Criterion', description: 'What the inner cross-validation maximises, averaged over folds.' }),
    mode: z.enum(['single', 'forward', 'backward']).default('forward').meta({
      title: 'Search',
      description:
        'single: the best interval. forward: adds intervals while the criterion grows. backward: removes them.',
    }),
    combination_method: z.enum(['best', 'union']).default('union').meta({
      title: 'Final model',
      description: 'union: all chosen intervals. best: the first one only.',
    }),
    backend: plsParameters.backend,
  }),
  fit(x, y, params, { cancel }) {
    const problem = centredProblem('IntervalPLS', x, y, false); // for its checks and the way back
    if (x.rows < params.cv)
      throw new EngineError('numerics.too-few', {
        operator: 'IntervalPLS',
        what: 'training samples for its inner folds',
        needed: params.cv,
        found: x.rows,
      });
    const bounds = intervalBounds(x.cols, params.n_intervals, params.interval_width);
    const score = intervalScore(x, y, params, cancel);
    const chosen = chooseIntervals(bounds.length, params.mode, (intervals) => {
      cancel.check();
      return score(channelsOf(intervals.map((k) => bounds[k])));
    });
    const kept = params.combination_method === 'best' ? chosen.slice(0, 1) : chosen;
    const channels = channelsOf(kept.map((k) => bounds[k]));
    const part = centredProblem('IntervalPLS', takeChannels(x, channels), y, true);
    const components = Math.min(params.n_components, channels.length, x.rows - 1);
    const { coefs } = improvedKernelPls(part.x, part.y, components, cancel);
    const inner = part.toRaw(coefs.at(-1) ?? new Float64Array(channels.length));
    const coef = problem.toRaw(new Float64Array(x.cols)).coef;
    channels.forEach((channel, k) => (coef[channel] = inner.coef[k]));
    return { coef, intercept: inner.intercept, chosen: Int32Array.from(kept.flatMap((k) => [...bounds[k]])) };
  },
  complexity: ({ n_components }) => n_components,
  ...linearModel('IntervalPLS'),
});

/** Channels of intervals, in the order of the axis. */
const channelsOf = (intervals: readonly (readonly [number, number])[]): number[] =>
  intervals
    .flatMap(([start, end]) => Array.from({ length: end - start }, (_, k) => start + k))
    .toSorted((a, b) => a - b);

function takeChannels(x: Matrix, channels: readonly number[]): Matrix {
  const out = zeros(x.rows, channels.length);
  for (let i = 0; i < x.rows; i++)
    for (let k = 0; k < channels.length; k++) out.data[i * channels.length + k] = x.data[i * x.cols + channels[k]];
  return out;
}
