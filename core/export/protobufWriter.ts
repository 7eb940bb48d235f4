import { strToU8 } from 'fflate';

/**
 * Writes one protocol buffer message, field by field in the order of the calls, so that equal calls give equal bytes.
 * Format: https://protobuf.dev/programming-guides/encoding/ (varint = wire type 0, length-delimited = 2, 32 bits = 5).
 */
export interface ProtobufWriter {
  /** An int32, int64 or enum field; negative numbers take ten bytes, as the format demands. */
  integer(field: number, value: number): void;
  /** A float field: rounded to single precision. */
  float(field: number, value: number): void;
  bytes(field: number, value: Uint8Array): void;
  text(field: number, value: string): void;
  /** A nested message, written by `build`. */
  message(field: number, build: (writer: ProtobufWriter) => void): void;
}

/** Returns the bytes of the message that `build` writes. Large byte fields are copied once, at the end. */
export function writeProtobuf(build: (writer: ProtobufWriter) => void): Uint8Array {
  const message = collect(build);
  const out = new Uint8Array(message.length);
  let at = 0;
  for (const piece of message.pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

interface Pieces {
  readonly pieces: Uint8Array[];
  length: number;
}

/** Larger byte fields are kept as they are until the end; everything else is written into chunks of this size. */
const CHUNK = 4096;

function collect(build: (writer: ProtobufWriter) => void): Pieces {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let chunk = new Uint8Array(64);
  let used = 0;
  const flush = (): void => {
    if (used > 0) pieces.push(chunk.subarray(0, used));
    chunk = new Uint8Array(CHUNK);
    used = 0;
  };
  const byte = (value: number): void => {
    if (used === chunk.length) flush();
    chunk[used++] = value;
    length++;
  };
  const add = (piece: Uint8Array): void => {
    if (piece.length < CHUNK / 4) {
      for (const value of piece) byte(value);
      return;
    }
    flush();
    pieces.push(piece);
    length += piece.length;
  };
  const varint = (value: number): void => {
    let rest = value;
    while (rest >= 128) {
      byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    byte(rest);
  };
  const wideVarint = (value: bigint): void => {
    let rest = value;
    while (rest >= 128n) {
      byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    byte(Number(rest));
  };
  const writer: ProtobufWriter = {
    integer(field, value) {
      varint(field * 8);
      if (value >= 0 && Number.isSafeInteger(value)) varint(value);
      else wideVarint(BigInt.asUintN(64, BigInt(value)));
    },
    float(field, value) {
      varint(field * 8 + 5);
      const bits = new DataView(new ArrayBuffer(4));
      bits.setFloat32(0, value, true);
      for (let k = 0; k < 4; k++) byte(bits.getUint8(k));
    },
    bytes(field, value) {
      varint(field * 8 + 2);
      varint(value.length);
      add(value);
    },
    text(field, value) {
      writer.bytes(field, strToU8(value));
    },
    message(field, nested) {
      const inner = collect(nested);
      varint(field * 8 + 2);
      varint(inner.length);
      for (const piece of inner.pieces) add(piece);
    },
  };
  build(writer);
  if (used > 0) pieces.push(chunk.subarray(0, used));
  return { pieces, length };
}
