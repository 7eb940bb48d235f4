import { strFromU8, strToU8 } from 'fflate';
import { EngineError } from '#core/base/errors.ts';

export interface Tensor {
  /** [] is a scalar. */
  readonly shape: readonly number[];
  readonly data: Float64Array | Int32Array;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Free text entries. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Writes tensors in the safetensors format (https://github.com/huggingface/safetensors, README "Format"): eight bytes of
 * header length, a JSON header, then the values, little-endian. F64 and I32 only. Equal content gives equal bytes:
 * doubles first, so that every value is aligned, and names in order.
 */
export function writeSafetensors(file: TensorFile): Uint8Array {
  const entries = [...file.tensors].sort(([a, x], [b, y]) => sizeOf(y.data) - sizeOf(x.data) || (a < b ? -1 : 1));
  const header: [string, unknown][] = [];
  if (file.metadata.size > 0)
    header.push([METADATA, Object.fromEntries([...file.metadata].sort(([a], [b]) => (a < b ? -1 : 1)))]);
  let length = 0;
  for (const [name, tensor] of entries) {
    const end = length + tensor.data.byteLength;
    header.push([name, { dtype: dtypeOf(tensor.data), shape: tensor.shape, data_offsets: [length, end] }]);
    length = end;
  }
  const text = strToU8(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(text.length / 8) * 8;
  const out = new Uint8Array(8 + headerLength + length);
  const view = new DataView(out.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  out.fill(SPACE, 8, 8 + headerLength);
  out.set(text, 8);
  let at = 8 + headerLength;
  for (const [, { data }] of entries) {
    const width = sizeOf(data);
    if (data instanceof Float64Array) data.forEach((value, i) => view.setFloat64(at + i * width, value, true));
    else data.forEach((value, i) => view.setInt32(at + i * width, value, true));
    at += data.byteLength;
  }
  return out;
}

/**
 * Reads a safetensors file and distrusts it: the tensors must cover the data exactly, without holes, overlaps or
 * a rest, every size must follow from its shape, and no name may occur twice.
 * `file` is the name for error sentences.
 * @throws bundle.invalid
 */
export function readSafetensors(bytes: Uint8Array, file: string): TensorFile {
  const refuse = (problem: string): EngineError<'bundle.invalid'> =>
    new EngineError('bundle.invalid', { file, problem });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw refuse('it is too short for a tensor file.');
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > BigInt(LONGEST_HEADER)) throw refuse('the header of its tensors is too long.');
  const dataStart = 8 + Number(headerLength);
  if (dataStart > bytes.length) throw refuse('the header of its tensors is cut off.');
  const header = parseHeader(bytes.subarray(8, dataStart), refuse);

  const metadata = new Map<string, string>();
  const ranges: { name: string; dtype: Dtype; shape: number[]; begin: number; end: number }[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) for (const [key, text] of metadataEntries(value, refuse)) metadata.set(key, text);
    else ranges.push({ name, ...parseEntry(name, value, refuse) });
  }
  ranges.sort((a, b) => a.begin - b.begin || a.end - b.end);

  const tensors = new Map<string, Tensor>();
  let covered = 0;
  for (const { name, dtype, shape, begin, end } of ranges) {
    if (begin !== covered)
      throw refuse(`its tensor "${name}" ${begin < covered ? 'overlaps another' : 'follows a hole'}.`);
    if (end > bytes.length - dataStart) throw refuse(`its tensor "${name}" runs past the end.`);
    const count = shape.reduce((product, length) => product * length, 1);
    if (count * WIDTH[dtype] !== end - begin) throw refuse(`the size of its tensor "${name}" does not fit its shape.`);
    tensors.set(name, { shape, data: readValues(view, dtype, dataStart + begin, count) });
    covered = end;
  }
  if (covered !== bytes.length - dataStart) throw refuse('it has bytes that belong to no tensor.');
  return { tensors, metadata };
}

type Dtype = 'F64' | 'I32';
type Refuse = (problem: string) => EngineError<'bundle.invalid'>;

const METADATA = '__metadata__';
const WIDTH: Record<Dtype, number> = { F64: 8, I32: 4 };
const SPACE = 0x20;
/** The limit of the reference implementation. */
const LONGEST_HEADER = 100_000_000;

const dtypeOf = (data: Float64Array | Int32Array): Dtype => (data instanceof Float64Array ? 'F64' : 'I32');
const sizeOf = (data: Float64Array | Int32Array): number => WIDTH[dtypeOf(data)];
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function parseHeader(bytes: Uint8Array, refuse: Refuse): Record<string, unknown> {
  const text = strFromU8(bytes);
  if (!text.startsWith('{')) throw refuse('the header of its tensors is no JSON object.');
  let header: unknown;
  try {
    if (hasRepeatedKey(text)) throw refuse('the header of its tensors names one twice.');
    header = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refuse('the header of its tensors is no JSON.');
  }
  if (!isRecord(header)) throw refuse('the header of its tensors is no JSON object.');
  return header;
}

function metadataEntries(value: unknown, refuse: Refuse): [string, string][] {
  if (!isRecord(value)) throw refuse('the notes of its tensors are no list of texts.');
  return Object.entries(value).map(([key, text]) => {
    if (typeof text !== 'string') throw refuse(`the note "${key}" of its tensors is no text.`);
    return [key, text];
  });
}

function parseEntry(
  name: string,
  value: unknown,
  refuse: Refuse,
): { dtype: Dtype; shape: number[]; begin: number; end: number } {
  if (!isRecord(value) || Object.keys(value).length !== 3)
    throw refuse(`its tensor "${name}" is not described correctly.`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype !== 'F64' && dtype !== 'I32') throw refuse(`its tensor "${name}" has a type other than F64 and I32.`);
  if (!Array.isArray(shape) || !shape.every(isSize)) throw refuse(`the shape of its tensor "${name}" is not usable.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize))
    throw refuse(`the place of its tensor "${name}" is not usable.`);
  const [begin, end] = offsets as [number, number]; // two sizes, as just checked
  if (end < begin) throw refuse(`its tensor "${name}" ends before it begins.`);
  return { dtype, shape, begin, end };
}

function readValues(view: DataView, dtype: Dtype, start: number, count: number): Float64Array | Int32Array {
  if (dtype === 'F64') return Float64Array.from({ length: count }, (_, i) => view.getFloat64(start + i * 8, true));
  return Int32Array.from({ length: count }, (_, i) => view.getInt32(start + i * 4, true));
}

/** JSON.parse keeps the last of two equal keys without a word; two readers could then see two different files. */
function hasRepeatedKey(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, quoted] of text.matchAll(/[{}]|("(?:[^"\\]|\\.)*")\s*(?=:)|"(?:[^"\\]|\\.)*"/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (quoted !== undefined) {
      const keys = open.at(-1);
      const key = String(JSON.parse(quoted));
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
