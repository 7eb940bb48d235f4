import { readProtobuf, type ProtobufField } from '#core/export/protobufReader.ts';
import { mutate } from '#tests/fuzz/lib/mutate.ts';
import type { FuzzRandom } from '#tests/fuzz/lib/target.ts';

/** Changes one field of a message, or of a message in it, and brings all lengths around it up to date. */
export function reshapeProtobuf(
  input: Uint8Array,
  words: readonly string[],
  random: FuzzRandom,
  depth = 0,
): Uint8Array {
  const fields = fieldsOf(input);
  if (fields === null || fields.length === 0 || depth > 12) return mutate(input, [input], words, random, 1 << 14);
  const at = random.below(fields.length);
  const field = fields[at] as ProtobufField;
  const rest = fields.filter((_, k) => k !== at);
  switch (random.below(field.kind === 'bytes' ? 14 : 6)) {
    case 0:
      return written(rest);
    case 1:
      return written([...fields, field]);
    case 2:
      return written([
        ...rest.slice(0, random.below(fields.length)),
        field,
        ...rest.slice(random.below(fields.length)),
      ]);
    case 3: // the same under another number
      return written(fields.with(at, { ...field, field: 1 + random.below(26) }));
    case 4:
    case 5:
      if (field.kind === 'integer') {
        const value = random.pick([
          0n,
          1n,
          2n,
          7n,
          11n,
          16n,
          255n,
          2n ** 31n,
          2n ** 32n - 1n,
          2n ** 63n,
          2n ** 64n - 1n,
        ]);
        return written(fields.with(at, { ...field, value }));
      }
      return written(fields.with(at, { ...field, value: mutate(field.value, [input], words, random, 1 << 14) }));
    default: {
      const value = field.value as Uint8Array; // of the kind bytes
      return written(
        fields.with(at, { ...field, kind: 'bytes', value: reshapeProtobuf(value, words, random, depth + 1) }),
      );
    }
  }
}

function fieldsOf(bytes: Uint8Array): ProtobufField[] | null {
  try {
    return [...readProtobuf(bytes)];
  } catch {
    return null; // no message, but a text or numbers
  }
}

function written(fields: readonly ProtobufField[]): Uint8Array {
  const out: number[] = [];
  const pieces: Uint8Array[] = [];
  const varint = (value: bigint): void => {
    let rest = value;
    for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
    out.push(Number(rest));
  };
  const flush = (): void => {
    pieces.push(Uint8Array.from(out.splice(0)));
  };
  for (const field of fields) {
    const wire =
      field.kind === 'integer'
        ? 0n
        : field.kind === 'bytes' || (field.value.length !== 8 && field.value.length !== 4)
          ? 2n
          : field.value.length === 8
            ? 1n
            : 5n;
    varint((BigInt(field.field) << 3n) | wire);
    if (field.kind === 'integer') varint(field.value);
    else {
      if (wire === 2n) varint(BigInt(field.value.length));
      flush();
      pieces.push(field.value);
    }
  }
  flush();
  return Uint8Array.from(Buffer.concat(pieces));
}
