import { z } from 'zod';
import { defineSplitter, type SplitInput } from '#core/data/operator.ts';
import { quantile } from '#core/numerics/quantile.ts';
import { columnOf, takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { distanceSpace } from '#core/splitters/distanceSpace.ts';
import { foldOfTraining } from '#core/splitters/foldOfTraining.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { groupCodes, requireGroups, rowsOfGroups, type GroupCodes } from '#core/splitters/groupCodes.ts';
import { maximinOfPairs } from '#core/splitters/maximinOfPairs.ts';
import { pairDistances, type TargetMetric } from '#core/splitters/pairDistances.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import type { DistanceMetric } from '#core/splitters/rowDistance.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { mahalanobisNeedsComponents, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { spreadFolds } from '#core/splitters/spreadFolds.ts';

interface Params {
  n_splits: number;
  test_size: number | null;
  metric: DistanceMetric;
  y_metric: TargetMetric | null;
  aggregation: 'mean' | 'median';
  pca_components: number | null;
  random_state: number | null;
}

/** SPXY K-fold (or, with one split, SPXY) over whole groups, fold by fold as nirs4all's `SPXYGFold`. */
export const spxyGFold = defineSplitter<Params>({
  id: 'SPXYGFold',
  version: 1,
  title: 'SPXY group K-fold',
  group: 'split',
  usesSpectra: true,
  summary: 'SPXY K-fold that keeps groups whole: each group counts as one sample, its mean spectrum.',
  whenToUse: 'Small sets with several spectra of each physical sample, where every fold should cover the range.',
  whenNotToUse: 'To estimate the error on new samples: the folds are chosen with the target in view. Use GroupKFold.',
  references: ['Galvão, R. K. H. et al. (2005) Talanta 67, 736–740. doi:10.1016/j.talanta.2005.03.025'],
  aliases: ['nirs4all.operators.splitters.SPXYGFold', 'nirs4all.operators.splitters.splitters.SPXYGFold'],
  groups: 'optional',
  params: z
    .strictObject({
      n_splits: z
        .int()
        .min(1)
        .max(1000)
        .default(5)
        .meta({ title: 'Folds', description: 'Number of parts, each held out once. 1: a single SPXY split.' }),
      test_size: splitterParameters.size().nullable().default(null).meta({
        title: 'Validation part',
        description: 'With one split: a fraction below 1, rounded up, or a number of groups. Empty: 0.25.',
      }),
      metric: splitterParameters.metric,
      y_metric: splitterParameters.targetMetric,
      aggregation: z
        .enum(['mean', 'median'])
        .default('mean')
        .meta({ title: 'Group summary', description: 'What stands for the spectra and targets of a group.' }),
      pca_components: splitterParameters.components,
      random_state: splitterParameters.unusedSeed,
    })
    .refine(...mahalanobisNeedsComponents),
  describe: ({ n_splits }) => `SPXYGFold(${n_splits})`,
  countFolds: ({ n_splits }) => n_splits,
  split(input, params) {
    const { n_splits, metric, y_metric, pca_components } = params;
    const { n, cancel } = input;
    requireSamples('SPXYGFold', n, Math.max(3, n_splits));
    const own = Array.from({ length: n }, (_, row) => String(row));
    const groups = groupCodes('SPXYGFold', { ...input, groups: input.groups ?? own });
    requireGroups('SPXYGFold', groups, Math.max(3, n_splits));
    const { x, y } = summaries(input, groups, params);
    const space = distanceSpace(x, pca_components, metric === 'mahalanobis', cancel);
    const target = y_metric === null ? null : { values: y, metric: y_metric };
    const distances = pairDistances('SPXYGFold', space, metric, target, cancel);
    if (n_splits === 1) {
      const sizes = splitSizes('SPXYGFold', groups.count, params.test_size, null, { standard: 0.25, what: 'groups' });
      const chosen = maximinOfPairs(distances, sizes.train, cancel);
      return [foldOfTraining(n, rowsOfGroups(groups, chosen))];
    }
    const parts = spreadFolds(distances, n_splits, cancel).map((chosen) => rowsOfGroups(groups, chosen));
    return foldsFromValidation(n, parts);
  },
});

/** One spectrum and one target a group; with `hamming`, the target is the most frequent class. */
function summaries(
  { x, y }: SplitInput,
  { members, count }: GroupCodes,
  { aggregation, y_metric }: Params,
): { x: Matrix; y: Float64Array } {
  if (members.every((rows) => rows.length === 1)) {
    const order = Int32Array.from(members, (rows) => rows[0]);
    return { x: takeRows(x, order), y: Float64Array.from(order, (row) => y[row]) };
  }
  const summary = (values: Float64Array): number =>
    aggregation === 'mean' ? values.reduce((sum, value) => sum + value, 0) / values.length : quantile(values, 0.5);
  const out = zeros(count, x.cols);
  const target = new Float64Array(count);
  members.forEach((rows, group) => {
    const spectra = takeRows(x, rows);
    for (let j = 0; j < x.cols; j++) out.data[group * x.cols + j] = summary(columnOf(spectra, j));
    const values = Float64Array.from(rows, (row) => y[row]);
    target[group] = y_metric === 'hamming' ? mostFrequent(values) : summary(values);
  });
  return { x: out, y: target };
}

/** The most frequent value, the smallest of them when several are. */
function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values.slice().sort()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
