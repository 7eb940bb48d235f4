import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { maskedFit } from '#core/numerics/maskedFit.ts';
import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';
import { relativeChange } from '#core/numerics/relativeChange.ts';
import { asymmetryParameter } from '#core/transforms/baseline/asymmetryParameter.ts';
import { iterativeBaselineNotice } from '#core/transforms/baseline/iterativeBaselineNotice.ts';
import {
  subtractWhittaker,
  whittakerParameters,
  type Weighting,
  type WhittakerParams,
} from '#core/transforms/baseline/whittakerBaseline.ts';

type Params = WhittakerParams & { readonly p: number; readonly lam_1: number };

/**
 * Improved asymmetric least squares: as AsLS with squared weights, a penalty on first differences of what is left, and
 * first weights from a parabola. The outer loop of the paper is left out, as in pybaselines.
 */
export const improvedAsymmetricLeastSquares = defineTransform<Params, Record<string, never>>({
  id: 'IASLS',
  version: 1,
  title: 'Improved asymmetric least squares baseline',
  group: 'baseline',
  summary: 'Subtracts a smooth curve along the underside of each spectrum that also follows its slope.',
  whenToUse: 'Baselines that AsLS cuts off at steep places, such as strong fluorescence in Raman spectra.',
  whenNotToUse: 'When bands point down as well as up, or are as broad as the baseline.',
  references: ['He, S. et al. (2014) Analytical Methods 6, 4402–4407. doi:10.1039/C4AY00068D'],
  aliases: [
    'ImprovedAsymmetricLeastSquares',
    'nirs4all.operators.transforms.IASLS',
    'nirs4all.operators.transforms.nirs.IASLS',
    'pybaselines.whittaker.iasls',
    'pybaselines.Baseline.iasls',
  ],
  params: z.strictObject({
    ...whittakerParameters,
    diff_order: whittakerParameters.diff_order.unwrap().min(2).default(2).meta({
      title: 'Order of differences',
      description: 'What a smooth baseline is: 2 straight, 3 a parabola.',
    }),
    p: asymmetryParameter,
    lam_1: z.number().positive().default(1e-4).meta({
      title: 'Smoothness of the rest',
      description: 'Weight of the first differences of spectrum minus baseline.',
    }),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => subtractWhittaker('IASLS', x, params, weighting(x.cols, params.p), params.lam_1),
  noOnnx: iterativeBaselineNotice('IASLS'),
});

function weighting(channels: number, p: number): Weighting {
  const parabola = maskedFit(orthonormalPolynomials(channels, Math.min(2, channels - 1)).values, null);
  const weighInto = (y: Float64Array, z: Float64Array, w: Float64Array): void => {
    for (let j = 0; j < y.length; j++) w[j] = y[j] > z[j] ? p * p : (1 - p) * (1 - p);
  };
  return {
    startInto: (y, w) => {
      weighInto(y, parabola(y), w);
    },
    nextInto(y, z, w, next) {
      weighInto(y, z, next);
      return relativeChange(w, next);
    },
  };
}
