import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { median } from '#core/numerics/median.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { medianNodes } from '#core/transforms/scatter/medianNodes.ts';
import { rowAxisParameter } from '#core/transforms/scatter/rowAxisParameter.ts';

interface Params {
  axis: number;
  with_center: boolean;
  with_scale: boolean;
  k: number;
  copy: boolean;
}

/** SNV with the median for the mean and the median absolute deviation for the standard deviation. */
export const robustStandardNormalVariate = defineTransform<Params, Record<string, never>>({
  id: 'RobustSNV',
  version: 1,
  title: 'Robust standard normal variate',
  group: 'scatter',
  summary: 'Centres each spectrum on its median and divides it by its median absolute deviation.',
  whenToUse: 'Spectra with an offset and a gain, in which a few strong bands or spikes would dominate SNV.',
  whenNotToUse: 'When more than half of a spectrum is flat: its median absolute deviation then measures noise alone.',
  references: [
    'Guo, Q., Wu, W. & Massart, D. L. (1999) Analytica Chimica Acta 382, 87–103. doi:10.1016/S0003-2670(98)00737-5',
  ],
  aliases: [
    'RSNV',
    'RobustStandardNormalVariate',
    'nirs4all.operators.transforms.RobustStandardNormalVariate',
    'nirs4all.operators.RobustStandardNormalVariate',
    'nirs4all.operators.transforms.scalers.RobustStandardNormalVariate',
  ],
  params: z.strictObject({
    axis: rowAxisParameter,
    with_center: z.boolean().default(true).meta({ title: 'Centre', description: 'Subtract the median.' }),
    with_scale: z.boolean().default(true).meta({
      title: 'Scale',
      description: 'Divide by the median absolute deviation (of the spectrum as it is, when it is not centred).',
    }),
    k: z.number().positive().default(1.4826).meta({
      title: 'Factor',
      description:
        'Multiplies the median absolute deviation; 1.4826 makes it equal the standard deviation of normal noise.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, { with_center, with_scale, k }) =>
    mapRows(x, x.cols, (spectrum, out, row) => {
      const centre = with_center ? median(spectrum) : 0;
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] - centre;
      if (!with_scale) return;
      const scale = k * median(out.map(Math.abs));
      // Written so that NaN is caught too.
      if (!(scale > 0)) throw new EngineError('numerics.degenerate', { what: 'Median absolute deviation', row });
      for (let j = 0; j < out.length; j++) out[j] /= scale;
    }),
  onnx(graph, input, _, { with_center, with_scale, k }) {
    const { cols } = input;
    const centred = with_center
      ? graph.node('Sub', [input.name, medianNodes(graph, input)])
      : graph.node('Identity', [input.name]);
    if (!with_scale) return { name: centred, cols };
    const deviation = medianNodes(graph, { name: graph.node('Abs', [centred]), cols });
    const scale = graph.node('Mul', [deviation, graph.constant(Float64Array.of(k), [])]);
    return { name: graph.node('Div', [centred, scale]), cols };
  },
});
