import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineFilter, type Metadata } from '#core/data/operator.ts';
import { conditionProblem, parseCondition, type Condition } from '#core/filters/condition.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';

interface Params {
  column: string | null;
  condition: string | null;
  values_to_exclude: (string | number | boolean)[] | null;
  values_to_keep: (string | number | boolean)[] | null;
  exclude_missing: boolean;
  reason: string | null;
  tag_name: string | null;
}

const values = () =>
  z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .nullable()
    .default(null);

/** Removes samples by what a metadata column says, as nirs4all's `MetadataFilter`; conditions are written as text. */
export const metadataFilter = defineFilter<Params, Record<string, never>>({
  id: 'MetadataFilter',
  version: 1,
  title: 'Metadata condition',
  group: 'filter',
  summary: 'Keeps or removes samples by the values of a metadata column.',
  whenToUse: 'To train on one season, site or instrument, or to leave out samples that the laboratory has marked.',
  whenNotToUse: 'To remove samples that the model predicts badly: that hides the error.',
  references: ['Næs, T. et al. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, ch. 14'],
  aliases: ['nirs4all.operators.filters.MetadataFilter', 'nirs4all.operators.filters.metadata.MetadataFilter'],
  needsTarget: false,
  params: z
    .strictObject({
      column: z.string().min(1).nullable().default(null).meta({
        title: 'Column',
        description: 'The metadata column. A condition may name its columns itself.',
      }),
      condition: z
        .string()
        .min(1)
        .refine((text) => conditionProblem(text) === null, { error: (issue) => conditionProblem(issue.input) ?? '' })
        .nullable()
        .default(null)
        .meta({
          title: 'Condition',
          description:
            'Samples for which it is true are kept. For example: moisture > 12 and site != "Lyon"; with a column also > 12, or 20 <= x <= 30.',
        }),
      values_to_exclude: values().meta({
        title: 'Values to exclude',
        description: 'Samples with one of these values are removed.',
      }),
      values_to_keep: values().meta({
        title: 'Values to keep',
        description: 'Samples with any other value are removed.',
      }),
      exclude_missing: z.boolean().default(true).meta({
        title: 'Exclude missing',
        description: 'Remove samples without a value in the column.',
      }),
      reason: filterParameters.reason,
      tag_name: filterParameters.tag_name,
    })
    .refine((p) => [p.condition, p.values_to_exclude, p.values_to_keep].filter((one) => one !== null).length <= 1, {
      path: ['condition'],
      message: 'give one of: a condition, values to exclude, values to keep',
    }),
  columns: ({ column, condition }) => [
    ...new Set([
      ...(column === null ? [] : [column]),
      ...(condition === null ? [] : parseCondition(condition).columns),
    ]),
  ],
  fit({ metadata }, params) {
    judge(metadata, params); // names a missing column before anything is removed
    return {};
  },
  keep({ x, metadata }, _, params) {
    const keeps = judge(metadata, params);
    return Uint8Array.from({ length: x.rows }, (__, row) => (keeps(row) ? 1 : 0));
  },
});

function judge(metadata: Metadata, params: Params): (row: number) => boolean {
  const { column, condition, values_to_exclude, values_to_keep, exclude_missing } = params;
  const own = column === null ? null : columnCalled(metadata, column);
  const present = (row: number): boolean => own === null || !exclude_missing || !isMissing(own[row]);
  if (condition !== null) {
    const parsed: Condition = parseCondition(condition);
    const columns = new Map(parsed.columns.map((name) => [name, columnCalled(metadata, name)]));
    if (parsed.usesOwn && own === null) throw problem('column', 'is not given, but the condition compares its value.');
    return (row) => present(row) && parsed.holds((name) => (name === null ? own : columns.get(name))?.[row] ?? '');
  }
  const list = values_to_exclude ?? values_to_keep;
  if (own === null || list === null)
    throw problem(
      own === null ? 'column' : 'condition',
      'is not given. Give a column with values to exclude or to keep, or a condition.',
    );
  const listed = (text: string): boolean => list.some((value) => sameValue(text, String(value)));
  return (row) => present(row) && listed(own[row]) === (values_to_exclude === null);
}

function columnCalled(metadata: Metadata, name: string): readonly string[] {
  const found = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(metadata);
  throw problem(
    'column',
    `names "${name}", which is not a metadata column of this dataset. It has ${known.length === 0 ? 'none' : known.join(', ')}.`,
  );
}

const problem = (parameter: string, text: string): EngineError =>
  new EngineError('numerics.parameter', { operator: 'MetadataFilter', parameter, problem: text });

const isMissing = (text: string): boolean => ['', 'nan', 'na', 'none', 'null'].includes(text.trim().toLowerCase());

/** Numbers are equal by value, so that 1 and 1.0 are the same; everything else by its text. */
function sameValue(a: string, b: string): boolean {
  if (a === b) return true;
  const numbers = [a, b].map((text) => (text.trim() === '' ? NaN : Number(text)));
  return (
    numbers[0] === numbers[1] || (a.toLowerCase() === b.toLowerCase() && ['true', 'false'].includes(b.toLowerCase()))
  );
}
