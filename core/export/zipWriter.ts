import { deflateSync, zipSync, type Zippable } from 'fflate';
import { bundleLimits } from '#core/export/zipReader.ts';

/** Packs members into a ZIP, in the order given and with a fixed date, so that equal members give equal bytes. */
export function writeZip(members: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const files: Zippable = {};
  // ZIP writes local time without a zone; built from local parts it is the same text everywhere.
  const mtime = new Date(1980, 0, 1);
  for (const [path, bytes] of members) files[path] = [bytes, { level: levelFor(bytes), mtime }];
  return zipSync(files);
}

/** Our own reader refuses suspicious ratios, so what packs too well (a matrix of zeros) is stored as it is. */
function levelFor(bytes: Uint8Array): 0 | 6 {
  const packed = deflateSync(bytes, { level: 6 }).length;
  return packed >= bytes.length || bytes.length > packed * (bundleLimits.ratio / 2) ? 0 : 6;
}
