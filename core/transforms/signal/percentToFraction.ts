import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { mapValues } from '#core/transforms/signal/mapValues.ts';

/** Divides the spectra by 100. */
export const percentToFraction = defineTransform<Record<string, never>, Record<string, never>>({
  id: 'PercentToFraction',
  version: 1,
  title: 'Percent to fraction',
  group: 'signal',
  summary: 'Divides the spectra by 100.',
  whenToUse: 'Light in percent, before an operator that expects values up to 1.',
  whenNotToUse: 'On absorbance, which has no percent, and where a later step normalises each spectrum anyway.',
  references: [
    'Næs, T., Isaksson, T., Fearn, T. & Davies, T. (2017) A User-Friendly Guide to Multivariate Calibration and Classification, 2nd ed., ch. 10.',
  ],
  aliases: [
    'nirs4all.operators.transforms.PercentToFraction',
    'nirs4all.operators.transforms.signal_conversion.PercentToFraction',
  ],
  params: z.strictObject({}),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x) => mapValues(x, (value) => value / 100),
  onnx: (graph, input) => ({
    name: graph.node('Div', [input.name, graph.constant(Float64Array.of(100), [])]),
    cols: input.cols,
  }),
});
