/**
 * The CRC-32 of ZIP, gzip and PNG (polynomial 0xEDB88320, reflected; ISO 3309). Notices every change within four
 * neighbouring bytes; no protection against an intended one.
 * @param before the CRC of what stands before these bytes; 0 at the beginning
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  // The index is inside both arrays.
  for (let k = 0; k < bytes.length; k++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[k] as number)) & 0xff] as number);
  return ~crc >>> 0;
}

const TABLE = Int32Array.from({ length: 256 }, (_, value) => {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
