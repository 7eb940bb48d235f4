import type { OperatorDescriptor, ParameterDescriptor } from '#core/contract/operators.ts';
import { allowedRange } from '#renderer/builder/fields/startingSweep.ts';

/** Where one parameter is searched, as the form edits it. */
export type Search =
  | {
      readonly kind: 'range';
      readonly type: 'int' | 'float';
      readonly log: boolean;
      readonly low: number;
      readonly high: number;
      readonly step: number | null;
    }
  | { readonly kind: 'choices'; readonly values: readonly unknown[] }
  /** Written in a way that the form does not edit (nested parameters, sorted lists); it stays as it is. */
  | { readonly kind: 'other' };

/** A search that the form edits. */
export type EditedSearch = Exclude<Search, { kind: 'other' }>;

const RANGE = /^(?:builtins\.)?(log_)?(int|float)(_log)?$/;

/** Reads one entry of `model_params`; null for a plain value, which is set and not searched. */
export function readSearch(spec: unknown): Search | null {
  if (Array.isArray(spec)) return readList(spec);
  if (!isRecord(spec)) return null;
  const low = spec['low'] ?? spec['min'];
  const high = spec['high'] ?? spec['max'];
  const choices = spec['choices'] ?? spec['values'];
  if (Array.isArray(choices)) return { kind: 'choices', values: choices };
  if (typeof low !== 'number' || typeof high !== 'number') return { kind: 'other' };
  const whole = Number.isInteger(low) && Number.isInteger(high);
  const named = RANGE.exec(typeof spec['type'] === 'string' ? spec['type'] : whole ? 'int' : 'float');
  if (!named) return { kind: 'other' };
  const log = spec['log'] === true || named[1] !== undefined || named[3] !== undefined;
  return { kind: 'range', type: named[2] === 'int' ? 'int' : 'float', log, low, high, step: numberOr(spec['step']) };
}

function readList(list: readonly unknown[]): Search {
  const [type, low, high, step] = list;
  const named = typeof type === 'string' ? RANGE.exec(type) : null;
  if (named && typeof low === 'number' && typeof high === 'number') {
    const log = named[1] !== undefined || named[3] !== undefined;
    return { kind: 'range', type: named[2] === 'int' ? 'int' : 'float', log, low, high, step: numberOr(step) };
  }
  if ((type === 'categorical' || type === 'bool') && Array.isArray(low)) return { kind: 'choices', values: low };
  return { kind: 'choices', values: list };
}

/** One entry of `model_params`, in the spelling (list or map) that it had. */
export function writeSearch(search: Search, before: unknown): unknown {
  if (search.kind === 'other') return before;
  if (search.kind === 'choices') {
    if (!isRecord(before)) return [...search.values];
    const key = 'values' in before ? 'values' : 'choices';
    return { type: 'categorical', [key]: [...search.values] };
  }
  const { type, log, low, high, step } = search;
  if (!isRecord(before)) {
    const list = [log ? `${type}_log` : type, low, high];
    return step === null || log ? list : [...list, step];
  }
  const [lowKey, highKey] = 'min' in before ? ['min', 'max'] : ['low', 'high'];
  const range = { type, [lowKey]: low, [highKey]: high };
  return { ...range, ...(step === null || log ? {} : { step }), ...(log ? { log: true } : {}) };
}

/** The range in which a person most likely wants a parameter searched. */
export function startingSearch(parameter: ParameterDescriptor, isPath: boolean): EditedSearch {
  const { type } = parameter;
  if (type === 'choice') return { kind: 'choices', values: [...(parameter.choices ?? [])] };
  if (type === 'boolean') return { kind: 'choices', values: [false, true] };
  const now = typeof parameter.default === 'number' ? parameter.default : 1;
  const { min, max } = allowedRange(parameter, now);
  if (type === 'integer') {
    const low = Math.max(min, 1);
    const high = Math.min(max, Math.max(isPath ? 20 : now * 4, low + 1));
    return { kind: 'range', type: 'int', log: false, low, high, step: parameter.odd === true ? 2 : null };
  }
  if (now > 0 && max === Infinity)
    return {
      kind: 'range',
      type: 'float',
      log: true,
      low: Math.max(min, tidy(now / 1000)),
      high: tidy(now * 1000),
      step: null,
    };
  const low = Math.max(min, tidy(now - 1));
  return {
    kind: 'range',
    type: 'float',
    log: false,
    low,
    high: Math.max(low, Math.min(max, tidy(now + 1))),
    step: null,
  };
}

/** Parameters that can be searched: everything with values to choose from. */
export const searchable = ({ parameters }: OperatorDescriptor): ParameterDescriptor[] =>
  parameters.filter(
    ({ type, unused, name }) => unused !== true && type !== 'text' && type !== 'list' && name !== 'random_state',
  );

/** What finetuning begins with when it is switched on: the parameter that matters most. */
export function startingFinetune(descriptor: OperatorDescriptor): Record<string, unknown> {
  const candidates = searchable(descriptor);
  const first = candidates.find(({ name }) => name === descriptor.pathParam) ?? candidates[0];
  const spaces = first
    ? { [first.name]: writeSearch(startingSearch(first, first.name === descriptor.pathParam), undefined) }
    : {};
  return { n_trials: TRIALS, model_params: spaces };
}

/** The spaces of a `finetune_params`; older documents write them beside the other keys. */
export const spacesOf = (finetune: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const own = finetune['model_params'];
  if (isRecord(own)) return own;
  return Object.fromEntries(
    Object.entries(finetune).filter(([key, value]) => !FINETUNE_KEYS.has(key) && typeof value === 'object'),
  );
};

/** With one parameter searched in another way; null: no longer searched. */
export function withSpace(
  finetune: Readonly<Record<string, unknown>>,
  name: string,
  search: Search | null,
): Record<string, unknown> {
  const beside = !isRecord(finetune['model_params']);
  const spaces = spacesOf(finetune);
  const { [name]: before, ...others } = spaces;
  const next = search === null ? others : { ...spaces, [name]: writeSearch(search, before) };
  const all = search === null ? withForced(finetune, name, undefined) : finetune;
  if (!beside) return { ...all, model_params: next };
  const settings = Object.entries(all).filter(([key]) => !(key in spaces));
  return Object.fromEntries([...settings, ...Object.entries(next)]);
}

/** With another value of a parameter in the first trial; undefined: drawn like the others. */
export function withForced(
  finetune: Readonly<Record<string, unknown>>,
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const before = isRecord(finetune['force_params']) ? finetune['force_params'] : {};
  const entries = Object.entries(before).filter(([key]) => key !== name);
  if (value !== undefined) entries.push([name, value]);
  const rest = Object.fromEntries(Object.entries(finetune).filter(([key]) => key !== 'force_params'));
  return entries.length === 0 ? rest : { ...finetune, force_params: Object.fromEntries(entries) };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const tidy = (value: number): number => Number(value.toPrecision(6));
const TRIALS = 30;
const FINETUNE_KEYS: ReadonlySet<string> = new Set(['force_params', 'phases', 'model_params', 'train_params']);
