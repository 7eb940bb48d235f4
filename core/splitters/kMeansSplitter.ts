import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { distanceSpace } from '#core/splitters/distanceSpace.ts';
import { foldOfTraining } from '#core/splitters/foldOfTraining.ts';
import { kMeansClusters } from '#core/splitters/kMeansClusters.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { rowDistance, type DistanceMetric } from '#core/splitters/rowDistance.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { DEFAULT_SEED, mahalanobisNeedsComponents, splitterParameters } from '#core/splitters/splitterParameters.ts';

interface Params {
  test_size: number;
  random_state: number | null;
  pca_components: number | null;
  metric: DistanceMetric;
}

/** One training sample from each k-means cluster, as nirs4all's `KMeansSplitter`. */
export const kMeansSplitter = defineSplitter<Params>({
  id: 'KMeansSplitter',
  version: 1,
  title: 'k-means',
  group: 'split',
  usesSpectra: true,
  summary: 'Makes as many clusters as training samples are wanted and trains on the sample nearest to each centre.',
  whenToUse: 'To choose typical samples for training (for example for reference analysis) from many spectra.',
  whenNotToUse: 'When extremes must be in the calibration: use KennardStone. Slow above a few thousand samples.',
  references: ['Næs, T. (1987) Journal of Chemometrics 1, 121–134. doi:10.1002/cem.1180010207'],
  aliases: [
    'KMeansSplit',
    'nirs4all.operators.splitters.KMeansSplitter',
    'nirs4all.operators.splitters.splitters.KMeansSplitter',
  ],
  params: z
    .strictObject({
      test_size: splitterParameters.partSize,
      random_state: splitterParameters.seed,
      pca_components: splitterParameters.components,
      metric: splitterParameters.metric.meta({
        title: 'Distance',
        description: 'Finds the sample nearest to a centre; the clusters themselves are always Euclidean.',
      }),
    })
    .refine(...mahalanobisNeedsComponents),
  describe: ({ test_size }) => `KMeansSplitter(${test_size})`,
  countFolds: () => 1,
  split({ n, x, cancel }, { test_size, random_state, pca_components, metric }) {
    requireSamples('KMeansSplitter', n, 2);
    const { train } = splitSizes('KMeansSplitter', n, test_size, null);
    const space = distanceSpace(x, pca_components, metric === 'mahalanobis', cancel);
    const draws = randomState(random_state ?? DEFAULT_SEED);
    const { centred, centres } = kMeansClusters(space, train, STARTS, draws, cancel);
    const distance = rowDistance(metric);
    const chosen = new Set<number>();
    for (let k = 0; k < centres.rows; k++) {
      const gaps = Float64Array.from({ length: n }, (_, i) => distance(centred, i, centres, k));
      const least = gaps.reduce((a, b) => Math.min(a, b), Infinity);
      // Both samples of a pair are equally near to their mean: the earlier one, whatever the rounding says.
      chosen.add(gaps.findIndex((gap) => gap <= least * (1 + 1e-9)));
    }
    return [foldOfTraining(n, chosen)];
  },
});

const STARTS = 10;
