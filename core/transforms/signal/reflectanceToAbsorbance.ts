import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { absorbance } from '#core/transforms/signal/absorbance.ts';

interface Params {
  min_value: number;
  percent: boolean;
  copy: boolean;
}

/** Reflectance to apparent absorbance: A = log₁₀(1 / R). */
export const reflectanceToAbsorbance = defineTransform<Params, Record<string, never>>({
  id: 'ReflectanceToAbsorbance',
  version: 1,
  title: 'Reflectance to absorbance',
  group: 'signal',
  summary: 'Turns reflectance R into apparent absorbance log10(1/R).',
  whenToUse:
    'Reflectance or transmittance that is to be modelled by linear methods: absorbance grows with concentration.',
  whenNotToUse: 'On data that are absorbance already, or that were centred or differentiated.',
  references: [
    'Næs, T., Isaksson, T., Fearn, T. & Davies, T. (2017) A User-Friendly Guide to Multivariate Calibration and Classification, 2nd ed., ch. 10.',
  ],
  aliases: [
    'nirs4all.operators.transforms.ReflectanceToAbsorbance',
    'nirs4all.operators.transforms.nirs.ReflectanceToAbsorbance',
  ],
  params: z.strictObject({
    min_value: z.number().positive().default(1e-8).meta({
      title: 'Least reflectance',
      description: 'Smaller values, and negative ones, count as this, since darkness has no logarithm.',
    }),
    percent: z.boolean().default(false).meta({
      title: 'In percent',
      description: 'The reflectance runs to 100 instead of 1.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, { percent, min_value }) => absorbance(percent ? 100 : 1, min_value).apply(x),
  onnx: (graph, input, _, { percent, min_value }) => absorbance(percent ? 100 : 1, min_value).onnx(graph, input),
});
