import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { absorbance } from '#core/transforms/signal/absorbance.ts';
import { fullLight, signalTypeParameter, type LightSignal } from '#core/transforms/signal/signalTypeParameter.ts';

interface Params {
  source_type: LightSignal;
  epsilon: number;
  clip_negative: boolean;
}

/** Reflectance or transmittance, as a fraction or in percent, to absorbance. */
export const toAbsorbance = defineTransform<Params, Record<string, never>>({
  id: 'ToAbsorbance',
  version: 1,
  title: 'To absorbance',
  group: 'signal',
  summary: 'Turns reflectance or transmittance, as a fraction or in percent, into absorbance.',
  whenToUse: 'Light that is to be modelled by linear methods: absorbance grows with concentration.',
  whenNotToUse: 'On data that are absorbance already, or that were centred or differentiated.',
  references: [
    'Næs, T., Isaksson, T., Fearn, T. & Davies, T. (2017) A User-Friendly Guide to Multivariate Calibration and Classification, 2nd ed., ch. 10.',
  ],
  aliases: [
    'nirs4all.operators.transforms.ToAbsorbance',
    'nirs4all.operators.transforms.signal_conversion.ToAbsorbance',
  ],
  params: z.strictObject({
    source_type: signalTypeParameter('Signal', 'What the spectra hold; with % when it runs to 100.'),
    epsilon: z.number().positive().default(1e-10).meta({
      title: 'Least light',
      description: 'Smaller values, and negative ones, count as this, since darkness has no logarithm.',
    }),
    clip_negative: z.boolean().default(true).meta({
      title: 'Clip negative values',
      description: 'Accepted for compatibility and not used: values below the least light are always raised to it.',
      unused: true,
    }),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, { source_type, epsilon }) => absorbance(fullLight(source_type), epsilon).apply(x),
  onnx: (graph, input, _, { source_type, epsilon }) => absorbance(fullLight(source_type), epsilon).onnx(graph, input),
});
