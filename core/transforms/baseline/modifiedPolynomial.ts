import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { iterativeBaselineNotice } from '#core/transforms/baseline/iterativeBaselineNotice.ts';
import {
  iterativePolynomialParameters,
  subtractIterativePolynomial,
  type IterativePolynomialParams,
} from '#core/transforms/baseline/iterativePolynomial.ts';

/** Modified polynomial baseline: a polynomial fitted again and again to the spectrum clipped at the polynomial. */
export const modifiedPolynomial = defineTransform<IterativePolynomialParams, Record<string, never>>({
  id: 'ModPoly',
  version: 1,
  title: 'Modified polynomial baseline',
  group: 'baseline',
  summary: 'Subtracts a polynomial that is pressed below the bands of each spectrum.',
  whenToUse: 'Smooth curved backgrounds under sharp bands, such as fluorescence in Raman spectra.',
  whenNotToUse:
    'On noisy spectra, where it slips below the noise (use IModPoly), and on bands as broad as the baseline.',
  references: [
    'Lieber, C. A. & Mahadevan-Jansen, A. (2003) Applied Spectroscopy 57, 1363–1367. doi:10.1366/000370203322554518',
    'Gan, F., Ruan, G. & Mo, J. (2006) Chemometrics and Intelligent Laboratory Systems 82, 59–65. doi:10.1016/j.chemolab.2005.08.009',
  ],
  aliases: [
    'ModifiedPolynomial',
    'nirs4all.operators.transforms.ModPoly',
    'nirs4all.operators.transforms.nirs.ModPoly',
    'pybaselines.polynomial.modpoly',
    'pybaselines.Baseline.modpoly',
  ],
  params: z.strictObject(iterativePolynomialParameters(false)),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => subtractIterativePolynomial('ModPoly', x, params, null),
  noOnnx: iterativeBaselineNotice('ModPoly'),
});
