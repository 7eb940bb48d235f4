import { strFromU8 } from 'fflate';
import {
  DEEPEST_GRAPH,
  ENDLESS_OPERATORS,
  KNOWN_DOMAINS,
  MOST_ELEMENTS,
  MOST_NODES,
  NEWEST_IR,
  NEWEST_OPSET,
  SIZE_INPUTS,
} from '#core/export/onnxLimits.ts';
import { checkTensor, elements, integersOf } from '#core/export/onnxTensor.ts';
import { readProtobuf, type ProtobufField } from '#core/export/protobufReader.ts';

/**
 * Checks an ONNX ModelProto before the runtime sees it: one graph of standard operators in order, whose arrays it holds
 * itself and in full. Refused are data in other files, operators of other domains and newer versions, circles, graphs
 * and functions that multiply, loops, and arrays of impossible sizes. What a graph computes while it runs, its sizes
 * among it, is not foreseen.
 * Field numbers: https://github.com/onnx/onnx/blob/v1.19.0/onnx/onnx.proto
 * @throws RangeError with a sentence
 */
export function checkOnnx(bytes: Uint8Array): void {
  const fields = [...readProtobuf(bytes)];
  const graphs = messages(fields, 7);
  const [graph] = graphs;
  if (graph === undefined) throw new RangeError('it holds no model.');
  // Some readers take the last of two graphs, others both.
  if (graphs.length > 1) throw new RangeError('it holds two graphs.');
  const ir = fields.find(({ field, kind }) => field === 1 && kind === 'integer')?.value;
  if (typeof ir !== 'bigint' || ir > BigInt(NEWEST_IR))
    throw new RangeError(`it has the format version ${String(ir)}; versions up to ${NEWEST_IR} can be read.`);
  for (const opset of messages(fields, 8)) checkOpset(opset);
  const functions = new Map(messages(fields, 25).map((one) => [functionKey(one), one]));
  const walk: Walk = { functions, sizes: new Map(), open: new Set(), nodes: 0 };
  for (const body of functions.values()) functionSize(body, walk);
  walk.nodes = 0;
  checkGraph(graph, () => false, walk, 0);
  for (const training of messages(fields, 20))
    for (const field of readProtobuf(training))
      if ((field.field === 1 || field.field === 2) && field.kind === 'bytes')
        checkGraph(field.value, () => true, walk, 0);
}

interface Walk {
  /** Functions that the file defines, by domain and name. */
  readonly functions: ReadonlyMap<string, Uint8Array>;
  /** Operations that a call of each stands for. */
  readonly sizes: Map<string, number>;
  readonly open: Set<string>;
  nodes: number;
}

type Known = (name: string) => boolean;

function checkGraph(bytes: Uint8Array, outer: Known, walk: Walk, depth: number): void {
  if (depth > DEEPEST_GRAPH) throw new RangeError('its graphs are nested too deeply.');
  const fields = [...readProtobuf(bytes)];
  const names = new Set<string>();
  const constants = new Map<string, readonly number[]>();
  for (const tensor of messages(fields, 5)) {
    const name = textOf(tensor, 8);
    const { integers } = checkTensor(tensor);
    if (integers !== null) constants.set(name, integers);
    names.add(name);
  }
  for (const sparse of messages(fields, 15)) names.add(checkSparse(sparse));
  for (const port of messages(fields, 11)) names.add(checkPort(port));
  for (const port of [...messages(fields, 12), ...messages(fields, 13)]) checkPort(port);
  checkNodes(messages(fields, 1), { names, constants, outer }, walk, depth);
}

interface Scope {
  /** Values that are there, in this graph. */
  readonly names: Set<string>;
  readonly constants: Map<string, readonly number[]>;
  readonly outer: Known;
}

function checkNodes(nodes: readonly Uint8Array[], { names, constants, outer }: Scope, walk: Walk, depth: number): void {
  const known: Known = (name) => names.has(name) || outer(name);
  for (const node of nodes) {
    const fields = [...readProtobuf(node)];
    const operator = lastText(fields, 4);
    const domain = lastText(fields, 7);
    const inputs = messages(fields, 1).map((name) => strFromU8(name));
    const outputs = messages(fields, 2).map((name) => strFromU8(name));
    countNodes(walk, callSize({ domain, operator, inputs: inputs.length, outputs: outputs.length }, walk));
    const unknown = inputs.find((name) => name !== '' && !known(name));
    if (unknown !== undefined)
      throw new RangeError(
        `its operation ${operator} needs "${unknown}" before it is computed: it goes in a circle, or is cut off.`,
      );
    const attributes = checkAttributes(messages(fields, 5), known, walk, depth);
    checkSize(
      operator,
      inputs.map((name) => constants.get(name)),
      attributes.get('shape'),
    );
    const value = operator === 'Constant' ? (attributes.get('value') ?? attributes.get('value_ints')) : undefined;
    for (const name of outputs) {
      if (name === '') continue;
      if (names.has(name)) throw new RangeError(`it computes "${name}" twice.`);
      names.add(name);
      if (value !== undefined) constants.set(name, value);
    }
  }
}

interface Call {
  readonly domain: string;
  readonly operator: string;
  /** How many values it gives and gets. */
  readonly inputs: number;
  readonly outputs: number;
}

/** What a node counts for; a function of the file counts with all that it calls. */
function callSize({ domain, operator, inputs, outputs }: Call, walk: Walk): number {
  const body = walk.functions.get(`${domain}\0${operator}`);
  if (body !== undefined) {
    const fields = [...readProtobuf(body)];
    // The runtime looks for the function's own name of each value that a call gives, and ends where there is none.
    if (inputs > messages(fields, 4).length || outputs > messages(fields, 5).length)
      throw new RangeError(`it calls its function ${operator} with more values than that has.`);
    return functionSize(body, walk);
  }
  if (!KNOWN_DOMAINS.has(domain))
    throw new RangeError(`it needs the operator ${operator} of "${domain}", which is not part of the ONNX standard.`);
  if (ENDLESS_OPERATORS.has(operator))
    throw new RangeError(`it needs the operator ${operator}, which may never end. Export the model without it.`);
  return 1;
}

function functionSize(body: Uint8Array, walk: Walk): number {
  const key = functionKey(body);
  const counted = walk.sizes.get(key);
  if (counted !== undefined) return counted;
  if (walk.open.has(key) || walk.open.size > MOST_OPEN) throw new RangeError('it has a function that calls itself.');
  walk.open.add(key);
  const before = walk.nodes;
  walk.nodes = 0;
  const fields = [...readProtobuf(body)];
  const names = new Set(messages(fields, 4).map((name) => strFromU8(name)));
  checkAttributes(messages(fields, 11), () => true, walk, 0);
  for (const opset of messages(fields, 9)) checkOpset(opset);
  checkNodes(messages(fields, 7), { names, constants: new Map(), outer: () => false }, walk, 0);
  const missing = messages(fields, 5).find((name) => !names.has(strFromU8(name)));
  if (missing !== undefined) throw new RangeError('it has a function that does not compute what it should.');
  const size = walk.nodes + 1;
  walk.sizes.set(key, size);
  walk.open.delete(key);
  walk.nodes = before;
  return size;
}

function countNodes(walk: Walk, count: number): void {
  walk.nodes += count;
  if (walk.nodes > MOST_NODES)
    throw new RangeError(`it has more than ${MOST_NODES.toLocaleString('en-GB')} operations.`);
}

/** The whole numbers of the attributes that have some, by name. */
function checkAttributes(
  attributes: readonly Uint8Array[],
  known: Known,
  walk: Walk,
  depth: number,
): Map<string, readonly number[]> {
  const integers = new Map<string, readonly number[]>();
  for (const attribute of attributes) {
    let name = '';
    const ints: number[] = [];
    for (const field of readProtobuf(attribute)) {
      if (field.field === 8) {
        if (ints.length < 100) ints.push(...integersOf(field));
      } else if (field.kind !== 'bytes') continue;
      else if (field.field === 1) name = strFromU8(field.value);
      else if (field.field === 5 || field.field === 10) ints.push(...(checkTensor(field.value).integers ?? []));
      else if (field.field === 6 || field.field === 11) checkGraph(field.value, known, walk, depth + 1);
      else if (field.field === 22 || field.field === 23) checkSparse(field.value);
    }
    if (ints.length > 0) integers.set(name, ints);
  }
  return integers;
}

/** What a node makes, where constants say how much. */
function checkSize(
  operator: string,
  inputs: readonly (readonly number[] | undefined)[],
  shape: readonly number[] | undefined,
): void {
  const at = SIZE_INPUTS.get(operator);
  const sizes = at === undefined ? (operator.startsWith('Random') ? shape : undefined) : inputs[at];
  const [[start] = [], [limit] = [], [delta] = []] = inputs;
  const steps =
    operator === 'Range' && start !== undefined && limit !== undefined && delta !== undefined
      ? Math.abs((limit - start) / delta)
      : 0;
  const count = (sizes ?? []).reduce((product, length) => product * Math.max(1, Math.abs(length)), 1);
  if (!(Math.max(count, steps) <= MOST_ELEMENTS))
    throw new RangeError(`its operation ${operator} makes an array of an impossible size.`);
}

/** The name of a sparse tensor is that of its values. */
function checkSparse(bytes: Uint8Array): string {
  let name = '';
  for (const field of readProtobuf(bytes)) {
    if (field.field === 3) elements(integersOf(field));
    if ((field.field === 1 || field.field === 2) && field.kind === 'bytes') checkTensor(field.value);
    if (field.field === 1 && field.kind === 'bytes') name = textOf(field.value, 8);
  }
  return name;
}

/** An input, an output or a note about a value: its dimensions; answers its name. */
function checkPort(bytes: Uint8Array): string {
  for (const type of nested(bytes, 2))
    for (const tensor of nested(type, 1))
      elements(
        nested(tensor, 2)
          .flatMap((shape) => nested(shape, 1))
          .flatMap((dimension) => [...readProtobuf(dimension)].filter(({ field }) => field === 1).flatMap(integersOf)),
      );
  return textOf(bytes, 1);
}

function checkOpset(bytes: Uint8Array): void {
  const domain = textOf(bytes, 1);
  const newest = NEWEST_OPSET.get(domain);
  const version =
    [...readProtobuf(bytes)]
      .filter(({ field }) => field === 2)
      .flatMap(integersOf)
      .at(-1) ?? 0;
  if (newest !== undefined && !(version >= 1 && version <= newest))
    throw new RangeError(
      `it needs version ${version} of the operators of ${domain || 'ai.onnx'}; versions 1 to ${newest} can be used.`,
    );
}

const functionKey = (body: Uint8Array): string => `${textOf(body, 10)}\0${textOf(body, 1)}`;

const messages = (fields: readonly ProtobufField[], wanted: number): Uint8Array[] =>
  fields.flatMap((field) => (field.field === wanted && field.kind === 'bytes' ? [field.value] : []));
const nested = (bytes: Uint8Array, wanted: number): Uint8Array[] => messages([...readProtobuf(bytes)], wanted);
const lastText = (fields: readonly ProtobufField[], wanted: number): string => {
  const last = messages(fields, wanted).at(-1);
  return last ? strFromU8(last) : '';
};
const textOf = (bytes: Uint8Array, wanted: number): string => lastText([...readProtobuf(bytes)], wanted);

/** Functions that call each other in a row. */
const MOST_OPEN = 100;
