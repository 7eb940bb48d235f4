import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { relativeChange } from '#core/numerics/relativeChange.ts';
import { iterativeBaselineNotice } from '#core/transforms/baseline/iterativeBaselineNotice.ts';
import {
  subtractWhittaker,
  whittakerParameters,
  type Weighting,
  type WhittakerParams,
} from '#core/transforms/baseline/whittakerBaseline.ts';

/**
 * Asymmetrically reweighted penalised least squares: weights fall off smoothly above the noise, whose level is taken
 * from the channels below the curve.
 */
export const asymmetricReweighted = defineTransform<WhittakerParams, Record<string, never>>({
  id: 'ArPLS',
  version: 1,
  title: 'arPLS baseline',
  group: 'baseline',
  summary: 'Subtracts a smooth curve through the middle of the noise below the bands of each spectrum.',
  whenToUse: 'Smooth drifting baselines under positive bands in noisy spectra.',
  whenNotToUse: 'When bands point down as well as up, or are as broad as the baseline.',
  references: ['Baek, S.-J. et al. (2015) Analyst 140, 250–257. doi:10.1039/C4AN01061B'],
  aliases: [
    'nirs4all.operators.transforms.ArPLS',
    'nirs4all.operators.transforms.nirs.ArPLS',
    'pybaselines.whittaker.arpls',
    'pybaselines.Baseline.arpls',
  ],
  params: z.strictObject(whittakerParameters),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => subtractWhittaker('ArPLS', x, params, weighting),
  noOnnx: iterativeBaselineNotice('ArPLS'),
});

const weighting: Weighting = {
  nextInto(y, z, w, next) {
    let sum = 0;
    let count = 0;
    for (let j = 0; j < y.length; j++)
      if (y[j] < z[j]) {
        sum += y[j] - z[j];
        count++;
      }
    if (count < 2) return null;
    const mean = sum / count;
    let squares = 0;
    for (let j = 0; j < y.length; j++) if (y[j] < z[j]) squares += (y[j] - z[j] - mean) ** 2;
    const deviation = Math.max(Math.sqrt(squares / (count - 1)), SMALLEST);
    for (let j = 0; j < y.length; j++)
      next[j] = 1 / (1 + Math.exp((2 / deviation) * (y[j] - z[j] - (2 * deviation - mean))));
    return relativeChange(w, next);
  },
};

/** The smallest normal number: keeps the division finite when all residuals are equal. */
const SMALLEST = 2.2250738585072014e-308;
