import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { iterativeBaselineNotice } from '#core/transforms/baseline/iterativeBaselineNotice.ts';
import {
  subtractWhittaker,
  whittakerParameters,
  type Weighting,
  type WhittakerParams,
} from '#core/transforms/baseline/whittakerBaseline.ts';

type Params = WhittakerParams & { readonly weigh_ends: boolean };

/**
 * Adaptive iteratively reweighted penalised least squares: channels above the curve weigh nothing, those below the
 * more, the further they lie below it and the later the iteration.
 */
export const adaptiveReweighted = defineTransform<Params, Record<string, never>>({
  id: 'AirPLS',
  version: 1,
  title: 'airPLS baseline',
  group: 'baseline',
  summary: 'Subtracts a smooth curve along the underside of each spectrum, found without an asymmetry to choose.',
  whenToUse: 'Smooth drifting baselines under positive bands, when one setting must serve many spectra.',
  whenNotToUse: 'On noisy spectra, where the curve follows the lower edge of the noise: use arPLS.',
  references: ['Zhang, Z.-M., Chen, S. & Liang, Y.-Z. (2010) Analyst 135, 1138–1146. doi:10.1039/B922045C'],
  aliases: [
    'nirs4all.operators.transforms.AirPLS',
    'nirs4all.operators.transforms.nirs.AirPLS',
    'pybaselines.whittaker.airpls',
    'pybaselines.Baseline.airpls',
  ],
  params: z.strictObject({
    ...whittakerParameters,
    weigh_ends: z.boolean().default(false).meta({
      title: 'Hold the ends',
      description: 'Give the first and the last channel a weight in every iteration, as in the authors’ own program.',
    }),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => subtractWhittaker('AirPLS', x, params, weighting(params)),
  noOnnx: iterativeBaselineNotice('AirPLS'),
});

const weighting = ({ diff_order, weigh_ends }: Params): Weighting => ({
  nextInto(y, z, _, next, step) {
    let below = 0;
    let count = 0;
    let size = 0;
    let nearest = -Infinity;
    for (let j = 0; j < y.length; j++) {
      const d = y[j] - z[j];
      size += Math.abs(y[j]);
      if (d >= 0) continue;
      below -= d;
      count++;
      nearest = Math.max(nearest, d);
    }
    // Fewer channels than differences leave the next curve undetermined.
    if (count < Math.max(2, diff_order)) return null;
    const steepness = Math.min(step, STEEPEST) / below;
    for (let j = 0; j < y.length; j++) next[j] = y[j] < z[j] ? Math.exp(steepness * (z[j] - y[j])) : 0;
    if (weigh_ends) {
      next[0] = Math.exp(steepness * nearest);
      next[y.length - 1] = next[0];
    }
    return below / Math.max(size, Number.MIN_VALUE);
  },
});

/** Later iterations weigh no steeper than this one, so that weights stay within the range of numbers. */
const STEEPEST = 50;
