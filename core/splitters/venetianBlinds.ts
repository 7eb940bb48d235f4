import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitterParameters } from '#core/splitters/splitterParameters.ts';

/** Every k-th sample (or run of samples) belongs to the same fold. */
export const venetianBlinds = defineSplitter<{ n_splits: number; thickness: number }>({
  id: 'VenetianBlinds',
  version: 1,
  title: 'Venetian blinds',
  group: 'split',
  summary: 'Deals out the samples in turn: every k-th sample belongs to the same fold.',
  whenToUse: 'Samples sorted by time or by target, so that every fold covers the whole range. Simple to repeat.',
  whenNotToUse:
    'When neighbouring samples resemble each other (replicates, a drifting process): each would be predicted by its neighbour. Use ContiguousBlocks or GroupKFold.',
  references: ['Ballabio, D. & Consonni, V. (2013) Analytical Methods 5, 3790–3798. doi:10.1039/c3ay40582f'],
  aliases: ['VenetianBlind', 'venetian_blinds'],
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    thickness: z
      .int()
      .min(1)
      .max(10000)
      .default(1)
      .meta({ title: 'Blind thickness', description: 'How many neighbouring samples go to the same fold.' }),
  }),
  describe: ({ n_splits, thickness }) =>
    `VenetianBlinds(${n_splits}${thickness > 1 ? `, thickness ${thickness}` : ''})`,
  countFolds: ({ n_splits }) => n_splits,
  split({ n }, { n_splits, thickness }) {
    requireSamples('VenetianBlinds', n, (n_splits - 1) * thickness + 1);
    const fold = (row: number): number => Math.floor(row / thickness) % n_splits;
    const rows = Array.from({ length: n }, (_, row) => row);
    return foldsFromValidation(
      n,
      Array.from({ length: n_splits }, (_, k) => Int32Array.from(rows.filter((row) => fold(row) === k))),
    );
  },
});
