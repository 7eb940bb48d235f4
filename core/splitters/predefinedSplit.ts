import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineSplitter, type Fold, type SplitInput } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';

interface Params {
  test_fold: number[] | null;
  column: string | null;
  folds: { train: number[]; validation: number[] }[] | null;
}

/** Folds given by the user: a list of fold numbers, or a metadata column. */
export const predefinedSplit = defineSplitter<Params>({
  id: 'PredefinedSplit',
  version: 1,
  title: 'Predefined folds',
  group: 'split',
  summary: 'Uses folds that you give, as a list of fold numbers or as a metadata column.',
  whenToUse: 'To repeat a published validation, or to hold out seasons, batches, sites or instruments one at a time.',
  whenNotToUse: 'When the folds were chosen after looking at the results.',
  references: ['Næs, T. et al. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, ch. 13'],
  aliases: ['sklearn.model_selection.PredefinedSplit', 'sklearn.model_selection._split.PredefinedSplit'],
  params: z
    .strictObject({
      test_fold: z.array(z.int().min(-1)).nullable().default(null).meta({
        title: 'Fold numbers',
        description: 'One number for each sample: the fold in which it is held out, or −1 to train always.',
      }),
      column: z.string().min(1).nullable().default(null).meta({
        title: 'Metadata column',
        description: 'Each distinct value of this column is one fold; samples without a value train always.',
      }),
      folds: z
        .array(z.strictObject({ train: z.array(z.int().min(0)), validation: z.array(z.int().min(0)) }))
        .min(1)
        .nullable()
        .default(null)
        .meta({
          title: 'Folds',
          description: 'Training and validation samples of each fold, by their place among the samples, from 0.',
        }),
    })
    .refine((p) => [p.test_fold, p.column, p.folds].filter((one) => one !== null).length <= 1, {
      path: ['column'],
      message: 'cannot be given together with fold numbers or folds: choose one',
    }),
  describe: ({ column }) => (column === null ? 'PredefinedSplit' : `PredefinedSplit(${column})`),
  countFolds: ({ test_fold, folds }) =>
    folds !== null ? folds.length : test_fold ? new Set(test_fold.filter((fold) => fold >= 0)).size : null,
  split(input, params) {
    if (params.folds !== null) return givenFolds(input.n, params.folds);
    const labels = foldLabels(input, params);
    const names = [...new Set(labels.filter((label) => label !== null))];
    if (params.test_fold) names.sort((a, b) => Number(a) - Number(b));
    const validations = names.map((name) =>
      Int32Array.from(labels.flatMap((label, row) => (label === name ? [row] : []))),
    );
    if (validations.length === 0 || validations.some((validation) => validation.length === input.n))
      throw new EngineError('numerics.parameter', {
        operator: 'PredefinedSplit',
        parameter: params.column === null ? 'test_fold' : 'column',
        problem: 'leaves no samples to train on or none to validate. Give at least two folds.',
      });
    return foldsFromValidation(input.n, validations);
  },
});

function givenFolds(n: number, folds: NonNullable<Params['folds']>): Fold[] {
  return folds.map(({ train, validation }, k) => {
    const all = [...train, ...validation];
    if (all.some((row) => row >= n) || new Set(all).size < all.length)
      throw new EngineError('numerics.parameter', {
        operator: 'PredefinedSplit',
        parameter: 'folds',
        problem: `: fold ${k + 1} names a sample twice, or one beyond the ${n} training samples.`,
      });
    return { train: Int32Array.from(train), validation: Int32Array.from(validation) };
  });
}

/** The fold of each sample, as text; null for samples that always train. Columns keep the order of first appearance. */
function foldLabels({ n, metadata }: SplitInput, { test_fold, column }: Params): (string | null)[] {
  if (test_fold !== null) {
    if (test_fold.length !== n)
      throw new EngineError('numerics.parameter', {
        operator: 'PredefinedSplit',
        parameter: 'test_fold',
        problem: `has ${test_fold.length} fold numbers, but there are ${n} training samples. Give one for each.`,
      });
    return test_fold.map((fold) => (fold < 0 ? null : String(fold)));
  }
  if (column === null)
    throw new EngineError('numerics.parameter', {
      operator: 'PredefinedSplit',
      parameter: 'test_fold, column',
      problem: 'are both empty. Give fold numbers or the name of a metadata column.',
    });
  const values = metadata[column];
  if (values === undefined)
    throw new EngineError('numerics.parameter', {
      operator: 'PredefinedSplit',
      parameter: 'column',
      problem: `names "${column}", which is not a metadata column of this dataset. It has ${listed(Object.keys(metadata))}.`,
    });
  return values.map((value) => (value === '' ? null : value));
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
