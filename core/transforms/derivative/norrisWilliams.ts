import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { slidingFilter } from '#core/transforms/smooth/slidingFilter.ts';

interface Params {
  gap: number;
  segment: number;
  deriv: number;
  delta: number;
  copy: boolean;
}

/**
 * Norris–Williams gap derivative: the mean of a segment of channels, then the difference of two such means 2·gap
 * channels apart; both twice for the second derivative. The end values are repeated beyond the ends.
 */
export const norrisWilliams = defineTransform<Params, Record<string, never>>({
  id: 'NorrisWilliams',
  version: 1,
  title: 'Norris–Williams gap derivative',
  group: 'smooth',
  summary: 'Averages segments of channels and takes the difference of segments that lie a gap apart.',
  whenToUse: 'Broad overlapping bands and noisy spectra, where a difference of neighbouring channels is mostly noise.',
  whenNotToUse: 'When bands are narrower than the gap, which then links channels of different bands.',
  references: [
    'Norris, K. H. & Williams, P. C. (1984) Cereal Chemistry 61, 158–165.',
    'Rinnan, Å., van den Berg, F. & Engelsen, S. B. (2009) Trends in Analytical Chemistry 28, 1201–1222. doi:10.1016/j.trac.2009.07.007',
  ],
  aliases: [
    'NorrisGap',
    'GapDerivative',
    'nirs4all.operators.transforms.NorrisWilliams',
    'nirs4all.operators.transforms.norris_williams.NorrisWilliams',
  ],
  params: z.strictObject({
    gap: z.int().min(1).max(200).default(5).meta({
      title: 'Gap',
      description: 'The two segments lie this far to the left and to the right of each channel.',
      unit: 'channels',
    }),
    segment: z
      .int()
      .min(1)
      .max(201)
      .refine((value) => value % 2 === 1, 'must be odd, so that the segment has a middle channel')
      .default(5)
      .meta({
        title: 'Segment',
        description: 'Number of channels that are averaged, odd; 1 averages nothing.',
        unit: 'channels',
        step: 2,
        odd: true,
      }),
    deriv: z.int().min(1).max(2).default(1).meta({
      title: 'Derivative',
      description: 'Order of the derivative.',
    }),
    delta: z.number().positive().default(1).meta({
      title: 'Channel spacing',
      description: 'Distance between neighbouring channels, for the unit of the derivative.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => filterOf(params).apply(x),
  onnx: (graph, input, _, params) => filterOf(params).onnx(graph, input),
});

function filterOf({ gap, segment, deriv, delta }: Params) {
  const mean = new Float64Array(segment).fill(1 / segment);
  const difference = new Float64Array(2 * gap + 1);
  difference[0] = -1 / (2 * gap * delta);
  difference[2 * gap] = -difference[0];
  const once = segment === 1 ? [difference] : [mean, difference];
  return slidingFilter(Array.from({ length: deriv }, () => once).flat(), 'nearest');
}
