/** One field of a protocol buffer message. Numbers are the raw 64 bits; fixed-width fields come as their bytes. */
export type ProtobufField =
  | { readonly field: number; readonly kind: 'integer'; readonly value: bigint }
  | { readonly field: number; readonly kind: 'bytes' | 'fixed'; readonly value: Uint8Array };

/**
 * Reads the fields of one message in file order. Nested messages come as bytes, to be read in turn.
 * Distrusts the input: a length beyond the end, an endless number or an unknown wire type is a RangeError with the byte.
 */
export function* readProtobuf(bytes: Uint8Array): Generator<ProtobufField, void> {
  let at = 0;

  function varint(): bigint {
    const start = at;
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError(`a number is cut off at byte ${start}.`);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new RangeError(`a number does not end at byte ${start}.`);
  }

  function take(length: number): Uint8Array {
    if (!(length <= bytes.length - at)) throw new RangeError(`a field at byte ${at} runs past the end of the file.`);
    at += length;
    return bytes.subarray(at - length, at);
  }

  while (at < bytes.length) {
    const start = at;
    const tag = varint();
    const field = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (field === 0) throw new RangeError(`there is no protocol buffer field at byte ${start}.`);
    if (wire === 0) yield { field, kind: 'integer', value: varint() };
    else if (wire === 1) yield { field, kind: 'fixed', value: take(8) };
    else if (wire === 2) yield { field, kind: 'bytes', value: take(Number(varint())) };
    else if (wire === 5) yield { field, kind: 'fixed', value: take(4) };
    else throw new RangeError(`there is no protocol buffer field at byte ${start}.`);
  }
}
