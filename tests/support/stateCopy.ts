import type { State, StateValue } from '#core/data/operator.ts';

/** A state after a trip through JSON text, as a workspace or a bundle would store it. Refuses anything that is not data. */
export const stateCopy = (state: State): State => unpack(JSON.parse(JSON.stringify(pack(state)))) as State;

function pack(value: StateValue): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`A state holds ${value}.`);
    return value;
  }
  if (value instanceof Float64Array) {
    if (!value.every(Number.isFinite)) throw new Error('A state holds values that are not finite.');
    return { $f64: [...value] };
  }
  if (value instanceof Int32Array) return { $i32: [...value] };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    throw new Error('A state holds something that is not plain data.');
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, pack(entry)]));
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (value === null || typeof value !== 'object') return value;
  if ('$f64' in value) return Float64Array.from(value.$f64 as number[]);
  if ('$i32' in value) return Int32Array.from(value.$i32 as number[]);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpack(entry)]));
}
