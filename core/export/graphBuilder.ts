import type { OnnxGraph } from '#core/data/onnxGraph.ts';
import type { OnnxNode, OnnxTensor } from '#core/export/onnxModel.ts';

/** A graph under construction. Equal constants are stored once. */
export interface GraphBuilder extends OnnxGraph {
  /** Names what follows after the step that writes it, so that a graph viewer reads like the pipeline. */
  scope(name: string): void;
  /** Gives a value its public name. */
  output(from: string, name: string): void;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
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
  let prefix = '';
  let nextInScope = 0;

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

  const node: OnnxGraph['node'] = (op, inputs, attributes = {}) => {
    const name = `${prefix}${op}_${nextInScope++}`;
    addNode({ name, op, inputs, output: name, attributes });
    return name;
  };

  const addNode = (added: OnnxNode): void => {
    const missing = added.inputs.find((name) => name !== '' && !known.has(name)); // '' leaves an optional input out
    if (missing !== undefined) throw new Error(`${added.name} reads "${missing}", which nothing has written.`);
    nodes.push(added);
    known.add(added.output);
  };

  return {
    nodes,
    constants,
    scope(name) {
      prefix = `${name}/`;
      nextInScope = 0;
    },
    constant: (data, shape) => add({ type: 'double', data, shape }),
    integers: (data) => add({ type: 'int64', data, shape: [data.length] }),
    node,
    output: (from, name) => addNode({ name, op: 'Identity', inputs: [from], output: name, attributes: {} }),
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
