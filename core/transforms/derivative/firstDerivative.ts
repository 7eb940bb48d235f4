import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { gradient } from '#core/transforms/derivative/gradient.ts';
import { gradientParameters } from '#core/transforms/derivative/gradientParameters.ts';

interface Params {
  delta: number;
  edge_order: number;
  copy: boolean;
}

/** First derivative by central differences, as NumPy's `gradient`. */
export const firstDerivative = defineTransform<Params, Record<string, never>>({
  id: 'FirstDerivative',
  version: 1,
  title: 'First derivative',
  group: 'smooth',
  summary: 'Differences of the neighbouring channels: the slope of each spectrum.',
  whenToUse: 'Removing a constant offset from smooth spectra.',
  whenNotToUse:
    'On noisy spectra: neighbouring channels differ mostly by noise. Use Savitzky–Golay or a gap derivative.',
  references: [
    'Rinnan, Å., van den Berg, F. & Engelsen, S. B. (2009) Trends in Analytical Chemistry 28, 1201–1222. doi:10.1016/j.trac.2009.07.007',
  ],
  aliases: ['nirs4all.operators.transforms.FirstDerivative', 'nirs4all.operators.transforms.nirs.FirstDerivative'],
  params: z.strictObject({ ...gradientParameters, copy: copyParameter }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => differences(params).apply(x),
  onnx: (graph, input, _, params) => differences(params).onnx(graph, input),
});

const differences = ({ delta, edge_order }: Params) =>
  gradient('FirstDerivative', { order: 1, delta, edgeOrder: edge_order === 1 ? 1 : 2 });
