import { EngineError } from '#core/base/errors.ts';
import type { State, StateValue } from '#core/data/operator.ts';
import type { Tensor, TensorFile } from '#core/export/safetensors.ts';

/**
 * A fitted state as a tensor file: typed arrays become tensors named by their path (`coef`, `blocks/0/mean`), the rest
 * becomes the JSON text of the entry `state`, with `{"$tensor": path}` where an array was. Exact: NaN, ±∞ and −0
 * survive as `{"$number": …}`, and a key of the state that begins with `$` gets a second one.
 */
export function stateToTensors(state: State): TensorFile {
  const tensors = new Map<string, Tensor>();
  const plain = (value: StateValue, path: readonly string[]): unknown => {
    if (value instanceof Float64Array || value instanceof Int32Array) {
      const name = path.map(escapeKey).join('/');
      tensors.set(name, { shape: [value.length], data: value });
      return { $tensor: name };
    }
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: Object.is(value, -0) ? '-0' : String(value) };
    if (value === null || typeof value !== 'object') return value;
    if (isList(value)) return value.map((item, i) => plain(item, [...path, String(i)]));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, plain(item, [...path, key])]),
    );
  };
  const json = JSON.stringify(plain(state, []));
  return { tensors, metadata: new Map([[STATE, json]]) };
}

/**
 * The state that `stateToTensors` wrote.
 * @throws export.state when tensors and JSON do not belong together
 */
export function stateFromTensors(file: TensorFile, what: string): State {
  const refuse = (problem: string): EngineError<'export.state'> => new EngineError('export.state', { what, problem });
  const used = new Set<string>();
  const restore = (value: Json): StateValue => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(restore);
    const { $tensor: path, $number: number } = value;
    if (typeof path === 'string') {
      const tensor = file.tensors.get(path);
      if (tensor?.shape.length !== 1) throw refuse(`its array "${path}" is missing.`);
      used.add(path);
      return tensor.data;
    }
    if (typeof number === 'string') {
      if (!SPECIAL_NUMBERS.has(number)) throw refuse(`"${number}" is not a number.`);
      return Number(number);
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key.startsWith('$$') ? key.slice(1) : key, restore(item)]),
    );
  };

  const state = parse(file.metadata.get(STATE), restore, refuse);
  if (!isPlainRecord(state)) throw refuse('it is not a record.');
  if (used.size !== file.tensors.size) throw refuse('it holds arrays that nothing refers to.');
  return state;
}

const STATE = 'state';
const SPECIAL_NUMBERS = new Set(['NaN', 'Infinity', '-Infinity', '-0']);
/** Escaped as in a JSON pointer (RFC 6901), so that a key with a slash cannot collide with a deeper path. */
const escapeKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function parse(text: string | undefined, restore: (json: Json) => StateValue, refuse: (problem: string) => Error) {
  try {
    return restore(JSON.parse(text ?? '') as Json); // all that JSON.parse can return
  } catch (error) {
    // RangeError: nested too deeply for the stack.
    if (error instanceof SyntaxError || error instanceof RangeError) throw refuse('its description is damaged.');
    throw error;
  }
}

const isList = (value: StateValue): value is readonly StateValue[] => Array.isArray(value);
const isPlainRecord = (value: StateValue): value is State =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Float64Array || value instanceof Int32Array);
