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

/** Second derivative: NumPy's `gradient` taken twice. */
export const secondDerivative = defineTransform<Params, Record<string, never>>({
  id: 'SecondDerivative',
  version: 1,
  title: 'Second derivative',
  group: 'smooth',
  summary: 'Differences of the neighbouring channels, taken twice: the curvature of each spectrum.',
  whenToUse: 'Removing an offset and a slope from smooth spectra, and sharpening overlapping bands.',
  whenNotToUse: 'On spectra with any visible noise: it is amplified twice. Use Savitzky–Golay or a gap derivative.',
  references: [
    'Rinnan, Å., van den Berg, F. & Engelsen, S. B. (2009) Trends in Analytical Chemistry 28, 1201–1222. doi:10.1016/j.trac.2009.07.007',
  ],
  aliases: ['nirs4all.operators.transforms.SecondDerivative', 'nirs4all.operators.transforms.nirs.SecondDerivative'],
  params: z.strictObject({ ...gradientParameters, copy: copyParameter }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => differences(params).apply(x),
  onnx: (graph, input, _, params) => differences(params).onnx(graph, input),
});

const differences = ({ delta, edge_order }: Params) =>
  gradient('SecondDerivative', { order: 2, delta, edgeOrder: edge_order === 1 ? 1 : 2 });
