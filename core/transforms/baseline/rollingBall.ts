import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { convolveInto } from '#core/numerics/convolveInto.ts';
import { extrapolateEnds } from '#core/numerics/extrapolateEnds.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { movingMaximum, movingMinimum } from '#core/numerics/movingMinimum.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';

interface Params {
  half_window: number;
  smooth_half_window: number | null;
  copy: boolean;
}

/** Rolling ball baseline: moving minimum, then moving maximum, then a moving average of the result. */
export const rollingBall = defineTransform<Params, Record<string, never>>({
  id: 'RollingBall',
  version: 1,
  title: 'Rolling ball baseline',
  group: 'baseline',
  summary: 'Subtracts the track of a ball that is rolled along the underside of each spectrum.',
  whenToUse: 'Positive peaks that are clearly narrower than the features of the background.',
  whenNotToUse: 'When bands are broader than the window, which then count as background, or point down.',
  references: [
    'Kneen, M. A. & Annegarn, H. J. (1996) Nuclear Instruments and Methods in Physics Research B 109–110, 209–213. doi:10.1016/0168-583X(95)00908-6',
    'Liland, K. H., Almøy, T. & Mevik, B.-H. (2010) Applied Spectroscopy 64, 1007–1016. doi:10.1366/000370210792434350',
  ],
  aliases: [
    'nirs4all.operators.transforms.RollingBall',
    'nirs4all.operators.transforms.nirs.RollingBall',
    'pybaselines.morphological.rolling_ball',
    'pybaselines.Baseline.rolling_ball',
  ],
  params: z.strictObject({
    half_window: z.int().min(1).max(2000).default(50).meta({
      title: 'Radius',
      description: 'Channels on either side of the moving minimum and maximum; wider than the broadest band.',
      unit: 'channels',
    }),
    smooth_half_window: z.int().min(0).max(2000).nullable().default(null).meta({
      title: 'Smoothing',
      description: 'Channels on either side of the final moving average. Empty: the same as the radius; 0: none.',
      unit: 'channels',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply(x, _, { half_window, smooth_half_window }) {
    const half = smooth_half_window ?? half_window;
    const weights = new Float64Array(2 * half + 1).fill(1 / (2 * half + 1));
    const baseline = new Float64Array(x.cols);
    return mapRows(x, x.cols, (spectrum, out) => {
      const rough = movingMaximum(movingMinimum(spectrum, half_window), half_window);
      convolveInto(extrapolateEnds(rough, half), weights, baseline);
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] - baseline[j];
    });
  },
  noOnnx:
    'RollingBall takes moving minima and maxima of each spectrum, which is not written to ONNX. Use Detrend, PolynomialBaseline or a derivative in models that are exported to ONNX, or keep the native model format.',
});
