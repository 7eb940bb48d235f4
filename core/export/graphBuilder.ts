import type { OnnxGraph } from '#core/data/onnxGraph.ts';
import { sameAttributes } from '#core/export/sameAttributes.ts';
import { doubleScales } from '#core/export/doubleScales.ts';
import type { OnnxNode, OnnxTensor } from '#core/export/onnxModel.ts';

/** A graph under construction. Equal constants are stored once, and nodes that compute the same from the same inputs too. */
export interface GraphBuilder extends OnnxGraph {
  /** Names what follows after the step that writes it, so that a graph viewer reads like the pipeline. */
  scope(name: string): void;
  /** Makes a further input known. */
  input(name: string): void;
  /** Gives a value its public name. */
  output(from: string, name: string): void;
  /** Everything that was written, and the constants that it reads. */
  finished(): { readonly nodes: readonly OnnxNode[]; readonly constants: readonly OnnxTensor[] };
}

/**
 * Collects nodes and constants in the order of the calls, which makes the file deterministic.
 * A node that reads an unknown name, or a constant of the wrong length, is a fault of the operator: a plain Error.
 */
export function graphBuilder(input: string): GraphBuilder {
  const nodes: OnnxNode[] = [];
  const constants: OnnxTensor[] = [];
  const byContent = new Map<string, OnnxTensor[]>();
  const known = new Set([input]);
  const byWork = new Map<string, OnnxNode[]>();
  /** How many nodes each scope has: two steps of one name go on counting. */
  const counts = new Map<string, number>();
  let prefix = '';

  const add = (tensor: Omit<OnnxTensor, 'name'>): string => {
    if (tensor.data.length !== tensor.shape.reduce((product, length) => product * length, 1))
      throw new Error(`${prefix}: a constant of shape [${tensor.shape.join(', ')}] has ${tensor.data.length} values.`);
    const key = `${tensor.type}[${tensor.shape.join(',')}]${contentHash(tensor.data)}`;
    const candidates = byContent.get(key) ?? [];
    const equal = candidates.find((candidate) => sameValues(candidate.data, tensor.data));
    if (equal) return equal.name;
    const named = { ...tensor, name: `constant_${constants.length}` } as OnnxTensor; // the union is kept by the spread
    constants.push(named);
    byContent.set(key, [...candidates, named]);
    known.add(named.name);
    return named.name;
  };

  const double: OnnxGraph['constant'] = (data, shape) => add({ type: 'double', data, shape });

  const addNode = (added: OnnxNode): void => {
    const missing = added.inputs.find((name) => name !== '' && !known.has(name)); // '' leaves an optional input out
    if (missing !== undefined) throw new Error(`${added.name} reads "${missing}", which nothing has written.`);
    nodes.push(added);
    for (const output of added.outputs) known.add(output);
  };

  /** Adds a node under a new name, unless the same is computed already; answers that one or the added one. */
  const computed = (added: Omit<OnnxNode, 'name' | 'outputs'>, outputsOf: (name: string) => string[]): OnnxNode => {
    const key = [added.domain, added.op, ...added.inputs].join('\n');
    const candidates = byWork.get(key) ?? [];
    const equal = candidates.find(({ attributes }) => sameAttributes(attributes, added.attributes));
    if (equal) return equal;
    const place = counts.get(prefix) ?? 0;
    counts.set(prefix, place + 1);
    const name = `${prefix}${added.op}_${place}`;
    const node: OnnxNode = { ...added, name, outputs: outputsOf(name) };
    addNode(node);
    byWork.set(key, [...candidates, node]);
    return node;
  };

  const node: OnnxGraph['node'] = (op, inputs, attributes = {}, domain = '') =>
    computed({ op, domain, inputs, attributes }, (name) => [name]).outputs[0] ?? '';

  const several: OnnxGraph['nodes'] = (op, inputs, outputs, attributes = {}, domain = '') => {
    // An operator asks for one number of outputs, so equal nodes have equal ones.
    const found = computed({ op, domain, inputs, attributes }, (name) =>
      Array.from({ length: outputs }, (_, k) => `${name}:${k}`),
    );
    return [...found.outputs];
  };

  return {
    finished() {
      const kept = doubleScales(nodes, new Map(constants.map((tensor) => [tensor.name, tensor])), double);
      const read = new Set(kept.flatMap(({ inputs }) => inputs));
      return { nodes: kept, constants: constants.filter(({ name }) => read.has(name)) };
    },
    scope(name) {
      prefix = `${name}/`;
    },
    input: (name) => {
      known.add(name);
    },
    constant: double,
    integers: (data) => add({ type: 'int64', data, shape: [data.length] }),
    node,
    nodes: several,
    output: (from, name) =>
      addNode({ name, op: 'Identity', domain: '', inputs: [from], outputs: [name], attributes: {} }),
  };
}

/** FNV-1a over the values' bits: only a bucket key, equality is decided value by value. */
function contentHash(data: ArrayLike<number>): number {
  const words = new Uint32Array(Float64Array.from(data).buffer);
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}

/** By bits: −0 and 0 stay different constants. */
function sameValues(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
