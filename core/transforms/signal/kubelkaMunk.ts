import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { mapValues } from '#core/transforms/signal/mapValues.ts';
import { fullLight } from '#core/transforms/signal/signalTypeParameter.ts';

interface Params {
  source_type: 'reflectance' | 'reflectance%';
  epsilon: number;
}

/** Kubelka–Munk function of diffuse reflectance: (1 − R)² / 2R, proportional to absorption over scattering. */
export const kubelkaMunk = defineTransform<Params, Record<string, never>>({
  id: 'KubelkaMunk',
  version: 1,
  title: 'Kubelka–Munk',
  group: 'signal',
  summary: 'Turns diffuse reflectance R into (1 − R)² / 2R, absorption relative to scattering.',
  whenToUse: 'Diffuse reflectance of optically thick, weakly absorbing powders, measured against a white reference.',
  whenNotToUse:
    'On transmittance or absorbance, and where the white reference drifts: errors near R = 1 grow strongly.',
  references: [
    'Kubelka, P. & Munk, F. (1931) Zeitschrift für technische Physik 12, 593–601.',
    'Kubelka, P. (1948) Journal of the Optical Society of America 38, 448–457. doi:10.1364/JOSA.38.000448',
  ],
  aliases: ['nirs4all.operators.transforms.KubelkaMunk', 'nirs4all.operators.transforms.signal_conversion.KubelkaMunk'],
  params: z.strictObject({
    source_type: z.enum(['reflectance', 'reflectance%']).default('reflectance').meta({
      title: 'Signal',
      description: 'What the spectra hold; with % when it runs to 100.',
    }),
    epsilon: z.number().positive().max(0.1).default(1e-10).meta({
      title: 'Distance from 0 and 1',
      description: 'Reflectance is kept this far inside the range 0 to 1.',
    }),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, { source_type, epsilon }) => {
    const full = fullLight(source_type);
    return mapValues(x, (value) => {
      const light = Math.min(Math.max(value / full, epsilon), 1 - epsilon);
      return (1 - light) ** 2 / (2 * light);
    });
  },
  onnx(graph, input, _, { source_type, epsilon }) {
    const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
    const fraction = graph.node('Div', [input.name, scalar(fullLight(source_type))]);
    const light = graph.node('Min', [graph.node('Max', [fraction, scalar(epsilon)]), scalar(1 - epsilon)]);
    const absorbed = graph.node('Sub', [scalar(1), light]);
    const squared = graph.node('Mul', [absorbed, absorbed]);
    return { name: graph.node('Div', [squared, graph.node('Mul', [light, scalar(2)])]), cols: input.cols };
  },
});
