import { crc32 } from '#core/base/crc32.ts';
import { directoryRecord, endRecord, localHeader, type ZipEntry } from '#core/export/zipLayout.ts';

/**
 * Puts members into a ZIP, in the order given, as they are: equal members give equal bytes, and every byte of the file
 * means something, so that a changed one is noticed (packed bytes have more than one reading). Numbers hardly pack.
 */
export function writeZip(members: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [path, bytes] of members) {
    const entry: ZipEntry = { path, method: 0, crc: crc32(bytes), packed: bytes.length, unpacked: bytes.length };
    const header = localHeader(entry);
    directory.push(directoryRecord(entry, at));
    pieces.push(header, bytes);
    at += header.length + bytes.length;
  }
  const size = directory.reduce((sum, record) => sum + record.length, 0);
  const all = [...pieces, ...directory, endRecord(members.size, size, at)];
  const out = new Uint8Array(all.reduce((sum, piece) => sum + piece.length, 0));
  let place = 0;
  for (const piece of all) {
    out.set(piece, place);
    place += piece.length;
  }
  return out;
}
