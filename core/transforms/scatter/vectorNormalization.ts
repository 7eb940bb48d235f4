import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';

interface Params {
  norm: 'l2' | 'l1' | 'max';
  copy: boolean;
}

/** Vector normalisation: each spectrum divided by its own norm. */
export const vectorNormalization = defineTransform<Params, Record<string, never>>({
  id: 'VectorNormalization',
  version: 1,
  title: 'Vector normalisation',
  group: 'scatter',
  summary: 'Divides each spectrum by its length, its absolute area or its largest absolute value.',
  whenToUse: 'Spectra that differ by a gain only, such as a varying path length, concentration or laser power.',
  whenNotToUse:
    'When spectra also differ by an offset (use SNV or MSC), or when the absolute intensity carries the information.',
  references: ['Engel, J. et al. (2013) Trends in Analytical Chemistry 50, 96–106. doi:10.1016/j.trac.2013.04.015'],
  aliases: [
    'Normalizer',
    'sklearn.preprocessing.Normalizer',
    'sklearn.preprocessing._data.Normalizer',
    'chemotools.scale.NormScaler',
  ],
  params: z.strictObject({
    norm: z.enum(['l2', 'l1', 'max']).default('l2').meta({
      title: 'Norm',
      description: 'l2: square root of the sum of squares; l1: sum of absolute values; max: largest absolute value.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  rowAffine: () => true,
  fit: () => ({}),
  apply: (x, _, { norm }) =>
    throughKernels(x, { figures: 4 }, ({ kernels, block, cols, figures, figureValues: by }, rows, first) => {
      if (norm !== 'l2') kernels.rowSizes(block, rows, cols, figures);
      for (let i = 0; i < rows; i++) {
        const row = block + 8 * i * cols;
        let size = norm === 'l2' ? Math.sqrt(kernels.dot(row, row, cols)) : by[4 * i + 1];
        // NaN is in the sum of sizes, but not in the limits.
        if (norm === 'max' && size > 0) size = Math.max(-by[4 * i + 2], by[4 * i + 3]);
        if (!(size > 0)) throw new EngineError('numerics.degenerate', { what: 'Norm', row: first + i });
        by[2 * i] = 0;
        by[2 * i + 1] = size;
      }
      kernels.shiftDivideRows(block, rows, cols, figures);
    }),
  onnx(graph, input, _, { norm }) {
    const absolute = (): string => graph.node('Abs', [input.name]);
    const sum = (of: string): string => graph.node('ReduceSum', [of, graph.integers([1])], { keepdims: 1 });
    const size = {
      l2: () => graph.node('Sqrt', [sum(graph.node('Mul', [input.name, input.name]))]),
      l1: () => sum(absolute()),
      max: () => graph.node('ReduceMax', [absolute()], { axes: [1], keepdims: 1 }),
    }[norm]();
    return { name: graph.node('Div', [input.name, size]), cols: input.cols };
  },
});
