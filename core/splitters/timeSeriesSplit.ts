import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitterParameters } from '#core/splitters/splitterParameters.ts';

interface Params {
  n_splits: number;
  max_train_size: number | null;
  test_size: number | null;
  gap: number;
}

/** Validation always lies after training in the order of the samples, as scikit-learn's `TimeSeriesSplit`. */
export const timeSeriesSplit = defineSplitter<Params>({
  id: 'TimeSeriesSplit',
  version: 1,
  title: 'Time series split',
  group: 'split',
  summary: 'Trains on the past and validates on what follows, in the order of the samples.',
  whenToUse: 'Process data in order of time, where the instrument or the product drifts.',
  whenNotToUse: 'When the order of the samples means nothing; the first part is never validated.',
  references: ['Bergmeir, C. & Benítez, J. M. (2012) Information Sciences 191, 192–213. doi:10.1016/j.ins.2011.12.028'],
  aliases: ['sklearn.model_selection.TimeSeriesSplit', 'sklearn.model_selection._split.TimeSeriesSplit'],
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    max_train_size: z.int().min(1).nullable().default(null).meta({
      title: 'Longest training part',
      description: 'Train on this many samples at most. Empty: on all before.',
    }),
    test_size: z.int().min(1).nullable().default(null).meta({
      title: 'Validation part',
      description: 'Number of samples of each validation part. Empty: n / (folds + 1), rounded down.',
    }),
    gap: z
      .int()
      .min(0)
      .default(0)
      .meta({ title: 'Gap', description: 'Samples left out between training and validation.' }),
  }),
  describe: ({ n_splits }) => `TimeSeriesSplit(${n_splits})`,
  countFolds: ({ n_splits }) => n_splits,
  split({ n }, { n_splits, max_train_size, test_size, gap }) {
    requireSamples('TimeSeriesSplit', n, n_splits + 1);
    const size = test_size ?? Math.floor(n / (n_splits + 1));
    const first = n - n_splits * size;
    if (first - gap <= 0)
      throw new EngineError('numerics.parameter', {
        operator: 'TimeSeriesSplit',
        parameter: 'n_splits, test_size, gap',
        problem: `leave no sample to train the first fold on: ${n_splits} parts of ${size} and a gap of ${gap} of ${n} samples. Make one of them smaller.`,
      });
    return Array.from({ length: n_splits }, (_, k) => {
      const start = first + k * size;
      const end = start - gap;
      return {
        train: range(max_train_size === null ? 0 : Math.max(0, end - max_train_size), end),
        validation: range(start, start + size),
      };
    });
  },
});

const range = (start: number, end: number): Int32Array => Int32Array.from({ length: end - start }, (_, i) => start + i);
