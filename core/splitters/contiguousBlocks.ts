import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { partition } from '#core/splitters/partition.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitterParameters } from '#core/splitters/splitterParameters.ts';

/** Consecutive blocks of nearly equal size, each held out once: the folds of K-fold without shuffling. */
export const contiguousBlocks = defineSplitter<{ n_splits: number }>({
  id: 'ContiguousBlocks',
  version: 1,
  title: 'Contiguous blocks',
  group: 'split',
  summary: 'Cuts the samples, in their order, into blocks and holds each block out once.',
  whenToUse: 'Samples in order of time or batch, where neighbours resemble each other and must be predicted together.',
  whenNotToUse: 'Samples sorted by the target: the ends are extrapolated then. Use VenetianBlinds.',
  references: ['Ballabio, D. & Consonni, V. (2013) Analytical Methods 5, 3790–3798. doi:10.1039/c3ay40582f'],
  aliases: ['ContiguousBlock', 'contiguous_blocks'],
  params: z.strictObject({ n_splits: splitterParameters.folds(5) }),
  describe: ({ n_splits }) => `ContiguousBlocks(${n_splits})`,
  countFolds: ({ n_splits }) => n_splits,
  split({ n }, { n_splits }) {
    requireSamples('ContiguousBlocks', n, n_splits);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    return foldsFromValidation(n, partition(order, n_splits));
  },
});
