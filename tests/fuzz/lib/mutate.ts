import type { FuzzRandom } from '#tests/fuzz/lib/target.ts';

/** Words that have broken readers of every kind. */
const COMMON: readonly string[] = [
  '', '0', '-1', '1', '255', '65536', '2147483647', '-2147483648', '4294967296', '9007199254740993', '1e308', '-1e309',
  '1e-400', 'NaN', 'nan', 'Infinity', '-inf', 'null', 'true', 'undefined', '__proto__', 'constructor', 'prototype',
  'toString', 'hasOwnProperty', '../', '..\\', '/etc/passwd', 'C:\\', '\\\\server\\share', '%00', '\0', '\n', '\r', '\r\n',
  '\t', ' ', '"', "'", '\\', '`', '{', '}', '[', ']', '(', ')', ',', ';', ':', '|', '#', '%', '&', '*', '!', '<<', '---',
  '\ufeff', '\ufffd', '\u202e', '\u2028', '\u00a0', 'é', '日本', '😀', '\ud800', 'e\u0301', '1.234,56', "1'000", '1 000', '−5',
]; // prettier-ignore

const encoder = new TextEncoder();

/** Makes one to six small changes, of the kinds that find the most. Never longer than `most` bytes. */
export function mutate(
  input: Uint8Array,
  others: readonly Uint8Array[],
  words: readonly string[],
  random: FuzzRandom,
  most = 1 << 18,
): Uint8Array {
  let out = input;
  const changes = 1 + random.below(random.once(3) ? 6 : 2);
  for (let k = 0; k < changes; k++) out = change(out, others, words, random).subarray(0, most);
  return out.slice();
}

function change(
  input: Uint8Array,
  others: readonly Uint8Array[],
  words: readonly string[],
  random: FuzzRandom,
): Uint8Array {
  const at = random.below(input.length + 1);
  const left = input.length - at;
  const span = Math.min(left, 1 + random.below(random.once(4) ? Math.max(1, left) : 32));
  const word = (): Uint8Array => encoder.encode(random.pick(words.length > 0 && random.once(2) ? words : COMMON));
  switch (random.below(14)) {
    case 0:
      return replaced(input, at, Math.min(1, left), Uint8Array.of((input[at] ?? 0) ^ (1 << random.below(8))));
    case 1:
      return replaced(input, at, Math.min(1, left), Uint8Array.of(random.below(256)));
    case 2:
      return replaced(input, at, 0, word());
    case 3:
      return replaced(input, at, span, word());
    case 4:
      return replaced(input, at, span, new Uint8Array(0));
    case 5:
      return input.slice(0, at);
    case 6: // once more, or a thousand times
      return replaced(input, at, 0, repeated(input.subarray(at, at + span), times(random)));
    case 7: {
      const other = random.pick(others);
      const from = random.below(other.length);
      return replaced(input, at, random.once(2) ? span : 0, other.subarray(from, from + 1 + random.below(256)));
    }
    case 8: {
      const other = random.pick(others);
      return joined(input.subarray(0, at), other.subarray(random.below(other.length)));
    }
    case 9: {
      const rest = replaced(input, at, span, new Uint8Array(0));
      return replaced(rest, random.below(rest.length + 1), 0, input.slice(at, at + span));
    }
    case 10:
      return otherNumber(input, at, random);
    case 11: {
      const [open, close] = random.pick([['[', ']'], ['{', '}'], ['{"a":', '}'], ['- ', ''], ['"', '"'], ['(', ')']]); // prettier-ignore
      const deep = times(random);
      return replaced(
        replaced(input, at + span, 0, repeated(encoder.encode(close), deep)),
        at,
        0,
        repeated(encoder.encode(open), deep),
      );
    }
    case 12:
      return replaced(input, at, 0, repeated(word(), times(random)));
    default: // a length, a count or a place, as binary formats write it
      return binaryNumber(input, at, random);
  }
}

const times = (random: FuzzRandom): number =>
  random.once(40) ? 1 + random.below(30_000) : random.once(6) ? 1 + random.below(300) : 1 + random.below(4);

function otherNumber(input: Uint8Array, from: number, random: FuzzRandom): Uint8Array {
  const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
  let at = from;
  while (at < input.length && !isDigit(input[at])) at++;
  let end = at;
  while (isDigit(input[end])) end++;
  const text = random.pick(['0', '-1', '1', '2', '99999', '4294967295', '1e99', '1e309', '0.5', '9'.repeat(40), '']);
  return at === input.length ? input : replaced(input, at, end - at, encoder.encode(text));
}

function binaryNumber(input: Uint8Array, at: number, random: FuzzRandom): Uint8Array {
  const width = random.pick([1, 2, 4, 8]);
  const value = random.pick([
    0n,
    1n,
    0x7fn,
    0xffn,
    0x7fffn,
    0xffffn,
    0x7fffffffn,
    0xffffffffn,
    -1n,
    BigInt(input.length),
  ]);
  const bytes = Uint8Array.from({ length: width }, (_, k) => Number((value >> BigInt(8 * k)) & 0xffn));
  return replaced(input, at, Math.min(width, input.length - at), bytes);
}

function replaced(input: Uint8Array, at: number, count: number, by: Uint8Array): Uint8Array {
  const out = new Uint8Array(input.length - count + by.length);
  out.set(input.subarray(0, at));
  out.set(by, at);
  out.set(input.subarray(at + count), at + by.length);
  return out;
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => replaced(a, a.length, 0, b);

function repeated(piece: Uint8Array, count: number): Uint8Array {
  const most = Math.max(1, Math.min(count, Math.floor((1 << 18) / Math.max(1, piece.length))));
  const out = new Uint8Array(piece.length * most);
  for (let k = 0; k < most; k++) out.set(piece, k * piece.length);
  return out;
}
