import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';

interface Params {
  use_min: boolean;
}

/** Min–max normalisation: each spectrum mapped so that its least value becomes 0 and its greatest 1. */
export const minMaxNormalization = defineTransform<Params, Record<string, never>>({
  id: 'MinMaxNormalization',
  version: 1,
  title: 'Min–max normalisation',
  group: 'scatter',
  summary: 'Maps each spectrum to the range 0 to 1 by its own least and greatest value.',
  whenToUse: 'Spectra that differ by an offset and a gain and share one strong band and one clear baseline point.',
  whenNotToUse:
    'When the strongest band follows the target, or when spikes set the range (use SNV or a robust scaling instead).',
  references: ['Engel, J. et al. (2013) Trends in Analytical Chemistry 50, 96–106. doi:10.1016/j.trac.2013.04.015'],
  aliases: ['chemotools.scale.MinMaxScaler', 'chemotools.scale._min_max_scaler.MinMaxScaler'],
  params: z.strictObject({
    use_min: z.boolean().default(true).meta({
      title: 'Subtract the least value',
      description: 'Off: each spectrum is only divided by its greatest value.',
    }),
  }),
  stateful: false,
  target: false,
  rowAffine: () => true,
  fit: () => ({}),
  apply: (x, _, { use_min }) =>
    throughKernels(x, { figures: 4 }, ({ kernels, block, cols, figures, figureValues: by }, rows, first) => {
      kernels.rowSizes(block, rows, cols, figures);
      for (let i = 0; i < rows; i++) {
        const sizes = by[4 * i + 1];
        const shift = use_min ? by[4 * i + 2] : 0;
        const range = by[4 * i + 3] - shift;
        // Written so that NaN is caught too.
        if (Number.isNaN(sizes) || !(Math.abs(range) > 0))
          throw new EngineError('numerics.degenerate', { what: 'Range of values', row: first + i });
        by[2 * i] = shift;
        by[2 * i + 1] = range;
      }
      kernels.shiftDivideRows(block, rows, cols, figures);
    }),
  onnx(graph, input, _, { use_min }) {
    const reduce = (op: string): string => graph.node(op, [input.name], { axes: [1], keepdims: 1 });
    const greatest = reduce('ReduceMax');
    if (!use_min) return { name: graph.node('Div', [input.name, greatest]), cols: input.cols };
    const least = reduce('ReduceMin');
    const range = graph.node('Sub', [greatest, least]);
    return { name: graph.node('Div', [graph.node('Sub', [input.name, least]), range]), cols: input.cols };
  },
});
