import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { polynomialResidual } from '#core/transforms/baseline/polynomialResidual.ts';

interface Params {
  poly_order: number;
  copy: boolean;
}

/** Polynomial baseline: each spectrum minus its least squares polynomial over the channels. */
export const polynomialBaseline = defineTransform<Params, Record<string, never>>({
  id: 'PolynomialBaseline',
  version: 1,
  title: 'Polynomial baseline',
  group: 'baseline',
  summary: 'Subtracts from each spectrum the polynomial over the channels that fits it best.',
  whenToUse: 'Curved baselines under spectra without strong bands; the same as detrending, with a parabola by default.',
  whenNotToUse: 'Under strong bands, which pull the polynomial up: use ModPoly, IModPoly or a Whittaker baseline.',
  references: [
    'Barnes, R. J., Dhanoa, M. S. & Lister, S. J. (1989) Applied Spectroscopy 43, 772–777. doi:10.1366/0003702894202201',
  ],
  aliases: ['Poly', 'pybaselines.polynomial.poly', 'pybaselines.Baseline.poly'],
  params: z.strictObject({
    poly_order: z.int().min(0).max(10).default(2).meta({
      title: 'Polynomial order',
      description: 'Degree of the polynomial.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, { poly_order }) => polynomialResidual('PolynomialBaseline', 'poly_order', poly_order).apply(x),
  onnx: (graph, input, _, { poly_order }) =>
    polynomialResidual('PolynomialBaseline', 'poly_order', poly_order).onnx(graph, input),
});
