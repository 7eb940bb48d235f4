import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { columnOf } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import {
  instrumentPairs,
  needsTransfer,
  type TransferParameters,
} from '#core/transforms/orthogonal/instrumentPairs.ts';
import {
  instrumentParameter,
  referenceParameter,
  sampleParameter,
} from '#core/transforms/orthogonal/sampleParameters.ts';
import { requireChannels } from '#core/transforms/reduce/requireChannels.ts';

interface Params extends TransferParameters {
  window_length: number;
  n_components: number;
}

/** Row j of `weights` (p × window_length) belongs to channels j − half … j + half; outside of the spectrum it is 0. */
type State = Readonly<{ weights: Float64Array; shift: Float64Array; base: Float64Array; reference: string }>;

/** Piecewise direct standardisation: each channel of the reference from a window of channels of the other instrument. */
export const piecewiseDirectStandardisation = defineTransform<Params, State>({
  id: 'PDS',
  version: 1,
  title: 'Piecewise direct standardisation',
  group: 'orthogonal',
  summary: 'Brings spectra of another instrument to the reference instrument, each channel from its neighbourhood.',
  whenToUse:
    'When instruments differ in gain, offset, resolution or a small wavelength shift; few common samples suffice.',
  whenNotToUse: 'When the wavelength shift is larger than half the window, or when the axes differ: resample first.',
  references: [
    'Wang, Y., Veltkamp, D. J. & Kowalski, B. R. (1991) Analytical Chemistry 63, 2750–2756. doi:10.1021/ac00023a016',
    'Bouveresse, E. & Massart, D. L. (1996) Chemometrics and Intelligent Laboratory Systems 32, 201–213. doi:10.1016/0169-7439(95)00074-7',
  ],
  aliases: ['PiecewiseDirectStandardization', 'PiecewiseDirectStandardisation'],
  params: z.strictObject({
    window_length: z
      .int()
      .min(1)
      .max(501)
      .refine((value) => value % 2 === 1, 'must be odd, so that the window has a middle channel')
      .default(5)
      .meta({
        title: 'Window',
        description: 'Number of channels of the other instrument that predict one channel of the reference, odd.',
        unit: 'channels',
        step: 2,
        odd: true,
      }),
    n_components: z.int().min(1).max(100).default(2).meta({
      title: 'Components',
      description: 'Number of PLS components of the regression in each window.',
    }),
    sample: sampleParameter,
    instrument: instrumentParameter,
    reference: referenceParameter,
  }),
  stateful: true,
  readsMetadata: true,
  target: false,
  fit(x, params, context) {
    const { reference, primary, secondary } = instrumentPairs('PDS', x, params, context);
    const { window_length: window, n_components } = params;
    const half = (window - 1) / 2;
    const shift = columnMeans(secondary);
    const base = columnMeans(primary);
    const from = standardiseColumns(secondary, shift, null);
    const to = standardiseColumns(primary, base, null);
    const weights = new Float64Array(x.cols * window);
    for (let j = 0; j < x.cols; j++) {
      const first = Math.max(0, j - half);
      const last = Math.min(x.cols - 1, j + half);
      const near = mapRows(from, last - first + 1, (spectrum, out) => {
        out.set(spectrum.subarray(first, last + 1));
      });
      const { coefs } = improvedKernelPls(near, columnOf(to, j), Math.min(n_components, near.cols), context.cancel);
      const best = coefs.at(-1);
      if (best) weights.set(best, j * window + first - (j - half));
    }
    return { weights, shift, base, reference };
  },
  apply(x, { weights, shift, base, reference }, { window_length: window, instrument }, rows) {
    requireChannels('PDS', x.cols, shift.length);
    const half = (window - 1) / 2;
    const corrects = needsTransfer(rows, instrument, reference);
    return mapRows(x, x.cols, (spectrum, out, row) => {
      if (!corrects(row)) {
        out.set(spectrum);
        return;
      }
      for (let j = 0; j < out.length; j++) {
        const first = Math.max(0, j - half);
        const last = Math.min(out.length - 1, j + half);
        let sum = base[j];
        for (let k = first; k <= last; k++) sum += (spectrum[k] - shift[k]) * weights[j * window + k - j + half];
        out[j] = sum;
      }
    });
  },
  onnx(graph, input, { weights, shift, base }, { window_length: window }) {
    const p = input.cols;
    const half = (window - 1) / 2;
    const matrix = new Float64Array(p * p);
    for (let j = 0; j < p; j++)
      for (let k = Math.max(0, j - half); k <= Math.min(p - 1, j + half); k++)
        matrix[k * p + j] = weights[j * window + k - j + half];
    const shifted = graph.node('Sub', [input.name, graph.constant(shift, [1, p])]);
    const mapped = graph.node('MatMul', [shifted, graph.constant(matrix, [p, p])]);
    return { name: graph.node('Add', [mapped, graph.constant(base, [1, p])]), cols: p };
  },
});
