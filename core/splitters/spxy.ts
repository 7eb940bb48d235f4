import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
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
  pca_components: number | null;
  metric: DistanceMetric;
}

/** Kennard–Stone on the joint distance of spectra and target. */
export const spxy = defineSplitter<Params>({
  id: 'SPXY',
  version: 1,
  title: 'SPXY',
  group: 'split',
  usesSpectra: true,
  summary: 'Chooses training samples that cover the range of spectra and of the target evenly; the rest validates.',
  whenToUse: 'To set aside one validation part when the calibration must span spectra and reference values.',
  whenNotToUse:
    'To estimate the error on new samples: it looks at the target and lets extremes train, so the validation part looks easy.',
  references: ['Galvão, R. K. H. et al. (2005) Talanta 67, 736–740. doi:10.1016/j.talanta.2005.03.025'],
  aliases: [
    'SPXYSplitter',
    'nirs4all.operators.splitters.SPXYSplitter',
    'nirs4all.operators.splitters.splitters.SPXYSplitter',
  ],
  params: z
    .strictObject({
      test_size: splitterParameters.partSize,
      random_state: splitterParameters.unusedSeed,
      pca_components: splitterParameters.components,
      metric: splitterParameters.metric,
    })
    .refine(...mahalanobisNeedsComponents),
  describe: ({ test_size }) => `SPXY(${test_size})`,
  countFolds: () => 1,
  split({ n, x, y, cancel }, { test_size, pca_components, metric }) {
    requireSamples('SPXY', n, 3);
    const { train } = splitSizes('SPXY', n, test_size, null);
    const space = distanceSpace(x, pca_components, metric === 'mahalanobis', cancel);
    const target = { values: y, metric: metric === 'sqeuclidean' ? metric : ('euclidean' as const) };
    const distances = pairDistances('SPXY', space, metric, target, cancel);
    return [foldOfTraining(n, maximinOfPairs(distances, train, cancel))];
  },
});
