import { strToU8 } from 'fflate';

/** One member as a ZIP file has it. */
export interface ZipEntry {
  readonly path: string;
  /** 0: as it is; 8: deflated. */
  readonly method: number;
  /** Of the unpacked bytes. */
  readonly crc: number;
  /** Bytes in the file, and when unpacked. */
  readonly packed: number;
  readonly unpacked: number;
}

// The only form in which our files have the parts around their members (APPNOTE.TXT 6.3, §4.3): equal members give equal
// files, and a byte that is not as it must be is noticed. No date: 1980-01-01, 00:00.

/** What stands before the bytes of a member. */
export function localHeader(entry: ZipEntry): Uint8Array {
  const name = strToU8(entry.path);
  const out = new Uint8Array(LOCAL_SIZE + name.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x04034b50, true);
  writeCommon(view, 4, entry, name);
  out.set(name, LOCAL_SIZE);
  return out;
}

/** The member's entry in the directory; `at`: where its local header is. */
export function directoryRecord(entry: ZipEntry, at: number): Uint8Array {
  const name = strToU8(entry.path);
  const out = new Uint8Array(DIRECTORY_SIZE + name.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, VERSION, true);
  writeCommon(view, 6, entry, name);
  view.setUint32(42, at, true);
  out.set(name, DIRECTORY_SIZE);
  return out;
}

/** The last record: how many members, and where the directory is. */
export function endRecord(count: number, size: number, start: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(END_SIZE));
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, start, true);
  return new Uint8Array(view.buffer);
}

/** The fields that both records of a member have, in the same order. */
function writeCommon(view: DataView, at: number, entry: ZipEntry, name: Uint8Array): void {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, name.length === entry.path.length ? 0 : UTF8_NAME, true);
  view.setUint16(at + 4, entry.method, true);
  view.setUint32(at + 6, FIRST_OF_1980, true);
  view.setUint32(at + 10, entry.crc, true);
  view.setUint32(at + 14, entry.packed, true);
  view.setUint32(at + 18, entry.unpacked, true);
  view.setUint16(at + 22, name.length, true);
}

export const LOCAL_SIZE = 30;
export const DIRECTORY_SIZE = 46;
export const END_SIZE = 22;
/** 2.0: deflation and folders. */
const VERSION = 20;
const UTF8_NAME = 0x0800;
const FIRST_OF_1980 = 0x00210000;
