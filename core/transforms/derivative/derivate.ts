import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { gradient } from '#core/transforms/derivative/gradient.ts';
import { gradientParameters } from '#core/transforms/derivative/gradientParameters.ts';

interface Params {
  order: number;
  delta: number;
  copy: boolean;
}

/** Derivative of any low order: NumPy's `gradient` along the channels, taken `order` times. */
export const derivate = defineTransform<Params, Record<string, never>>({
  id: 'Derivate',
  version: 1,
  title: 'Repeated differences',
  group: 'smooth',
  summary: 'Differences of the neighbouring channels, taken as many times as asked.',
  whenToUse: 'Smooth spectra from which an offset (order 1) or an offset and a slope (order 2) must go.',
  whenNotToUse: 'On noisy spectra: each order amplifies the noise. Use Savitzky–Golay or a gap derivative.',
  references: [
    'Rinnan, Å., van den Berg, F. & Engelsen, S. B. (2009) Trends in Analytical Chemistry 28, 1201–1222. doi:10.1016/j.trac.2009.07.007',
  ],
  aliases: [
    'nirs4all.operators.transforms.Derivate',
    'nirs4all.operators.Derivate',
    'nirs4all.operators.transforms.scalers.Derivate',
  ],
  params: z.strictObject({
    order: z.int().min(0).max(4).default(1).meta({
      title: 'Derivative',
      description: 'Order of the derivative; 0 leaves the spectra as they are.',
    }),
    delta: gradientParameters.delta,
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => differences(params).apply(x),
  onnx(graph, input, _, params) {
    // A graph needs a node of its own, also where nothing changes.
    if (params.order === 0) return { name: graph.node('Identity', [input.name]), cols: input.cols };
    return differences(params).onnx(graph, input);
  },
});

const differences = ({ order, delta }: Params) => gradient('Derivate', { order, delta, edgeOrder: 1 });
