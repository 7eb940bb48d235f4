import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { relativeChange } from '#core/numerics/relativeChange.ts';
import { asymmetryParameter } from '#core/transforms/baseline/asymmetryParameter.ts';
import { iterativeBaselineNotice } from '#core/transforms/baseline/iterativeBaselineNotice.ts';
import {
  subtractWhittaker,
  whittakerParameters,
  type Weighting,
  type WhittakerParams,
} from '#core/transforms/baseline/whittakerBaseline.ts';

type Params = WhittakerParams & { readonly p: number };

/** Asymmetric least squares baseline: channels above the curve weigh p, those below 1 − p. */
export const asymmetricLeastSquares = defineTransform<Params, Record<string, never>>({
  id: 'AsLS',
  version: 1,
  title: 'Asymmetric least squares baseline',
  group: 'baseline',
  summary: 'Subtracts a smooth curve that runs along the underside of each spectrum.',
  whenToUse: 'Smooth drifting baselines under positive bands, in Raman, infrared or chromatographic data.',
  whenNotToUse: 'When bands point down as well as up, or are as broad as the baseline.',
  references: [
    'Eilers, P. H. C. (2004) Analytical Chemistry 76, 404–411. doi:10.1021/ac034800e',
    'Eilers, P. H. C. & Boelens, H. F. M. (2005) Baseline correction with asymmetric least squares smoothing. Leiden University Medical Centre.',
  ],
  aliases: [
    'ALS',
    'ASLSBaseline',
    'AsymmetricLeastSquares',
    'nirs4all.operators.transforms.ASLSBaseline',
    'nirs4all.operators.transforms.nirs.ASLSBaseline',
    'pybaselines.whittaker.asls',
    'pybaselines.Baseline.asls',
  ],
  params: z.strictObject({ ...whittakerParameters, p: asymmetryParameter }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => subtractWhittaker('AsLS', x, params, weighting(params.p)),
  noOnnx: iterativeBaselineNotice('AsLS'),
});

const weighting = (p: number): Weighting => ({
  nextInto(y, z, w, next) {
    for (let j = 0; j < y.length; j++) next[j] = y[j] > z[j] ? p : 1 - p;
    return relativeChange(w, next);
  },
});
