import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { columnOf } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { median } from '#core/numerics/median.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { scatterScaleParameter } from '#core/transforms/scatter/scatterScaleParameter.ts';

interface Params {
  method: 'mean' | 'median';
  scale: boolean;
  copy: boolean;
}

/**
 * Multiplicative scatter correction: each spectrum x is regressed on the mean training spectrum m, x ≈ a + b·m, and
 * returned as (x − a) / b. It learns m, so it belongs inside the fold.
 */
export const multiplicativeScatterCorrection = defineTransform<Params, { reference: Float64Array }>({
  id: 'MSC',
  version: 1,
  title: 'Multiplicative scatter correction',
  group: 'scatter',
  summary: 'Removes the offset and gain of each spectrum relative to the mean training spectrum.',
  whenToUse: 'Samples of one kind whose spectra are close to a common shape and differ by scatter and path length.',
  whenNotToUse:
    'When samples differ so much chemically that no common reference fits them, or when strong bands follow the target.',
  references: [
    'Geladi, P., MacDougall, D. & Martens, H. (1985) Applied Spectroscopy 39, 491–500. doi:10.1366/0003702854248656',
  ],
  aliases: [
    'MultiplicativeScatterCorrection',
    'nirs4all.operators.transforms.MultiplicativeScatterCorrection',
    'nirs4all.operators.MultiplicativeScatterCorrection',
    'nirs4all.operators.transforms.nirs.MultiplicativeScatterCorrection',
    'nirs4all.operators.transforms.MSC',
    'chemotools.scatter.MultiplicativeScatterCorrection',
    'chemotools.scatter._multiplicative_scatter_correction.MultiplicativeScatterCorrection',
  ],
  params: z.strictObject({
    method: z.enum(['mean', 'median']).default('mean').meta({
      title: 'Reference',
      description: 'The reference is the mean or the median training spectrum, channel by channel.',
    }),
    scale: scatterScaleParameter,
    copy: copyParameter,
  }),
  stateful: true,
  target: false,
  rowAffine: () => true,
  fit(x, { method }) {
    if (x.rows === 0)
      throw new EngineError('numerics.too-few', { operator: 'MSC', what: 'spectra', needed: 1, found: 0 });
    if (method === 'median')
      return { reference: Float64Array.from({ length: x.cols }, (_, j) => median(columnOf(x, j))) };
    return { reference: columnMeans(x) };
  },
  apply(x, { reference }) {
    if (x.cols !== reference.length)
      throw new EngineError('numerics.shape', {
        what: 'MSC',
        expected: `${reference.length} channels, as in training`,
        found: String(x.cols),
      });
    const { centred, squares, level } = centredReference(reference);
    return throughKernels(x, { held: [centred], figures: 2 }, (room, rows, first) => {
      const { kernels, block, cols, figures, figureValues: by } = room;
      kernels.rowProducts(block, rows, cols, room.held[0], figures);
      for (let i = 0; i < rows; i++) {
        const slope = by[2 * i + 1] / squares;
        // Written so that NaN (a flat reference) is caught too.
        if (!(Math.abs(slope) >= SMALLEST_SLOPE))
          throw new EngineError('numerics.degenerate', { what: 'Scatter slope', row: first + i });
        by[2 * i] = by[2 * i] / cols - slope * level;
        by[2 * i + 1] = 1 / slope;
      }
      kernels.shiftScaleRows(block, rows, cols, figures);
    });
  },
  onnx(graph, input, { reference }) {
    const { centred, squares, level } = centredReference(reference);
    const weights = graph.constant(
      centred.map((value) => value / squares),
      [input.cols, 1],
    );
    const slope = graph.node('MatMul', [input.name, weights]);
    const mean = graph.node('ReduceMean', [input.name], { axes: [1], keepdims: 1 });
    const share = graph.node('Mul', [slope, graph.constant(Float64Array.of(level), [])]);
    const offset = graph.node('Sub', [mean, share]);
    const name = graph.node('Div', [graph.node('Sub', [input.name, offset]), slope]);
    return { name, cols: input.cols };
  },
});

function centredReference(reference: Float64Array): { centred: Float64Array; squares: number; level: number } {
  const level = mean(reference);
  const centred = reference.map((value) => value - level);
  let squares = 0;
  for (let j = 0; j < centred.length; j++) squares += centred[j] * centred[j];
  return { centred, squares, level };
}

/** A slope is a gain near 1; below this the division returns noise, not a spectrum. */
const SMALLEST_SLOPE = 1e-12;
