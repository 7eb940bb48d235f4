import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineFilter, type AnyFilter, type FilterInput, type State } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { nestedFilter, nestedFilters } from '#core/filters/nestedFilters.ts';

interface Params {
  filters: unknown[];
  mode: 'any' | 'all';
  reason: string | null;
  tag_name: string | null;
}
interface Judge {
  readonly filter: AnyFilter;
  readonly params: Record<string, unknown>;
}
interface States extends State {
  readonly states: readonly State[];
}

/** Several filters as one, as nirs4all's `CompositeFilter`. */
export const compositeFilter = defineFilter<Params, States>({
  id: 'CompositeFilter',
  version: 1,
  title: 'Several filters',
  group: 'filter',
  summary: 'Removes samples that any, or all, of several filters would remove.',
  whenToUse: 'To remove only samples that several measures agree on (all), or to tag by several filters at once.',
  whenNotToUse: 'With many filters and any: each adds its own false alarms.',
  references: [
    'Rousseeuw, P. J. & Leroy, A. M. (1987) Robust Regression and Outlier Detection, Wiley. doi:10.1002/0471725382',
  ],
  aliases: ['nirs4all.operators.filters.CompositeFilter', 'nirs4all.operators.filters.base.CompositeFilter'],
  needsTarget: false, // it depends on the filters: one that needs the target says so when there is none
  params: z.strictObject({
    filters: z
      .array(z.unknown())
      .superRefine((calls, context) => {
        calls.forEach((call, at) => {
          const found = readCall(call);
          if ('problem' in found) context.addIssue({ code: 'custom', path: [at], message: found.problem });
        });
      })
      .default([])
      .meta({
        title: 'Filters',
        description: 'A list of filters, each a name or a name with parameters: {YOutlierFilter: {method: mad}}.',
      }),
    mode: z.enum(['any', 'all']).default('any').meta({
      title: 'Mode',
      description: 'any: remove what one of the filters removes; all: remove what every filter removes.',
    }),
    reason: filterParameters.reason,
    tag_name: filterParameters.tag_name,
  }),
  columns: ({ filters }) => [
    ...new Set(filters.map(judgeOf).flatMap(({ filter, params }) => filter.columns?.(params) ?? [])),
  ],
  fit(input, { filters }, context) {
    return { states: filters.map(judgeOf).map(({ filter, params }) => filter.fit(input, params, context)) };
  },
  keep(input: FilterInput, { states }, { filters, mode }) {
    const verdicts = filters.map(judgeOf).map(({ filter, params }, k) => filter.keep(input, states[k], params));
    if (verdicts.length === 0) return new Uint8Array(input.x.rows).fill(1);
    const kept = (row: number): boolean =>
      mode === 'any' ? verdicts.every((keep) => keep[row] === 1) : verdicts.some((keep) => keep[row] === 1);
    return Uint8Array.from({ length: input.x.rows }, (_, row) => (kept(row) ? 1 : 0));
  },
});

/** The schema has accepted the call already. */
function judgeOf(call: unknown): Judge {
  const found = readCall(call);
  if ('problem' in found)
    throw new EngineError('numerics.parameter', {
      operator: 'CompositeFilter',
      parameter: 'filters',
      problem: found.problem,
    });
  return found;
}

/** `Name`, `{Name: {…}}` or `{class: Name, params: {…}}`, with the parameters checked and completed. */
function readCall(call: unknown): Judge | { readonly problem: string } {
  const shape = Call.safeParse(call);
  if (!shape.success) return { problem: 'must be a filter: a name, or a name with its parameters' };
  const { name, given } = written(shape.data);
  const filter = nestedFilter(name);
  if (filter === undefined)
    return { problem: `"${name}" is not a filter. There are ${nestedFilters.map(({ id }) => id).join(', ')}` };
  const params = filter.params.safeParse(given ?? {});
  if (params.success) return { filter, params: params.data };
  const [issue] = params.error.issues;
  return { problem: `${filter.id}: ${[...(issue?.path ?? [])].join('.')} ${issue?.message ?? 'is not valid'}` };
}

const Parameters = z.record(z.string(), z.unknown()).nullish();
const Call = z.union([
  z.string(),
  z.strictObject({ class: z.string(), params: Parameters }),
  z.record(z.string(), Parameters).refine((map) => Object.keys(map).length === 1),
]);

function written(call: z.infer<typeof Call>): { name: string; given: unknown } {
  if (typeof call === 'string') return { name: call, given: {} };
  if (typeof call['class'] === 'string') return { name: call['class'], given: call['params'] };
  const [entry] = Object.entries(call);
  return { name: entry?.[0] ?? '', given: entry?.[1] };
}
