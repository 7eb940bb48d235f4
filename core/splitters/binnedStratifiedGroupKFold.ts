import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { binTarget, type BinStrategy } from '#core/splitters/binTarget.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { groupCodes, requireGroups } from '#core/splitters/groupCodes.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { compact, requireMembers } from '#core/splitters/strata.ts';
import { stratifiedGroupParts } from '#core/splitters/stratifiedGroupParts.ts';

interface Params {
  n_splits: number;
  n_bins: number;
  strategy: BinStrategy;
  shuffle: boolean;
  random_state: number | null;
}

/** Stratified group K-fold on bins of a numeric target, as nirs4all's splitter of the same name. */
export const binnedStratifiedGroupKFold = defineSplitter<Params>({
  id: 'BinnedStratifiedGroupKFold',
  version: 1,
  title: 'Binned stratified group K-fold',
  group: 'split',
  summary: 'K-fold that keeps groups whole and spreads the range of a numeric target over the folds.',
  whenToUse: 'Calibration with several spectra of each physical sample and an uneven distribution of the target.',
  whenNotToUse: 'With fewer groups than about three times the folds: the bins cannot be spread then.',
  references: ['Kohavi, R. (1995) Proceedings of IJCAI 14, 1137–1143'],
  aliases: [
    'nirs4all.operators.splitters.BinnedStratifiedGroupKFold',
    'nirs4all.operators.splitters.splitters.BinnedStratifiedGroupKFold',
  ],
  groups: 'required',
  stratified: true,
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    n_bins: splitterParameters.bins,
    strategy: splitterParameters.binStrategy('quantile'),
    shuffle: splitterParameters.shuffle.meta({
      title: 'Shuffle',
      description: 'Take the groups in random order. The bins are then spread less evenly.',
    }),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits, shuffle }) => `BinnedStratifiedGroupKFold(${n_splits}${shuffle ? ', shuffled' : ''})`,
  countFolds: ({ n_splits }) => n_splits,
  split(input, { n_splits, n_bins, strategy, shuffle, random_state }) {
    requireSamples('BinnedStratifiedGroupKFold', input.n, n_splits);
    const groups = groupCodes('BinnedStratifiedGroupKFold', input);
    requireGroups('BinnedStratifiedGroupKFold', groups, n_splits);
    const bins = compact(binTarget(input.y, n_bins, strategy));
    requireMembers('BinnedStratifiedGroupKFold', bins, n_splits);
    const seed = shuffle ? (random_state ?? DEFAULT_SEED) : null;
    return foldsFromValidation(input.n, stratifiedGroupParts(bins, groups, n_splits, seed, input.cancel));
  },
});
