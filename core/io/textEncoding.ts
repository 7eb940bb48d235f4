import { EngineError } from '#core/base/errors.ts';
import type { TextEncodingName } from '#core/contract/imports.ts';

export interface EncodingGuess {
  readonly encoding: TextEncodingName;
  /** Bytes of the byte order mark at the beginning: 0, 2 or 3. */
  readonly bom: number;
  readonly confidence: number;
}

/**
 * Which encoding a text file uses, from its first bytes: a byte order mark; else zero bytes at every other place
 * (UTF-16); else valid UTF-8; else Windows-1252, which contains Latin-1.
 *
 * @throws EngineError data.binary when the bytes are no text at all
 */
export function detectEncoding(head: Uint8Array, file: string): EncodingGuess {
  const marked = byteOrderMark(head);
  if (marked) return marked;
  const kind = binaryKind(head);
  if (kind) throw new EngineError('data.binary', { file, kind });

  const sample = head.subarray(0, 4096);
  let evenZeros = 0;
  let oddZeros = 0;
  let controls = 0;
  sample.forEach((byte, at) => {
    if (byte === 0 && at % 2 === 0) evenZeros++;
    else if (byte === 0) oddZeros++;
    else if (byte < 32 && !(byte >= 9 && byte <= 13)) controls++;
  });
  const pairs = sample.length / 2;
  if (oddZeros > 0.6 * pairs && evenZeros < 0.05 * pairs) return { encoding: 'utf-16le', bom: 0, confidence: 0.9 };
  if (evenZeros > 0.6 * pairs && oddZeros < 0.05 * pairs) return { encoding: 'utf-16be', bom: 0, confidence: 0.9 };
  if (evenZeros + oddZeros > 0 || controls > 0.02 * sample.length)
    throw new EngineError('data.binary', { file, kind: 'binary data' });
  return isUtf8(head)
    ? { encoding: 'utf-8', bom: 0, confidence: 1 }
    : { encoding: 'windows-1252', bom: 0, confidence: 0.8 };
}

/** The same content as UTF-8 bytes without a byte order mark, chunk by chunk. UTF-8 passes through without a copy. */
export async function* asUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
): AsyncIterable<Uint8Array> {
  const convert = utf8Converter(encoding);
  for await (const chunk of chunks) {
    const out = convert(chunk, false);
    if (out.length > 0) yield out;
  }
  const rest = convert(new Uint8Array(0), true);
  if (rest.length > 0) yield rest;
}

/** All of a short text at once. */
export const utf8Of = (bytes: Uint8Array, encoding: TextEncodingName): Uint8Array =>
  utf8Converter(encoding)(bytes, true);

function utf8Converter(encoding: TextEncodingName): (chunk: Uint8Array, last: boolean) => Uint8Array {
  if (encoding === 'utf-8') {
    let first = true;
    return (chunk) => {
      const skip = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
      if (chunk.length > 0) first = false;
      return chunk.subarray(skip);
    };
  }
  const decoder = new TextDecoder(encoding); // drops a byte order mark itself
  const encoder = new TextEncoder();
  return (chunk, last) => encoder.encode(decoder.decode(chunk, { stream: !last }));
}

function byteOrderMark(head: Uint8Array): EncodingGuess | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3, confidence: 1 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2, confidence: 1 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2, confidence: 1 };
  return null;
}

/** Valid UTF-8, apart from a character cut off at the very end. */
function isUtf8(head: Uint8Array): boolean {
  let end = head.length;
  for (let back = 1; back <= 3 && back <= head.length; back++) {
    const byte = head[head.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      end = head.length - back;
      break;
    }
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, end));
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false; // how the decoder says "not UTF-8"
    throw error;
  }
}

function binaryKind(head: Uint8Array): string | null {
  const start = String.fromCharCode(...head.subarray(0, 8));
  return SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ?? null;
}

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'an Excel workbook or a ZIP archive'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook'],
  ['\u0089HDF', 'an HDF5 or MATLAB 7.3 file'],
  ['MATLAB 5', 'a MATLAB file'],
  ['%PDF', 'a PDF document'],
  ['\u0089PNG', 'a picture'],
  ['\u0093NUMPY', 'a NumPy array'],
  ['PAR1', 'a Parquet file'],
];
