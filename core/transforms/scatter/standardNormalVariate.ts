import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { rowAxisParameter } from '#core/transforms/scatter/rowAxisParameter.ts';

interface Params {
  axis: number;
  with_mean: boolean;
  with_std: boolean;
  ddof: number;
  copy: boolean;
}

/** Standard normal variate: each spectrum minus its own mean, divided by its own standard deviation. */
export const standardNormalVariate = defineTransform<Params, Record<string, never>>({
  id: 'SNV',
  version: 1,
  title: 'Standard normal variate',
  group: 'scatter',
  summary: 'Centres each spectrum on its mean and divides it by its standard deviation.',
  whenToUse: 'Solids and powders whose spectra differ in offset and gain because of particle size or path length.',
  whenNotToUse:
    'When the overall absorbance level carries the information, or when a few bands dominate the spectrum and change with the target.',
  references: [
    'Barnes, R. J., Dhanoa, M. S. & Lister, S. J. (1989) Applied Spectroscopy 43, 772–777. doi:10.1366/0003702894202201',
  ],
  aliases: [
    'StandardNormalVariate',
    'nirs4all.operators.transforms.StandardNormalVariate',
    'nirs4all.operators.StandardNormalVariate',
    'nirs4all.operators.transforms.scalers.StandardNormalVariate',
    'nirs4all.operators.transforms.SNV',
    'chemotools.scatter.StandardNormalVariate',
    'chemotools.scatter._standard_normal_variate.StandardNormalVariate',
  ],
  params: z.strictObject({
    axis: rowAxisParameter,
    with_mean: z.boolean().default(true).meta({ title: 'Centre', description: 'Subtract the mean.' }),
    with_std: z.boolean().default(true).meta({ title: 'Scale', description: 'Divide by the standard deviation.' }),
    ddof: z.int().min(0).max(1).default(0).meta({
      title: 'Degrees of freedom removed',
      description: 'The standard deviation divides by the number of channels minus this. R packages use 1.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  rowAffine: () => true,
  fit: () => ({}),
  apply: (x, _, { with_mean, with_std, ddof }) =>
    throughKernels(x, { figures: 3 }, ({ kernels, block, cols, figures, figureValues: by }, rows, first) => {
      kernels.rowMoments(block, rows, cols, figures);
      // Mean, squares and largest value of each row make room for its shift and factor.
      for (let i = 0; i < rows; i++) {
        const mean = by[3 * i];
        const deviation = Math.sqrt(by[3 * i + 1] / (cols - ddof));
        // Written so that NaN is caught too. A flat spectrum leaves rounding errors of its level, nothing to scale by.
        if (with_std && !(deviation > FLAT * by[3 * i + 2]))
          throw new EngineError('numerics.degenerate', { what: 'Standard deviation', row: first + i });
        by[2 * i] = with_mean ? mean : 0;
        by[2 * i + 1] = with_std ? 1 / deviation : 1;
      }
      kernels.shiftScaleRows(block, rows, cols, figures);
    }),
  onnx(graph, input, _, { with_mean, with_std, ddof }) {
    const mean = graph.node('ReduceMean', [input.name], { axes: [1], keepdims: 1 });
    const centred = graph.node('Sub', [input.name, mean]);
    const result = with_mean ? centred : graph.node('Identity', [input.name]);
    if (!with_std) return { name: result, cols: input.cols };
    const squared = graph.node('Mul', [centred, centred]);
    const sum = graph.node('ReduceSum', [squared, graph.integers([1])], { keepdims: 1 });
    const variance = graph.node('Div', [sum, graph.constant(Float64Array.of(input.cols - ddof), [])]);
    const name = graph.node('Div', [result, graph.node('Sqrt', [variance])]);
    return { name, cols: input.cols };
  },
});

/** Relative to the largest value of the spectrum: a few roundings. */
const FLAT = 1e-14;
