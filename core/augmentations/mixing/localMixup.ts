import { z } from 'zod';
import {
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
} from '#core/augmentations/augmentationParameters.ts';
import { drawsOf, symmetricBeta } from '#core/augmentations/draws.ts';
import { mixedSamples } from '#core/augmentations/mixing/mixedSamples.ts';
import { defineAugmentation } from '#core/data/operator.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

interface Params extends CompatibleParams {
  alpha: number;
  k_neighbors: number;
}

/** Mixup with one of the nearest spectra. */
export const localMixup = defineAugmentation<Params>({
  id: 'LocalMixup',
  version: 1,
  title: 'Local mixup',
  group: 'augment',
  summary: 'Mixes each sample with one of the samples whose spectra are nearest to its own.',
  whenToUse: 'When samples form clusters, or the relation is curved: mixtures of neighbours stay realistic.',
  whenNotToUse: 'With very few samples: the neighbours are then far away, and Mixup does the same.',
  references: [
    'Zhang, H., Cisse, M., Dauphin, Y. N. & Lopez-Paz, D. (2018) mixup: Beyond empirical risk minimization, ICLR, arXiv:1710.09412',
    'Chawla, N. V. et al. (2002) SMOTE, Journal of Artificial Intelligence Research 16, 321–357. doi:10.1613/jair.953 (mixing with neighbours)',
  ],
  aliases: ['LocalMixupAugmenter', ...pythonNames('spectral', 'LocalMixupAugmenter')],
  params: z.strictObject({
    alpha: z.number().positive().max(1000).default(0.2).meta({
      title: 'Mixing',
      description: 'Both parameters of the beta distribution of the weight. Small: nearly pure samples; 1: any weight.',
      step: 0.1,
    }),
    k_neighbors: z.int().min(1).max(1000).default(5).meta({
      title: 'Neighbours',
      description: 'Number of nearest samples from which the partner is drawn.',
    }),
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    return mixedSamples(input, context, (row) => {
      const neighbours = nearestRows(input.x, row, params.k_neighbors);
      const weight = symmetricBeta(random, params.alpha);
      if (neighbours.length === 0) {
        context.notice('LocalMixup needs two different spectra; one alone stays as it is.');
        return { partner: row, weight };
      }
      return { partner: neighbours[random.interval(neighbours.length - 1)], weight };
    });
  },
});

/** The k rows nearest to a row, nearest first. Equal spectra (copies of one sample) are no neighbours: nothing would mix. */
function nearestRows(x: Matrix, row: number, k: number): number[] {
  const own = rowOf(x, row);
  const found: { other: number; distance: number }[] = [];
  for (let other = 0; other < x.rows; other++) {
    const spectrum = rowOf(x, other);
    let distance = 0;
    for (let j = 0; j < own.length; j++) distance += (spectrum[j] - own[j]) ** 2;
    if (distance > 0) found.push({ other, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || a.other - b.other)
    .slice(0, k)
    .map(({ other }) => other);
}
