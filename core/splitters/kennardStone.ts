import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { maximinOrder } from '#core/numerics/maximinOrder.ts';
import { distanceSpace } from '#core/splitters/distanceSpace.ts';
import { foldOfTraining } from '#core/splitters/foldOfTraining.ts';
import { maximinOfPairs } from '#core/splitters/maximinOfPairs.ts';
import { pairDistances } from '#core/splitters/pairDistances.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import type { DistanceMetric } from '#core/splitters/rowDistance.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { mahalanobisNeedsComponents, splitterParameters } from '#core/splitters/splitterParameters.ts';

interface Params {
  test_size: number;
  random_state: number | null;
  metric: DistanceMetric;
  pca_components: number | null;
}

/** Kennard–Stone: one fold whose training part covers the spectra evenly. */
export const kennardStone = defineSplitter<Params>({
  id: 'KennardStone',
  version: 1,
  title: 'Kennard–Stone',
  group: 'split',
  usesSpectra: true,
  summary: 'Chooses training samples that cover the range of the spectra evenly; the rest validates.',
  whenToUse: 'To set aside one validation part when the calibration must span all the variation seen.',
  whenNotToUse:
    'To estimate the error on new samples: extremes always train, so the validation part looks easy. One fold also gives no spread.',
  references: ['Kennard, R. W. & Stone, L. A. (1969) Technometrics 11, 137–148. doi:10.1080/00401706.1969.10490666'],
  aliases: [
    'KennardStoneSplitter',
    'nirs4all.operators.splitters.KennardStoneSplitter',
    'nirs4all.operators.splitters.splitters.KennardStoneSplitter',
    'kennard_stone.KFold',
  ],
  params: z
    .strictObject({
      test_size: splitterParameters.partSize,
      random_state: splitterParameters.unusedSeed,
      metric: splitterParameters.metric,
      pca_components: splitterParameters.components,
    })
    .refine(...mahalanobisNeedsComponents),
  describe: ({ test_size }) => `KennardStone(${test_size})`,
  countFolds: () => 1,
  split(input, params) {
    requireSamples('KennardStone', input.n, 3);
    const { x, n, cancel } = input;
    const { train } = splitSizes('KennardStone', n, params.test_size, null);
    const count = Math.max(2, train); // the first two are chosen as a pair
    const space = distanceSpace(x, params.pca_components, params.metric === 'mahalanobis', cancel);
    // Euclidean distances need no table of all pairs.
    const chosen =
      params.metric === 'euclidean' || params.metric === 'mahalanobis'
        ? maximinOrder(space, count, cancel)
        : maximinOfPairs(pairDistances('KennardStone', space, params.metric, null, cancel), count, cancel);
    return [foldOfTraining(n, chosen.slice(0, train))];
  },
});
