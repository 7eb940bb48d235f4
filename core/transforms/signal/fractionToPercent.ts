import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { mapValues } from '#core/transforms/signal/mapValues.ts';

/** Multiplies the spectra by 100. */
export const fractionToPercent = defineTransform<Record<string, never>, Record<string, never>>({
  id: 'FractionToPercent',
  version: 1,
  title: 'Fraction to percent',
  group: 'signal',
  summary: 'Multiplies the spectra by 100.',
  whenToUse: 'Light as a fraction, before an operator or a reader that expects percent.',
  whenNotToUse: 'On absorbance, which has no percent, and where a later step normalises each spectrum anyway.',
  references: [
    'Næs, T., Isaksson, T., Fearn, T. & Davies, T. (2017) A User-Friendly Guide to Multivariate Calibration and Classification, 2nd ed., ch. 10.',
  ],
  aliases: [
    'nirs4all.operators.transforms.FractionToPercent',
    'nirs4all.operators.transforms.signal_conversion.FractionToPercent',
  ],
  params: z.strictObject({}),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x) => mapValues(x, (value) => value * 100),
  onnx: (graph, input) => ({
    name: graph.node('Mul', [input.name, graph.constant(Float64Array.of(100), [])]),
    cols: input.cols,
  }),
});
