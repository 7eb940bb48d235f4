import { endianness } from 'node:os';

/** The values as little-endian doubles: a view on them where the machine is little-endian, else a swapped copy. */
export function doublesToBytes(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return SWAP ? Buffer.from(bytes).swap64() : bytes;
}

/** A copy of little-endian doubles as values. The bytes may start anywhere in their buffer. */
export function bytesToDoubles(bytes: Uint8Array): Float64Array {
  const copy = new Uint8Array(bytes);
  swapDoublesInPlace(copy);
  return new Float64Array(copy.buffer, 0, Math.floor(copy.byteLength / 8));
}

/** Makes doubles that were read into memory as they lie in a file into the machine's own. */
export function swapDoublesInPlace(bytes: Uint8Array): void {
  if (SWAP) Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).swap64();
}

/** The values as little-endian 32-bit integers. */
export function integersToBytes(values: Int32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return SWAP ? Buffer.from(bytes).swap32() : bytes;
}

/** A copy of little-endian 32-bit integers as values. */
export function bytesToIntegers(bytes: Uint8Array): Int32Array {
  const copy = new Uint8Array(bytes);
  if (SWAP) Buffer.from(copy.buffer).swap32();
  return new Int32Array(copy.buffer, 0, Math.floor(copy.byteLength / 4));
}

/** True on the rare big-endian machine; files and rows are little-endian everywhere. */
const SWAP = endianness() === 'BE';
