import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { requireTarget } from '#core/transforms/select/responses.ts';
import { columnsWhere, selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';
import { classificationScores, regressionScores } from '#core/transforms/select/univariateScores.ts';

interface Params {
  score_func: 'f_regression' | 'f_classif' | null;
  k: number | 'all';
}

/** Keeps the channels with the largest F statistic. Agrees with scikit-learn's `SelectKBest`. */
export const selectKBest = defineTransform<Params, SelectedColumns>({
  id: 'SelectKBest',
  version: 1,
  title: 'Best single channels',
  group: 'reduce',
  summary: 'Keeps the k channels that alone are related most to the target.',
  whenToUse: 'As a fast first look at which channels follow the target or separate the classes.',
  whenNotToUse:
    'Before the splitter: the choice knows the target. Put it behind the splitter. And not for overlapping bands: it picks neighbours that say the same and misses channels that only help together.',
  references: ['Guyon, I. & Elisseeff, A. (2003) Journal of Machine Learning Research 3, 1157–1182'],
  aliases: ['sklearn.feature_selection.SelectKBest', 'sklearn.feature_selection._univariate_selection.SelectKBest'],
  params: z.strictObject({
    score_func: z
      // Documents name the function with or without its path in scikit-learn.
      .preprocess(
        (value) =>
          typeof value === 'string'
            ? value.replace(/^sklearn\.feature_selection\.(?:_univariate_selection\.)?/, '')
            : value,
        z.enum(['f_regression', 'f_classif']),
      )
      .nullable()
      .default(null)
      .meta({
        title: 'Score',
        description: 'F of a linear regression or of the differences between classes. Empty: what fits the target.',
      }),
    k: z
      .union([z.int().min(1), z.literal('all')])
      .default(10)
      .meta({ title: 'Channels', description: 'Number of channels to keep, or "all".', unit: 'channels' }),
  }),
  stateful: true,
  supervised: true,
  target: false,
  fit(x, { score_func, k }, context) {
    const y = requireTarget('SelectKBest', x, context);
    if (k === 'all') return columnsWhere(x.cols, () => true);
    if (k > x.cols)
      throw new EngineError('numerics.parameter', {
        operator: 'SelectKBest',
        parameter: 'k',
        problem: `is ${k}, but the spectra have only ${x.cols} channels.`,
      });
    const byClass = score_func === null ? context.classCount > 0 : score_func === 'f_classif';
    const scores = byClass ? classificationScores(x, y) : regressionScores(x, y);
    // Of equal scores the later channel wins, as in scikit-learn.
    const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || b - a);
    const best = new Set(order.slice(0, k));
    return columnsWhere(x.cols, (j) => best.has(j));
  },
  ...selectedColumns('SelectKBest'),
});
