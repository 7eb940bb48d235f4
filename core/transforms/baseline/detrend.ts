import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';

/** Detrending: each spectrum minus its least squares polynomial over the channel number. */
export const detrend = defineTransform<{ polyorder: number }, Record<string, never>>({
  id: 'Detrend',
  version: 1,
  title: 'Detrend',
  group: 'baseline',
  summary: 'Subtracts from each spectrum the polynomial over the channels that fits it best.',
  whenToUse: 'Slowly varying baselines, such as the slope and curvature of densely packed powders; often after SNV.',
  whenNotToUse: 'When broad bands carry the information: the polynomial takes part of them away.',
  references: [
    'Barnes, R. J., Dhanoa, M. S. & Lister, S. J. (1989) Applied Spectroscopy 43, 772–777. doi:10.1366/0003702894202201',
  ],
  aliases: [
    'nirs4all.operators.transforms.Detrend',
    'nirs4all.operators.transforms.signal.Detrend',
    'chemotools.baseline.PolynomialCorrection',
    'scipy.signal.detrend',
  ],
  params: z.strictObject({
    polyorder: z.int().min(0).max(10).default(1).meta({
      title: 'Polynomial order',
      description: 'Degree of the polynomial: 0 removes the mean, 1 a straight line, 2 a parabola.',
    }),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply(x, _, { polyorder }) {
    const basis = basisOf(x.cols, polyorder);
    return mapRows(x, x.cols, (spectrum, out) => {
      out.set(spectrum);
      // One polynomial after the other on what is left: more accurate than all at once.
      for (const polynomial of basis) {
        let along = 0;
        for (let j = 0; j < out.length; j++) along += polynomial[j] * out[j];
        for (let j = 0; j < out.length; j++) out[j] -= along * polynomial[j];
      }
    });
  },
  onnx(graph, input, _, { polyorder }) {
    let name = input.name;
    for (const polynomial of basisOf(input.cols, polyorder)) {
      const along = graph.node('MatMul', [name, graph.constant(polynomial, [input.cols, 1])]);
      name = graph.node('Sub', [name, graph.node('Mul', [along, graph.constant(polynomial, [1, input.cols])])]);
    }
    return { name, cols: input.cols };
  },
});

function basisOf(channels: number, polyorder: number): readonly Float64Array[] {
  if (channels <= polyorder)
    throw new EngineError('numerics.parameter', {
      operator: 'Detrend',
      parameter: 'polyorder',
      problem: `is ${polyorder}, but the spectra have only ${channels} channels. Choose a lower order.`,
    });
  return orthonormalPolynomials(channels, polyorder).values;
}
