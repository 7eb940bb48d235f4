import { createHash } from 'node:crypto';
import type { UnitData } from '#core/execution/unit.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Text and rows as one SHA-256. All supported platforms are little-endian. */
export function digest(text: string, rows: readonly Int32Array[]): string {
  const hash = createHash('sha256').update(text);
  for (const list of rows) {
    hash.update(`|${list.length}|`);
    hash.update(new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  }
  return hash.digest('hex');
}

/** Everything in the data that a fit can see, as one SHA-256: another dataset with the same content is the same data. */
export function identityOf(spectra: string, data: UnitData): string {
  const bytes = (values: Float64Array) => new Uint8Array(values.slice().buffer);
  const hash = createHash('sha256')
    .update(JSON.stringify([spectra, data.signal, data.axis.unit, data.classes, data.metadata]))
    .update(bytes(data.axis.values))
    .update(bytes(data.y));
  // One source says nothing that does not stand above, so that what was computed before there were several is found.
  for (const { name, from, to, axis } of data.sources.length > 1 ? data.sources : [])
    hash.update(JSON.stringify([name, from, to, axis.unit])).update(bytes(axis.values));
  return hash.digest('hex');
}
