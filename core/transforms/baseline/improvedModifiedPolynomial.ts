import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { iterativeBaselineNotice } from '#core/transforms/baseline/iterativeBaselineNotice.ts';
import {
  iterativePolynomialParameters,
  subtractIterativePolynomial,
  type IterativePolynomialParams,
} from '#core/transforms/baseline/iterativePolynomial.ts';

type Params = IterativePolynomialParams & { readonly num_std: number };

/** Improved modified polynomial baseline: as ModPoly, with room for noise above the polynomial. */
export const improvedModifiedPolynomial = defineTransform<Params, Record<string, never>>({
  id: 'IModPoly',
  version: 1,
  title: 'Improved modified polynomial baseline',
  group: 'baseline',
  summary: 'Subtracts a polynomial that is pressed below the bands of each spectrum but not below its noise.',
  whenToUse: 'Smooth curved backgrounds under sharp bands in noisy spectra, such as fluorescence in Raman spectra.',
  whenNotToUse: 'When bands are as broad as the baseline, or the background has steps.',
  references: ['Zhao, J. et al. (2007) Applied Spectroscopy 61, 1225–1232. doi:10.1366/000370207782597003'],
  aliases: [
    'ImprovedModifiedPolynomial',
    'nirs4all.operators.transforms.IModPoly',
    'nirs4all.operators.transforms.nirs.IModPoly',
    'pybaselines.polynomial.imodpoly',
    'pybaselines.Baseline.imodpoly',
  ],
  params: z.strictObject({
    ...iterativePolynomialParameters(true),
    num_std: z.number().min(0).default(1).meta({
      title: 'Room for noise',
      description: 'The spectrum is clipped this many standard deviations of the residuals above the polynomial.',
    }),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => subtractIterativePolynomial('IModPoly', x, params, params.num_std),
  noOnnx: iterativeBaselineNotice('IModPoly'),
});
