/** Whether two plain values (numbers, texts, typed arrays, and lists and records of them) are the same to the last bit. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return isNumbers(a) && isNumbers(b) && sameNumbers(a, b);
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, k) => sameValue(one, b[k]));
  const [own, other] = [Object.entries(a), new Map(Object.entries(b))];
  return own.length === other.size && own.every(([key, value]) => other.has(key) && sameValue(value, other.get(key)));
}

const isNumbers = (value: unknown): value is Float64Array | Int32Array =>
  value instanceof Float64Array || value instanceof Int32Array;

const sameNumbers = (a: Float64Array | Int32Array, b: Float64Array | Int32Array): boolean =>
  a.constructor === b.constructor && a.length === b.length && a.every((value, k) => Object.is(value, b[k]));
