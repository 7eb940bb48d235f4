import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { mapValues } from '#core/transforms/signal/mapValues.ts';

interface Params {
  base: number;
  offset: number;
  auto_offset: boolean;
  min_value: number;
  copy: boolean;
}

/**
 * Logarithm of every value plus an offset. With `auto_offset`, training data that reach 0 or below are lifted until
 * their least value is `min_value`; the offset is learned, so that new samples are lifted by the same.
 */
export const logTransform = defineTransform<Params, { offset: number }>({
  id: 'LogTransform',
  version: 1,
  title: 'Logarithm',
  group: 'signal',
  summary: 'Takes the logarithm of every value, after an offset where values are not positive.',
  whenToUse: 'Positive data whose scatter grows with their size, in spectra or in the target.',
  whenNotToUse: 'On absorbance, which is a logarithm already, and on data with many zeros or negative values.',
  references: [
    'Box, G. E. P. & Cox, D. R. (1964) Journal of the Royal Statistical Society B 26, 211–252. doi:10.1111/j.2517-6161.1964.tb00553.x',
  ],
  aliases: ['Log', 'nirs4all.operators.transforms.LogTransform', 'nirs4all.operators.transforms.nirs.LogTransform'],
  params: z.strictObject({
    base: z
      .number()
      .positive()
      .refine((value) => value !== 1, 'must not be 1, which has no logarithm')
      .default(Math.E)
      .meta({ title: 'Base', description: 'Base of the logarithm: 2.718281828459045 (natural), 10 or 2.' }),
    offset: z.number().default(0).meta({
      title: 'Offset',
      description: 'Added before the logarithm.',
    }),
    auto_offset: z.boolean().default(true).meta({
      title: 'Automatic offset',
      description: 'Lift training values of 0 or below, and all others with them, until the least is the least value.',
    }),
    min_value: z.number().positive().default(1e-8).meta({
      title: 'Least value',
      description: 'With an automatic offset: smaller values of new samples count as this.',
    }),
    copy: copyParameter,
  }),
  stateful: true,
  target: true,
  fit(x, { offset, auto_offset, min_value }) {
    let least = Infinity;
    for (let at = 0; at < x.data.length; at++) least = Math.min(least, x.data[at] + offset);
    return { offset: auto_offset && least <= 0 ? offset + min_value - least : offset };
  },
  apply(x, { offset }, { base, auto_offset, min_value }) {
    const unit = Math.log(base);
    return mapRows(x, x.cols, (values, out, row) => {
      for (let j = 0; j < out.length; j++) {
        const lifted = values[j] + offset;
        // Written so that NaN is caught too.
        if (!(lifted > 0 || (auto_offset && lifted <= 0)))
          throw new EngineError('numerics.degenerate', { what: 'Logarithm', row });
        out[j] = Math.log(auto_offset ? Math.max(lifted, min_value) : lifted) / unit;
      }
    });
  },
  invert(y, { offset }, { base }) {
    const unit = Math.log(base);
    return mapValues(y, (value) => Math.exp(value * unit) - offset);
  },
  onnx(graph, input, { offset }, { base, auto_offset, min_value }) {
    const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
    const lifted = graph.node('Add', [input.name, scalar(offset)]);
    const positive = auto_offset ? graph.node('Max', [lifted, scalar(min_value)]) : lifted;
    return { name: graph.node('Div', [graph.node('Log', [positive]), scalar(Math.log(base))]), cols: input.cols };
  },
  onnxInvert(graph, input, { offset }, { base }) {
    const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
    const lifted = graph.node('Exp', [graph.node('Mul', [input.name, scalar(Math.log(base))])]);
    return { name: graph.node('Sub', [lifted, scalar(offset)]), cols: input.cols };
  },
});
