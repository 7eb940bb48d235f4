import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { lowerHull } from '#core/numerics/lowerHull.ts';
import { mapRows } from '#core/numerics/mapRows.ts';

/** Rubber band baseline: each spectrum minus its lower convex hull. */
export const rubberBand = defineTransform<Record<string, never>, Record<string, never>>({
  id: 'RubberBand',
  version: 1,
  title: 'Rubber band baseline',
  group: 'baseline',
  summary: 'Subtracts the line of a rubber band that is stretched along the underside of each spectrum.',
  whenToUse: 'Infrared and Raman spectra whose background bulges down, with clear minima between the bands.',
  whenNotToUse:
    'When the background bulges up (the band stays below it), or a single low outlier channel holds the band.',
  references: ['Andrew, A. M. (1979) Information Processing Letters 9, 216–219. doi:10.1016/0020-0190(79)90072-3'],
  aliases: [
    'ConvexHullBaseline',
    'RubberbandCorrection',
    'chemotools.baseline.RubberbandCorrection',
    'chemotools.baseline._rubberband_correction.RubberbandCorrection',
  ],
  params: z.strictObject({}),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x) =>
    mapRows(x, x.cols, (spectrum, out) => {
      const band = lowerHull(spectrum);
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] - band[j];
    }),
  noOnnx:
    'RubberBand looks for the corners of each spectrum, which an ONNX graph does not hold. Use Detrend, PolynomialBaseline or a derivative in models that are exported to ONNX, or keep the native model format.',
});
