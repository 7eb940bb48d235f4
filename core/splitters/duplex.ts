import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { distanceSpace } from '#core/splitters/distanceSpace.ts';
import { duplexSets } from '#core/splitters/duplexSets.ts';
import { foldOfTraining } from '#core/splitters/foldOfTraining.ts';
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

/** DUPLEX: training and validation take turns, so that both cover the spectra. */
export const duplex = defineSplitter<Params>({
  id: 'DUPLEX',
  version: 1,
  title: 'DUPLEX',
  group: 'split',
  usesSpectra: true,
  summary: 'Chooses training and validation samples in turn, so that both cover the range of the spectra.',
  whenToUse: 'One validation part that is as demanding as the training part, unlike that of Kennard–Stone.',
  whenNotToUse:
    'With clear outliers: they are chosen first, one half of them for validation. One fold gives no spread.',
  references: ['Snee, R. D. (1977) Technometrics 19, 415–428. doi:10.1080/00401706.1977.10489581'],
  aliases: ['Duplex', 'DuplexSplitter', 'prospectr.duplex'],
  params: z
    .strictObject({
      test_size: splitterParameters.partSize,
      random_state: splitterParameters.unusedSeed,
      pca_components: splitterParameters.components,
      metric: splitterParameters.metric,
    })
    .refine(...mahalanobisNeedsComponents),
  describe: ({ test_size }) => `DUPLEX(${test_size})`,
  countFolds: () => 1,
  split({ n, x, cancel }, { test_size, pca_components, metric }) {
    requireSamples('DUPLEX', n, 4);
    const { train, validation } = splitSizes('DUPLEX', n, test_size, null);
    const space = distanceSpace(x, pca_components, metric === 'mahalanobis', cancel);
    const distances = pairDistances('DUPLEX', space, metric, null, cancel);
    const sets = duplexSets(distances, Math.min(train, validation), cancel);
    const rest = new Set(Array.from({ length: n }, (_, row) => row));
    for (const row of validation <= train ? sets.validation : sets.train) rest.delete(row);
    return [foldOfTraining(n, validation <= train ? rest : sets.train)];
  },
});
