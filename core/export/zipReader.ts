import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { crc32 } from '#core/base/crc32.ts';
import { EngineError } from '#core/base/errors.ts';
import {
  DIRECTORY_SIZE,
  directoryRecord,
  END_SIZE,
  endRecord,
  LOCAL_SIZE,
  localHeader,
  type ZipEntry,
} from '#core/export/zipLayout.ts';

/** What a bundle may not exceed. Ours stay far below; a file that exceeds them is a mistake or an attack. */
export interface ZipLimits {
  readonly members: number;
  /** Bytes of all members together, unpacked. */
  readonly totalBytes: number;
  /** Unpacked : packed, for members over 64 KB. */
  readonly ratio: number;
}

export const bundleLimits: ZipLimits = { members: 10_000, totalBytes: 2 ** 30, ratio: 200 };

export interface ZipMember {
  readonly path: string;
  /** Size when unpacked, as the directory states it. */
  readonly bytes: number;
  /** Unpacks; stops at the stated size, and refuses bytes that are not those that were written. */
  read(): Uint8Array;
}

/**
 * Reads the directory of a ZIP file that may be hostile, without unpacking anything. Refused: paths that leave the
 * archive, two members of one name, overlapping members, encryption, ZIP64 and split archives, anything over the limits,
 * and any other form than that of `writeZip`: no byte of the file is without meaning, and so none can change unnoticed.
 * Format: APPNOTE.TXT 6.3, §4.3. `file` is the name for error sentences.
 * @throws bundle.invalid, bundle.unsafe-path, bundle.limit
 */
export function readZip(bytes: Uint8Array, file: string, limits: ZipLimits = bundleLimits): Map<string, ZipMember> {
  const fail = (problem: string): EngineError<'bundle.invalid'> => new EngineError('bundle.invalid', { file, problem });
  const limit = (what: string, found: number, most: number): EngineError<'bundle.limit'> =>
    new EngineError('bundle.limit', { file, what, found: String(found), limit: String(most) });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  const entries = readDirectory(bytes, view, fail, (count) => {
    if (count > limits.members) throw limit('the number of members', count, limits.members);
  });
  const members = new Map<string, ZipMember>();
  let total = 0;
  let free = 0;
  for (const entry of entries.toSorted((a, b) => a.headerAt - b.headerAt)) {
    const { path, packed, unpacked } = entry;
    if (!isSafePath(path)) throw new EngineError('bundle.unsafe-path', { file, member: path });
    if (members.has(path)) throw fail(`it has two members named ${path}.`);
    total += unpacked;
    if (total > limits.totalBytes) throw limit('its unpacked size in bytes', total, limits.totalBytes);
    if (unpacked > SMALL && unpacked > packed * limits.ratio)
      throw limit(`the compression ratio of ${path}`, Math.round(unpacked / Math.max(1, packed)), limits.ratio);
    const data = locate(bytes, view, entry, fail);
    if (entry.headerAt < free) throw fail(`its member ${path} overlaps another.`);
    free = data.byteOffset - bytes.byteOffset + packed;
    members.set(path, {
      path,
      bytes: unpacked,
      read: () => unpackedBytes(entry, data, () => fail(`its member ${path} is damaged.`)),
    });
  }
  if (!isOurForm(bytes, entries)) throw fail('it is damaged, or another program packed it. Copy or export it again.');
  return members;
}

interface Entry extends ZipEntry {
  readonly headerAt: number;
}

/** Whether all around the members, and their order, is exactly as the writer makes it. */
function isOurForm(bytes: Uint8Array, entries: readonly Entry[]): boolean {
  const holds = (at: number, expected: Uint8Array): boolean => expected.every((byte, k) => bytes[at + k] === byte);
  let at = 0;
  for (const entry of entries) {
    const header = localHeader(entry);
    if (entry.headerAt !== at || !holds(at, header)) return false;
    at += header.length + entry.packed;
  }
  const start = at;
  for (const entry of entries) {
    const record = directoryRecord(entry, entry.headerAt);
    if (!holds(at, record)) return false;
    at += record.length;
  }
  return at + END_SIZE === bytes.length && holds(at, endRecord(entries.length, at - start, start));
}

function unpackedBytes(entry: Entry, data: Uint8Array, damaged: () => Error): Uint8Array {
  const out = entry.method === STORED ? data.slice() : inflate(data, entry.unpacked, damaged);
  if (crc32(out) !== entry.crc) throw damaged();
  if (entry.method === STORED) return out;
  // Earlier versions packed members, always in this way; packed in another way, bytes were changed that mean the same.
  const again = deflateSync(out, { level: 6 });
  if (again.length !== data.length || again.some((byte, k) => byte !== data[k])) throw damaged();
  return out;
}

const STORED = 0;
const DEFLATED = 8;
const SMALL = 65_536;
const ENCRYPTED = 1;
/** What a ZIP64 archive writes in place of a number; no bundle is that large. */
const ZIP64 = 0xffffffff;

function readDirectory(
  bytes: Uint8Array,
  view: DataView,
  fail: (problem: string) => Error,
  checkCount: (count: number) => void,
): Entry[] {
  const end = bytes.length - END_SIZE; // no comment: we write none, and a comment could hide a second directory
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw fail('it is not a ZIP file, or it is cut off.');
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  const disks = view.getUint32(end + 4, true);
  if (disks !== 0 || view.getUint16(end + 8, true) !== count || start === ZIP64 || count === 0xffff)
    throw fail('it is a split or oversized ZIP file.');
  checkCount(count);
  if (start + size !== end) throw fail('its directory is damaged.');

  const entries: Entry[] = [];
  let at = start;
  for (let k = 0; k < count; k++) {
    if (at + DIRECTORY_SIZE > end || view.getUint32(at, true) !== 0x02014b50) throw fail('its directory is damaged.');
    const nameEnd = at + DIRECTORY_SIZE + view.getUint16(at + 28, true);
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw fail('its directory is damaged.');
    const path = decodeName(bytes.subarray(at + DIRECTORY_SIZE, nameEnd), fail);
    const method = view.getUint16(at + 10, true);
    if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) throw fail(`its member ${path} is encrypted.`);
    if (method !== STORED && method !== DEFLATED) throw fail(`its member ${path} is packed in an unknown way.`);
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    if (method === STORED && packed !== unpacked) throw fail(`its member ${path} is damaged.`);
    const crc = view.getUint32(at + 16, true);
    entries.push({ path, method, crc, packed, unpacked, headerAt: view.getUint32(at + 42, true) });
    at = next;
  }
  if (at !== end) throw fail('its directory is damaged.');
  return entries;
}

/** The packed bytes of a member. The local header must name the same member, or other tools would see another file. */
function locate(bytes: Uint8Array, view: DataView, entry: Entry, fail: (problem: string) => Error): Uint8Array {
  const { path, headerAt, packed } = entry;
  if (headerAt + LOCAL_SIZE > bytes.length || view.getUint32(headerAt, true) !== 0x04034b50)
    throw fail(`its member ${path} is missing.`);
  const nameEnd = headerAt + LOCAL_SIZE + view.getUint16(headerAt + 26, true);
  const start = nameEnd + view.getUint16(headerAt + 28, true);
  if (start + packed > bytes.length - END_SIZE) throw fail(`its member ${path} is cut off.`);
  if (decodeName(bytes.subarray(headerAt + LOCAL_SIZE, nameEnd), fail) !== path)
    throw fail(`its member ${path} has two names.`);
  return bytes.subarray(start, start + packed);
}

function decodeName(bytes: Uint8Array, fail: (problem: string) => Error): string {
  const name = strFromU8(bytes);
  const again = strToU8(name);
  if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i]))
    throw fail('a member has an unreadable name.');
  return name;
}

/** Relative, with plain segments: no drive, no backslash, no dot segment, no control character, no folder entry. */
function isSafePath(path: string): boolean {
  if (path.length > 255 || Array.from(path).some((c) => c < ' ' || c === '\u007f' || '\\:*?"<>|'.includes(c)))
    return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** Unpacks piece by piece, so that a directory that understates a size cannot fill the memory. */
function inflate(packed: Uint8Array, size: number, damaged: () => Error): Uint8Array {
  const out = new Uint8Array(size);
  let length = 0;
  let ended = false;
  const stream = new Inflate((piece, final) => {
    if (length + piece.length > size) throw damaged();
    out.set(piece, length);
    length += piece.length;
    ended = final;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE)
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw damaged(); // whatever the decoder stumbled over, the person needs to know that the file is damaged
  }
  if (!ended || length !== size) throw damaged();
  return out;
}

/** Small enough that even 1,000-fold expansion of one piece stays at 16 MB. */
const PIECE = 16_384;
