import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { mapValues } from '#core/transforms/signal/mapValues.ts';
import { fullLight, signalTypeParameter, type LightSignal } from '#core/transforms/signal/signalTypeParameter.ts';

interface Params {
  target_type: LightSignal;
}

/** Absorbance to light: R = 10^(−A), as a fraction or in percent. */
export const absorbanceToReflectance = defineTransform<Params, Record<string, never>>({
  id: 'AbsorbanceToReflectance',
  version: 1,
  title: 'Absorbance to reflectance',
  group: 'signal',
  summary: 'Turns absorbance A into reflectance or transmittance 10^(−A).',
  whenToUse: 'Before an operator that expects light, such as Kubelka–Munk, when the data are absorbance.',
  whenNotToUse: 'Before linear models: absorbance grows with concentration, light does not.',
  references: [
    'Næs, T., Isaksson, T., Fearn, T. & Davies, T. (2017) A User-Friendly Guide to Multivariate Calibration and Classification, 2nd ed., ch. 10.',
  ],
  aliases: [
    'FromAbsorbance',
    'nirs4all.operators.transforms.FromAbsorbance',
    'nirs4all.operators.transforms.signal_conversion.FromAbsorbance',
  ],
  params: z.strictObject({
    target_type: signalTypeParameter('Signal', 'What the spectra become; with % it runs to 100.'),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, { target_type }) => {
    const full = fullLight(target_type);
    return mapValues(x, (value) => 10 ** -value * full);
  },
  onnx(graph, input, _, { target_type }) {
    const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
    const light = graph.node('Exp', [graph.node('Mul', [input.name, scalar(-Math.LN10)])]);
    return { name: graph.node('Mul', [light, scalar(fullLight(target_type))]), cols: input.cols };
  },
});
