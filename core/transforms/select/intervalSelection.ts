import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { crossValidatedErrors } from '#core/transforms/select/crossValidatedErrors.ts';
import { responsesOf } from '#core/transforms/select/responses.ts';
import { columnsWhere, selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';
import { takeColumns } from '#core/transforms/select/takeColumns.ts';

interface Params {
  n_intervals: number;
  mode: 'forward' | 'backward';
  max_intervals: number | null;
  n_components: number;
  cv_folds: number;
  scale: boolean;
}

/** Interval PLS: adds (or removes) whole intervals of channels while the cross-validation error falls. */
export const intervalSelection = defineTransform<Params, SelectedColumns>({
  id: 'IntervalPLSSelection',
  version: 1,
  title: 'Interval selection (iPLS)',
  group: 'reduce',
  summary: 'Keeps the intervals of the spectrum that together give the smallest cross-validation error of PLS.',
  whenToUse: 'To find the regions that carry the information: whole bands are easier to explain than single channels.',
  whenNotToUse:
    'Before the splitter: the choice knows the target. Put it behind the splitter. And not with few samples, where small differences of the error decide.',
  references: [
    'Nørgaard, L. et al. (2000) Applied Spectroscopy 54, 413–419. doi:10.1366/0003702001949500',
    'Leardi, R. & Nørgaard, L. (2004) Journal of Chemometrics 18, 486–497 (backward). doi:10.1002/cem.893',
  ],
  aliases: ['IPLSSelection', 'IntervalSelection', 'iPLSSelection'],
  params: z.strictObject({
    n_intervals: z.int().min(2).max(500).default(10).meta({
      title: 'Intervals',
      description: 'Number of equal intervals into which the spectrum is cut.',
    }),
    mode: z.enum(['forward', 'backward']).default('forward').meta({
      title: 'Direction',
      description: 'Start with none and add (forward), or start with all and remove (backward).',
    }),
    max_intervals: z.int().min(1).max(500).nullable().default(null).meta({
      title: 'At most',
      description: 'Largest number of steps: intervals added or removed. Empty: until nothing improves.',
    }),
    n_components: z.int().min(1).max(100).default(10).meta({
      title: 'Components',
      description: 'Largest number of components tried; each set of intervals is judged by its best number.',
    }),
    cv_folds: z.int().min(2).max(100).default(5).meta({
      title: 'Folds',
      description: 'Number of folds of the cross-validation inside: every k-th sample is held out.',
    }),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation in the training samples (n − 1).',
    }),
  }),
  stateful: true,
  supervised: true,
  target: false,
  fit(x, params, context) {
    const responses = responsesOf('IntervalPLSSelection', x, context);
    const { n_intervals, mode, n_components, cv_folds, scale } = params;
    if (n_intervals > x.cols)
      throw new EngineError('numerics.parameter', {
        operator: 'IntervalPLSSelection',
        parameter: 'n_intervals',
        problem: `is ${n_intervals}, but the spectra have only ${x.cols} channels.`,
      });
    const fold = Int32Array.from({ length: x.rows }, (_, i) => i % Math.min(cv_folds, x.rows));
    const intervalOf = (j: number): number => Math.floor(((j + 1) * n_intervals - 1) / x.cols);
    const columnsOf = (chosen: ReadonlySet<number>) => columnsWhere(x.cols, (j) => chosen.has(intervalOf(j)));
    const errorOf = (chosen: ReadonlySet<number>): number => {
      const part = takeColumns(x, columnsOf(chosen).columns);
      return Math.min(...crossValidatedErrors(part, responses, fold, n_components, scale, context.cancel));
    };

    let chosen = new Set(mode === 'forward' ? [] : Array.from({ length: n_intervals }, (_, k) => k));
    let smallest = mode === 'forward' ? Infinity : errorOf(chosen);
    for (let step = 0; step < (params.max_intervals ?? n_intervals); step++) {
      const before: ReadonlySet<number> = chosen;
      for (let k = 0; k < n_intervals; k++) {
        if (before.has(k) === (mode === 'forward')) continue;
        const next = toggled(before, k);
        const error = next.size === 0 ? Infinity : errorOf(next);
        if (error < smallest) {
          smallest = error;
          chosen = next;
        }
      }
      if (chosen === before) break;
    }
    return columnsOf(chosen);
  },
  ...selectedColumns('IntervalPLSSelection'),
});

function toggled(set: ReadonlySet<number>, k: number): Set<number> {
  const next = new Set(set);
  if (!next.delete(k)) next.add(k);
  return next;
}
