import { crc32 } from '#core/base/crc32.ts';
import { writeProtobuf } from '#core/export/protobufWriter.ts';

/** ModelProto.model_version of our files that end with a checksum: without this second mark it could vanish unnoticed. */
export const CHECKED_VERSION = 1;

/** The last entry of metadata_props. */
const CHECKSUM_ENTRY = 'refract.checksum';

/** A model with a last metadata entry: the CRC-32, as eight hexadecimal digits, of all bytes before that entry. */
export function withChecksum(model: Uint8Array): Uint8Array {
  const entry = entryFor(model);
  const out = new Uint8Array(model.length + entry.length);
  out.set(model);
  out.set(entry, model.length);
  return out;
}

/**
 * Whether a file is as it was exported. Files of other programs, and those of ours that have no checksum, are.
 * Of ours, every single byte that changes is noticed.
 */
export function isAsExported(
  bytes: Uint8Array,
  summary: { readonly producer: string; readonly modelVersion: number; readonly metadata: ReadonlyMap<string, string> },
): boolean {
  const { producer, modelVersion, metadata } = summary;
  const ours = producer === 'Refract' || [...metadata.keys()].some((key) => key.startsWith('refract.'));
  if (!ours || (modelVersion === 0 && !metadata.has(CHECKSUM_ENTRY))) return true;
  const length = entryFor(new Uint8Array(0)).length;
  const end = Math.max(0, bytes.length - length);
  const expected = entryFor(bytes.subarray(0, end));
  return bytes.length - end === length && expected.every((byte, k) => bytes[end + k] === byte);
}

const entryFor = (model: Uint8Array): Uint8Array =>
  writeProtobuf((proto) =>
    proto.message(14, (entry) => {
      entry.text(1, CHECKSUM_ENTRY);
      entry.text(2, crc32(model).toString(16).padStart(8, '0'));
    }),
  );
