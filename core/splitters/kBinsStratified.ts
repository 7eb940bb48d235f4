import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { binTarget, type BinStrategy } from '#core/splitters/binTarget.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { stratifiedShuffles } from '#core/splitters/stratifiedShuffles.ts';
import { compact } from '#core/splitters/strata.ts';

interface Params {
  test_size: number;
  random_state: number | null;
  n_bins: number;
  strategy: BinStrategy;
  encode: 'ordinal' | 'onehot' | 'onehot-dense';
}

/** One random split that keeps the bins of the target in proportion, as nirs4all's `KBinsStratifiedSplitter`. */
export const kBinsStratified = defineSplitter<Params>({
  id: 'KBinsStratified',
  version: 1,
  title: 'Stratified by target bins',
  group: 'split',
  summary: 'Cuts the target into bins and draws the same proportion of each for validation.',
  whenToUse: 'One random validation part with the same distribution of a numeric target as the training part.',
  whenNotToUse: 'When bins hold a single sample (few samples, a long tail): use fewer bins or quantile bins.',
  references: ['Kohavi, R. (1995) Proceedings of IJCAI 14, 1137–1143'],
  aliases: [
    'KBinsStratifiedSplitter',
    'nirs4all.operators.splitters.KBinsStratifiedSplitter',
    'nirs4all.operators.splitters.splitters.KBinsStratifiedSplitter',
  ],
  stratified: true,
  params: z.strictObject({
    test_size: splitterParameters.partSize,
    random_state: splitterParameters.seed,
    n_bins: splitterParameters.bins,
    strategy: splitterParameters.binStrategy('uniform'),
    encode: z.enum(['ordinal', 'onehot', 'onehot-dense']).default('ordinal').meta({
      title: 'Encoding',
      description: 'Accepted for compatibility and not used: bins are numbered.',
      unused: true,
    }),
  }),
  describe: ({ test_size, n_bins }) => `KBinsStratified(${test_size}, ${n_bins} bins)`,
  countFolds: () => 1,
  split({ n, y }, { test_size, random_state, n_bins, strategy }) {
    requireSamples('KBinsStratified', n, 2);
    const sizes = splitSizes('KBinsStratified', n, test_size, null);
    const bins = compact(binTarget(y, n_bins, strategy));
    return stratifiedShuffles('KBinsStratified', bins, sizes, 1, random_state ?? DEFAULT_SEED);
  },
});
