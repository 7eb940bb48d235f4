import { strToU8 } from 'fflate';

/**
 * Writes one protocol buffer message, field by field in the order of the calls, so that equal calls give equal bytes.
 * Format: https://protobuf.dev/programming-guides/encoding/ (varint = wire type 0, length-delimited = wire type 2).
 */
export interface ProtobufWriter {
  /** An int32, int64 or enum field; negative numbers take ten bytes, as the format demands. */
  integer(field: number, value: number): void;
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

function collect(build: (writer: ProtobufWriter) => void): Pieces {
  const out: Pieces = { pieces: [], length: 0 };
  const add = (piece: Uint8Array): void => {
    out.pieces.push(piece);
    out.length += piece.length;
  };
  const delimited = (field: number, length: number): void => {
    add(varint(BigInt(field) * 8n + 2n));
    add(varint(BigInt(length)));
  };
  build({
    integer(field, value) {
      add(varint(BigInt(field) * 8n));
      add(varint(BigInt.asUintN(64, BigInt(value))));
    },
    bytes(field, value) {
      delimited(field, value.length);
      add(value);
    },
    text(field, value) {
      this.bytes(field, strToU8(value));
    },
    message(field, nested) {
      const inner = collect(nested);
      delimited(field, inner.length);
      for (const piece of inner.pieces) add(piece);
    },
  });
  return out;
}

function varint(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    out.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(out);
}
