import { bytesToDoubles, doublesToBytes } from '#core/artifacts/littleEndian.ts';

/** JSON in which a Float64Array stands as `{"$f64": "<base64>"}`: exact, NaN included, and a third of the length. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Float64Array ? { [TAG]: Buffer.from(doublesToBytes(part)).toString('base64') } : part,
  );

/** The value again, with its Float64Arrays. Without a reviver, which takes four times as long. */
export const fromJson = (text: string): unknown =>
  text.includes(`"${TAG}"`) ? withArrays(JSON.parse(text)) : JSON.parse(text);

/** Puts the arrays in where their texts stand. */
function withArrays(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isTagged(value)) return bytesToDoubles(Buffer.from(value[TAG], 'base64'));
  const holder = value as Record<string, unknown>; // a list too: its places are keys
  for (const key of Object.keys(holder)) {
    const part = holder[key];
    if (typeof part === 'object' && part !== null) replaced(holder, key, withArrays(part));
  }
  return value;
}

/** Defined, not assigned: a key such as `__proto__` is a key like any other. */
const replaced = (holder: Record<string, unknown>, key: string, value: unknown): void => {
  if (holder[key] !== value)
    Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
};

const TAG = '$f64';

function isTagged(value: unknown): value is { readonly [TAG]: string } {
  return typeof value === 'object' && value !== null && TAG in value && typeof value[TAG] === 'string';
}
