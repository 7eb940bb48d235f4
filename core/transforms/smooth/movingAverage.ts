import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { slidingFilter } from '#core/transforms/smooth/slidingFilter.ts';

interface Params {
  window_size: number;
  mode: 'nearest' | 'reflect' | 'mirror' | 'wrap';
}

/** Moving average: each channel becomes the mean of a window around it, as SciPy's `uniform_filter1d`. */
export const movingAverage = defineTransform<Params, Record<string, never>>({
  id: 'MovingAverage',
  version: 1,
  title: 'Moving average',
  group: 'smooth',
  summary: 'Replaces each channel by the mean of the channels around it.',
  whenToUse: 'Noisy spectra with bands much broader than the window.',
  whenNotToUse: 'When bands are narrow: it lowers and widens them more than Savitzky–Golay with the same window.',
  references: ['Savitzky, A. & Golay, M. J. E. (1964) Analytical Chemistry 36, 1627–1639. doi:10.1021/ac60214a047'],
  aliases: [
    'MeanFilter',
    'chemotools.smooth.MeanFilter',
    'chemotools.smooth._mean_filter.MeanFilter',
    'scipy.ndimage.uniform_filter1d',
  ],
  params: z.strictObject({
    window_size: z
      .int()
      .min(1)
      .max(501)
      .refine((value) => value % 2 === 1, 'must be odd, so that the window has a middle channel')
      .default(3)
      .meta({
        title: 'Window',
        description: 'Number of channels that are averaged, odd.',
        unit: 'channels',
        step: 2,
        odd: true,
      }),
    mode: z.enum(['nearest', 'reflect', 'mirror', 'wrap']).default('nearest').meta({
      title: 'Ends',
      description:
        'How the spectrum goes on beyond its ends. nearest: the end value; reflect: mirrored, end value twice; mirror: mirrored, end value once; wrap: from the other end.',
    }),
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => filterOf(params).apply(x),
  onnx: (graph, input, _, params) => filterOf(params).onnx(graph, input),
});

const filterOf = ({ window_size, mode }: Params) =>
  slidingFilter([new Float64Array(window_size).fill(1 / window_size)], mode);
