import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';

interface Params {
  method: 'sum' | 'abs_sum' | 'trapz';
  copy: boolean;
}

/** Area normalisation: each spectrum divided by the area under it. */
export const areaNormalization = defineTransform<Params, Record<string, never>>({
  id: 'AreaNormalization',
  version: 1,
  title: 'Area normalisation',
  group: 'scatter',
  summary: 'Divides each spectrum by the area under it.',
  whenToUse: 'Spectra that differ by a gain, such as a varying path length, amount of sample or laser power.',
  whenNotToUse:
    'On derivatives or centred spectra, whose area is close to zero, or when the absolute intensity carries the information.',
  references: ['Engel, J. et al. (2013) Trends in Analytical Chemistry 50, 96–106. doi:10.1016/j.trac.2013.04.015'],
  aliases: ['nirs4all.operators.transforms.AreaNormalization', 'nirs4all.operators.transforms.nirs.AreaNormalization'],
  params: z.strictObject({
    method: z.enum(['sum', 'abs_sum', 'trapz']).default('sum').meta({
      title: 'Area',
      description: 'sum: sum of the values; abs_sum: sum of their absolute values; trapz: trapezoids between channels.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  rowAffine: () => true,
  fit: () => ({}),
  apply: (x, _, { method }) =>
    throughKernels(x, { figures: 4 }, ({ kernels, block, cols, figures, figureValues: by, values }, rows, first) => {
      kernels.rowSizes(block, rows, cols, figures);
      for (let i = 0; i < rows; i++) {
        const size = by[4 * i + 1];
        let area = method === 'abs_sum' ? size : by[4 * i];
        if (method === 'trapz') area -= (values[i * cols] + values[(i + 1) * cols - 1]) / 2;
        // Written so that NaN is caught too. An area of rounding errors alone is no area.
        if (!(Math.abs(area) > ROUNDING * size))
          throw new EngineError('numerics.degenerate', { what: 'Area', row: first + i });
        by[2 * i] = 0;
        by[2 * i + 1] = area;
      }
      kernels.shiftDivideRows(block, rows, cols, figures);
    }),
  onnx(graph, input, _, { method }) {
    const p = input.cols;
    const weights = new Float64Array(p).fill(1);
    if (method === 'trapz') {
      weights[0] -= 0.5;
      weights[p - 1] -= 0.5;
    }
    const values = method === 'abs_sum' ? graph.node('Abs', [input.name]) : input.name;
    const area = graph.node('MatMul', [values, graph.constant(weights, [p, 1])]);
    return { name: graph.node('Div', [input.name, area]), cols: p };
  },
});

/** Relative to the sum of absolute values. */
const ROUNDING = 1e-13;
