import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { distanceSpace } from '#core/splitters/distanceSpace.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { pairDistances, type TargetMetric } from '#core/splitters/pairDistances.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import type { DistanceMetric } from '#core/splitters/rowDistance.ts';
import { mahalanobisNeedsComponents, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { spreadFolds } from '#core/splitters/spreadFolds.ts';

interface Params {
  n_splits: number;
  metric: DistanceMetric;
  y_metric: TargetMetric | null;
  pca_components: number | null;
  random_state: number | null;
}

/** K-fold whose parts each cover spectra and target, fold by fold as nirs4all's `SPXYFold`. */
export const spxyFold = defineSplitter<Params>({
  id: 'SPXYFold',
  version: 1,
  title: 'SPXY K-fold',
  group: 'split',
  usesSpectra: true,
  summary: 'K-fold in which every part covers the range of the spectra and of the target.',
  whenToUse: 'Small sets, where a random K-fold may leave a part of the range to one fold.',
  whenNotToUse:
    'To estimate the error on new samples: the folds are chosen with the target in view. Not for several spectra of one sample: use SPXYGFold.',
  references: ['Galvão, R. K. H. et al. (2005) Talanta 67, 736–740. doi:10.1016/j.talanta.2005.03.025'],
  aliases: ['nirs4all.operators.splitters.SPXYFold', 'nirs4all.operators.splitters.splitters.SPXYFold'],
  params: z
    .strictObject({
      n_splits: splitterParameters.folds(5),
      metric: splitterParameters.metric,
      y_metric: splitterParameters.targetMetric,
      pca_components: splitterParameters.components,
      random_state: splitterParameters.unusedSeed,
    })
    .refine(...mahalanobisNeedsComponents),
  describe: ({ n_splits }) => `SPXYFold(${n_splits})`,
  countFolds: ({ n_splits }) => n_splits,
  split({ n, x, y, cancel }, { n_splits, metric, y_metric, pca_components }) {
    requireSamples('SPXYFold', n, n_splits);
    const space = distanceSpace(x, pca_components, metric === 'mahalanobis', cancel);
    const target = y_metric === null ? null : { values: y, metric: y_metric };
    const distances = pairDistances('SPXYFold', space, metric, target, cancel);
    const parts = spreadFolds(distances, n_splits, cancel).map((rows) => Int32Array.from(rows).sort());
    return foldsFromValidation(n, parts);
  },
});
