import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { requireMembers, strata } from '#core/splitters/strata.ts';
import { stratifiedParts } from '#core/splitters/stratifiedParts.ts';

interface Params {
  n_splits: number;
  n_repeats: number;
  random_state: number | null;
}

/** Stratified K-fold repeated with new shuffles of one generator, as scikit-learn's `RepeatedStratifiedKFold`. */
export const repeatedStratifiedKFold = defineSplitter<Params>({
  id: 'RepeatedStratifiedKFold',
  version: 1,
  title: 'Repeated stratified K-fold',
  group: 'split',
  summary: 'Repeats a shuffled stratified K-fold several times.',
  whenToUse: 'Small classification sets, where one stratified K-fold gives a score that changes with the shuffle.',
  whenNotToUse: 'Large sets, where it costs time and changes little; or several spectra of one physical sample.',
  references: [
    'Kim, J.-H. (2009) Computational Statistics & Data Analysis 53, 3735–3745. doi:10.1016/j.csda.2009.04.009',
  ],
  aliases: [
    'sklearn.model_selection.RepeatedStratifiedKFold',
    'sklearn.model_selection._split.RepeatedStratifiedKFold',
  ],
  stratified: true,
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    n_repeats: splitterParameters.repeats(10),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits, n_repeats }) => `RepeatedStratifiedKFold(${n_splits} × ${n_repeats})`,
  countFolds: ({ n_splits, n_repeats }) => n_splits * n_repeats,
  split(input, { n_splits, n_repeats, random_state }) {
    requireSamples('RepeatedStratifiedKFold', input.n, n_splits);
    const classes = strata(input, n_splits);
    requireMembers('RepeatedStratifiedKFold', classes, n_splits);
    const draws = randomState(random_state ?? DEFAULT_SEED);
    return Array.from({ length: n_repeats }, () =>
      foldsFromValidation(input.n, stratifiedParts(classes, n_splits, draws)),
    ).flat();
  },
});
