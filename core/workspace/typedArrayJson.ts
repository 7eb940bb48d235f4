import { bytesToDoubles, doublesToBytes } from '#core/artifacts/littleEndian.ts';

/** JSON in which a Float64Array stands as `{"$f64": "<base64>"}`: exact, NaN included, and a third of the length. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Float64Array ? { [TAG]: Buffer.from(doublesToBytes(part)).toString('base64') } : part,
  );

/** The value again, with its Float64Arrays. */
export const fromJson = (text: string): unknown =>
  JSON.parse(text, (_key, part: unknown) => (isTagged(part) ? bytesToDoubles(Buffer.from(part[TAG], 'base64')) : part));

const TAG = '$f64';

function isTagged(value: unknown): value is { readonly [TAG]: string } {
  return typeof value === 'object' && value !== null && TAG in value && typeof value[TAG] === 'string';
}
