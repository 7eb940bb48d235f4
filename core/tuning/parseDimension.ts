import { EngineError } from '#core/base/errors.ts';
import type { Dimension, ParamValue } from '#core/tuning/dimension.ts';

/**
 * The space of one parameter as written, or null for a value that is no space (a number, a text, a map of further
 * parameters):
 * - `[int, low, high]`, `[float, low, high]`, with `_log` on a logarithmic axis (`int_log` or `log_int`),
 * - `[categorical, [a, b]]` and `[bool, [true, false]]`,
 * - any other list: its entries are the choices,
 * - `{type, low, high, step, log}` (or min and max), `{type: categorical, choices}` (or values).
 */
export function parseDimension(parameter: string, spec: unknown): Dimension | null {
  if (Array.isArray(spec)) return fromList(parameter, spec);
  if (!isRecord(spec) || !isDimensionMap(spec)) return null;
  return fromMap(parameter, spec);
}

/** A map that describes one dimension, rather than nested parameters. */
export const isDimensionMap = (spec: Readonly<Record<string, unknown>>): boolean =>
  ['type', 'min', 'low', 'choices', 'values'].some((key) => key in spec);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of the document as parameters can hold it; refuses what JSON cannot say. */
export function paramValue(parameter: string, value: unknown): ParamValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((entry) => paramValue(parameter, entry));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, paramValue(parameter, entry)]));
  throw wrong(parameter, `has a value that is no finite number, text, list or map.`);
}

function fromList(parameter: string, list: readonly unknown[]): Dimension {
  const [type, first, second] = list;
  const range = typeof type === 'string' ? rangeTypes.get(type) : undefined;
  if (range && list.length >= 3 && list.length <= 4 && typeof first === 'number' && typeof second === 'number')
    return numeric(parameter, { ...range, low: first, high: second, step: list[3] });
  if (range) throw wrong(parameter, `needs two numbers after "${String(type)}": [${String(type)}, lowest, highest].`);
  if ((type === 'categorical' || type === 'bool') && list.length === 2 && Array.isArray(first))
    return categorical(parameter, first);
  return categorical(parameter, list);
}

function fromMap(parameter: string, map: Readonly<Record<string, unknown>>): Dimension {
  const known = ['type', 'low', 'high', 'min', 'max', 'step', 'log', 'choices', 'values'];
  const stranger = Object.keys(map).find((key) => !known.includes(key) && !key.startsWith('_'));
  if (stranger !== undefined) throw wrong(parameter, `does not know "${stranger}". It knows ${known.join(', ')}.`);
  const low = map['low'] ?? map['min'];
  const high = map['high'] ?? map['max'];
  const choices = map['choices'] ?? map['values'];
  const type = map['type'] ?? (choices === undefined ? guess(low, high) : 'categorical');
  if (type === 'categorical' || type === 'bool') {
    if (choices === undefined && type === 'bool') return categorical(parameter, [true, false]);
    if (!Array.isArray(choices)) throw wrong(parameter, 'needs a list of choices.');
    return categorical(parameter, choices);
  }
  const range = typeof type === 'string' ? rangeTypes.get(type) : undefined;
  if (!range)
    throw wrong(
      parameter,
      `has the unknown type ${JSON.stringify(type)}. It can be ${[...rangeTypes.keys()].slice(0, 4).join(', ')} or categorical.`,
    );
  if (typeof low !== 'number' || typeof high !== 'number') throw wrong(parameter, 'needs low and high, two numbers.');
  const { log } = map;
  if (log !== undefined && log !== null && typeof log !== 'boolean')
    throw wrong(parameter, 'has a log that is neither true nor false.');
  return numeric(parameter, { kind: range.kind, log: log ?? range.log, low, high, step: map['step'] });
}

const guess = (low: unknown, high: unknown): string =>
  Number.isInteger(low) && Number.isInteger(high) ? 'int' : 'float';

interface Range {
  readonly kind: 'int' | 'float';
  readonly low: number;
  readonly high: number;
  readonly step: unknown;
  readonly log: boolean;
}

function numeric(parameter: string, { kind, low, high, step, log }: Range): Dimension {
  if (!Number.isFinite(low) || !Number.isFinite(high)) throw wrong(parameter, 'needs finite ends.');
  if (low > high) throw wrong(parameter, `begins at ${low}, above its end ${high}.`);
  if (log && low <= 0) throw wrong(parameter, `is logarithmic, so it must begin above 0; it begins at ${low}.`);
  if (step !== undefined && step !== null && (typeof step !== 'number' || !(step > 0)))
    throw wrong(parameter, 'needs a step above 0.');
  const given = typeof step === 'number' ? step : null;
  if (log && given !== null && !(kind === 'int' && given === 1))
    throw wrong(parameter, 'cannot have both a step and a logarithmic axis. Remove one of them.');
  if (kind === 'float') return { kind, low, high, step: given, log };
  if (![low, high, given ?? 1].every(Number.isInteger))
    throw wrong(parameter, 'is of integers, so its ends and its step must be whole numbers.');
  return { kind, low, high, step: given ?? 1, log };
}

function categorical(parameter: string, choices: readonly unknown[]): Dimension {
  if (choices.length === 0) throw wrong(parameter, 'has no choices.');
  const seen = new Map(choices.map((choice) => [JSON.stringify(choice), paramValue(parameter, choice)]));
  return { kind: 'categorical', choices: [...seen.values()] };
}

const wrong = (parameter: string, problem: string): EngineError =>
  new EngineError('tuning.parameter', { parameter, problem });

const rangeTypes: ReadonlyMap<string, { readonly kind: 'int' | 'float'; readonly log: boolean }> = new Map([
  ['int', { kind: 'int', log: false }],
  ['float', { kind: 'float', log: false }],
  ['int_log', { kind: 'int', log: true }],
  ['float_log', { kind: 'float', log: true }],
  ['log_int', { kind: 'int', log: true }],
  ['log_float', { kind: 'float', log: true }],
  ['builtins.int', { kind: 'int', log: false }],
  ['builtins.float', { kind: 'float', log: false }],
]);
