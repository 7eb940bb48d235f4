import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { extrapolateEnds } from '#core/numerics/extrapolateEnds.ts';
import { snipInto } from '#core/numerics/snipInto.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { iterativeBaselineNotice } from '#core/transforms/baseline/iterativeBaselineNotice.ts';

interface Params {
  max_half_window: number;
  decreasing: boolean;
  smooth_half_window: number | null;
  filter_order: number;
  copy: boolean;
}

/** SNIP: each channel is clipped at the mean of two channels at the same distance, for one distance after the other. */
export const snip = defineTransform<Params, Record<string, never>>({
  id: 'SNIP',
  version: 1,
  title: 'SNIP baseline',
  group: 'baseline',
  summary: 'Subtracts the background that is left when the peaks of each spectrum are clipped again and again.',
  whenToUse: 'Many sharp positive peaks on a curved background, such as Raman, X-ray fluorescence or LIBS spectra.',
  whenNotToUse: 'When bands are broader than twice the window, which then lose their tops, or point down.',
  references: [
    'Ryan, C. G. et al. (1988) Nuclear Instruments and Methods in Physics Research B 34, 396–402. doi:10.1016/0168-583X(88)90063-8',
    'Morháč, M. & Matoušek, V. (2008) Applied Spectroscopy 62, 91–106. doi:10.1366/000370208783412762',
  ],
  aliases: [
    'nirs4all.operators.transforms.SNIP',
    'nirs4all.operators.transforms.nirs.SNIP',
    'pybaselines.smooth.snip',
    'pybaselines.Baseline.snip',
  ],
  params: z.strictObject({
    max_half_window: z.int().min(1).max(2000).default(40).meta({
      title: 'Largest distance',
      description: 'About half the width of the broadest peak. At most half of the spectrum is used.',
      unit: 'channels',
    }),
    decreasing: z.boolean().default(true).meta({
      title: 'Large distances first',
      description: 'On: from the largest distance to 1, which gives a smoother background; off: from 1 up.',
    }),
    smooth_half_window: z.int().min(0).max(200).nullable().default(null).meta({
      title: 'Smoothing',
      description: 'Channels on either side that are averaged in each round, against noise. Empty or 0: no smoothing.',
      unit: 'channels',
    }),
    filter_order: z
      .int()
      .min(2)
      .max(8)
      .refine((value) => value % 2 === 0, 'must be 2, 4, 6 or 8')
      .default(2)
      .meta({
        title: 'Background order',
        description: '2 for straight pieces of background; 4, 6 and 8 follow curved backgrounds more closely.',
        step: 2,
      }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply(x, _, { max_half_window, decreasing, smooth_half_window, filter_order }) {
    const reach = Math.min(max_half_window, Math.floor((x.cols - 1) / 2));
    const distances = Array.from({ length: reach }, (_distance, k) => (decreasing ? reach - k : k + 1));
    return mapRows(x, x.cols, (spectrum, out) => {
      const background = extrapolateEnds(spectrum, reach);
      for (const distance of distances) snipInto(distance, filter_order, smooth_half_window ?? 0, background);
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] - background[j + reach];
    });
  },
  noOnnx: iterativeBaselineNotice('SNIP'),
});
