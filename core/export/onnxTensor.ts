import { MOST_ELEMENTS } from '#core/export/onnxLimits.ts';
import { readProtobuf, type ProtobufField } from '#core/export/protobufReader.ts';

/** A stored array, as far as a check needs it. */
export interface StoredTensor {
  /** Whole numbers of an int64 array of at most a hundred; null for all others. */
  readonly integers: readonly number[] | null;
}

/**
 * Checks an ONNX TensorProto: it holds its numbers itself, exactly as many as its shape says.
 * @throws RangeError with a sentence
 */
export function checkTensor(bytes: Uint8Array): StoredTensor {
  const shape: number[] = [];
  const lists = new Map<number, number>();
  let type = 0;
  let raw: Uint8Array | null = null;
  for (const field of readProtobuf(bytes)) {
    if (isExternal(field)) throw new RangeError('it keeps its numbers in other files. Save it as one file.');
    if (field.field === 1) shape.push(...integersOf(field));
    else if (field.field === 2 && field.kind === 'integer') type = Number(field.value);
    else if (field.field === 3) throw new RangeError('it holds a part of an array only.');
    else if (field.field === 9 && field.kind === 'bytes') raw = field.value;
    else if (LISTS.has(field.field)) lists.set(field.field, (lists.get(field.field) ?? 0) + countOf(field));
  }
  const count = elements(shape);
  const form = FORMS.get(type);
  if (form === undefined) throw new RangeError(`it holds an array of an unknown type (${type}).`);
  const listed = lists.get(form.list) ?? 0;
  const fits =
    raw === null
      ? lists.size <= 1 && (form.bits < 8 ? listed * 8 >= count * form.bits : listed === count * form.parts)
      : lists.size === 0 && type !== TEXT && raw.length === Math.ceil((count * form.bits) / 8);
  if (!fits) throw new RangeError('it holds an array with more or fewer numbers than its shape says.');
  return { integers: type === INT64 && count <= 100 ? int64s(bytes, raw) : null };
}

/** How many numbers an array of this shape has. @throws RangeError for sizes that no array of ours can have */
export function elements(shape: readonly number[]): number {
  const count = shape.reduce((product, length) => product * length, 1);
  if (
    shape.some((length) => !Number.isSafeInteger(length) || length < 0) ||
    !(count <= MOST_ELEMENTS) ||
    shape.length > 32
  )
    throw new RangeError(`it holds an array of an impossible size (${shape.slice(0, 8).join(' × ')}).`);
  return count;
}

/** The numbers of a field that may come one by one or packed, as signed 64-bit ones. */
export function integersOf(field: ProtobufField): number[] {
  if (field.kind === 'integer') return [Number(BigInt.asIntN(64, field.value))];
  if (field.kind !== 'bytes') throw new RangeError('it holds a shape that is no list of whole numbers.');
  const out: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of field.value) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (shift > 70n) throw new RangeError('a number does not end.');
    if (byte >= 128) continue;
    out.push(Number(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return out;
}

const isExternal = (field: ProtobufField): boolean =>
  (field.field === 14 && field.kind === 'integer' && field.value !== 0n) || field.field === 13;

/** Elements of a list field: one text or number, or many packed. */
function countOf(field: ProtobufField): number {
  if (field.kind !== 'bytes' || field.field === TEXT_LIST) return 1;
  const width = field.field === 4 ? 4 : field.field === 10 ? 8 : null;
  if (width === null) return field.value.reduce((count, byte) => count + (byte < 128 ? 1 : 0), 0);
  if (field.value.length % width !== 0) throw new RangeError('it holds an array that is cut off.');
  return field.value.length / width;
}

function int64s(bytes: Uint8Array, raw: Uint8Array | null): number[] {
  if (raw === null) return [...readProtobuf(bytes)].filter(({ field }) => field === 7).flatMap(integersOf);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.length / 8 }, (_, k) => Number(view.getBigInt64(k * 8, true)));
}

const TEXT = 8;
const INT64 = 7;
const TEXT_LIST = 6;
/** float_data, int32_data, string_data, int64_data, double_data, uint64_data. */
const LISTS: ReadonlySet<number> = new Set([4, 5, 6, 7, 10, 11]);

interface Form {
  /** Of one element in raw_data. */
  readonly bits: number;
  /** The field that holds the elements where raw_data does not, and how many of its numbers make one. */
  readonly list: number;
  readonly parts: number;
}
const form = (bits: number, list: number, parts = 1): Form => ({ bits, list, parts });
/** By TensorProto.DataType. */
const FORMS: ReadonlyMap<number, Form> = new Map([
  [1, form(32, 4)], [2, form(8, 5)], [3, form(8, 5)], [4, form(16, 5)], [5, form(16, 5)], [6, form(32, 5)],
  [7, form(64, 7)], [8, form(0, 6)], [9, form(8, 5)], [10, form(16, 5)], [11, form(64, 10)], [12, form(32, 11)],
  [13, form(64, 11)], [14, form(64, 4, 2)], [15, form(128, 10, 2)], [16, form(16, 5)], [17, form(8, 5)],
  [18, form(8, 5)], [19, form(8, 5)], [20, form(8, 5)], [21, form(4, 5)], [22, form(4, 5)], [23, form(4, 5)],
]); // prettier-ignore
