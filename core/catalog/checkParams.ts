import type { z } from 'zod';
import { closestTo } from '#core/catalog/closestTo.ts';
import { describeParameters } from '#core/catalog/parameterDescriptors.ts';
import { parameterValues } from '#core/contract/parameterValues.ts';
import type { AnyOperator } from '#core/data/operator.ts';

/** One parameter that an operator refuses, and why: a phrase that continues "window_length …". */
export interface ParameterProblem {
  readonly parameter: string;
  readonly problem: string;
}

export type CheckedParams =
  { readonly params: Record<string, unknown> } | { readonly problems: readonly ParameterProblem[] };

/** Checks the parameters of a step and fills in the defaults. Problems name the parameter and what it may be. */
export function checkParams(operator: AnyOperator, params: Record<string, unknown>): CheckedParams {
  const result = operator.params.safeParse(params);
  if (result.success) return { params: result.data };
  const again = respelled(params, result.error.issues);
  if (again !== null) {
    const second = operator.params.safeParse(again);
    if (second.success) return { params: second.data };
  }
  const known = Object.keys(operator.params.parse({}));
  return { problems: result.error.issues.flatMap((issue) => problemsOf(operator, issue, known, params)) };
}

/** Words that other readers of YAML, and Python, take for values; here they are texts, unless nothing else fits. */
const OTHER_SPELLINGS: Readonly<Record<string, boolean | null>> = {
  yes: true,
  on: true,
  no: false,
  off: false,
  none: null,
};

/** The parameters with such words (and numbers like 1_000) as values, where a text was refused; null when none was. */
function respelled(
  params: Record<string, unknown>,
  issues: readonly z.core.$ZodIssue[],
): Record<string, unknown> | null {
  const changed = issues.flatMap((issue): [string, unknown][] => {
    const key = String(issue.path[0] ?? '');
    const text = params[key];
    if (issue.path.length !== 1 || typeof text !== 'string') return [];
    const word = text.toLowerCase();
    if (Object.hasOwn(OTHER_SPELLINGS, word)) return [[key, OTHER_SPELLINGS[word]]];
    return /^[+-]?\d+(_\d+)+$/.test(text) ? [[key, Number(text.replaceAll('_', ''))]] : [];
  });
  return changed.length === 0 ? null : { ...params, ...Object.fromEntries(changed) };
}

function problemsOf(
  operator: AnyOperator,
  issue: z.core.$ZodIssue,
  known: readonly string[],
  params: Record<string, unknown>,
): ParameterProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const meant = closestTo(key, known);
      const hint = meant === undefined ? allowed(known) : ` Did you mean "${meant}"?`;
      return { parameter: key, problem: `is not a parameter of ${operator.id}.${hint}` };
    });
  const parameter = String(issue.path[0] ?? '');
  const problem = issue.code === 'invalid_union' ? `must be ${allowedValues(operator, parameter)}` : phrase(issue);
  return [{ parameter, problem: `${problem}${found(params[parameter])}` }];
}

const allowed = (known: readonly string[]): string =>
  known.length === 0 ? ' It has none.' : ` It has ${known.join(', ')}.`;

/** Where there are several kinds of value, all of them are named: none of the single refusals is the whole truth. */
function allowedValues(operator: AnyOperator, name: string): string {
  const parameter = describeParameters(operator.params).find((each) => each.name === name);
  if (!parameter) return 'a value of another kind';
  return parameterValues(parameter)
    .replace(/^(?=number|list)/, 'a ')
    .replace(/^(?=integer|odd)/, 'an ');
}

function phrase(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'array') return `must have at least ${String(issue.minimum)} values`;
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`;
    case 'too_big':
      if (issue.origin === 'array') return `must have at most ${String(issue.maximum)} values`;
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}`;
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'custom':
      return issue.message;
    default:
      return `is not allowed: ${issue.message}`;
  }
}

const found = (value: unknown): string => (value === undefined ? '' : ` (found ${JSON.stringify(value)})`);

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string: 'a text',
  array: 'a list',
  tuple: 'a list',
};
