import type { OnnxValue } from '#core/data/onnxGraph.ts';
import type {
  ResolvedChain,
  ResolvedPart,
  ResolvedPath,
  ResolvedRoute,
  ResolvedSteps,
  ResolvedTransform,
} from '#core/data/resolvedChain.ts';
import type { GraphBuilder } from '#core/export/graphBuilder.ts';
import { indicators } from '#core/export/labelGraph.ts';
import { routeMasks } from '#core/export/routeMasks.ts';

/** What a graph is written from. */
export interface ChainInputs {
  /** Raw spectra, n × p. */
  readonly spectra: OnnxValue;
  /** The input with a metadata column, string[n, 1]. */
  column(name: string): string;
}

/** What a chain gives in a graph. */
export interface ChainOutput {
  /** The prediction in the target's unit (n × 1), in classification probabilities or scores (n × K). */
  readonly value: OnnxValue;
  /** Each bool[n, 1], false for a sample that belongs to no lane of a separation. */
  readonly known: readonly string[];
}

/**
 * Writes one chain into a graph, from raw spectra to what its last model gives. Every lane of a separation is computed
 * for all samples, then each sample takes that of its own group. `place` goes before the names of its nodes. Steps that
 * occur twice are written twice, and the graph builder keeps equal nodes once.
 */
export function chainGraph(graph: GraphBuilder, from: ChainInputs, chain: ResolvedChain, place: string): ChainOutput {
  const known: string[] = [];
  return { value: writeSteps({ graph, from }, chain.steps, { place, asColumns: false, known }), known };
}

interface Writing {
  readonly graph: GraphBuilder;
  readonly from: ChainInputs;
}

interface Spot {
  readonly place: string;
  /** Members of a merge: classifiers without probabilities give 1 for their class and 0 for the others. */
  readonly asColumns: boolean;
  /** Conditions on the samples are added here. */
  readonly known: string[];
}

const writeSteps = (writing: Writing, steps: ResolvedSteps, spot: Spot): OnnxValue =>
  steps.kind === 'route' ? writeRoute(writing, steps, spot) : writePath(writing, steps, spot);

function writePath(writing: Writing, { transforms, targets, model }: ResolvedPath, spot: Spot): OnnxValue {
  const { graph, from } = writing;
  const { definition, step } = model;
  const x = writeTransforms(writing, from.spectra, transforms, spot);
  graph.scope(`${spot.place}${transforms.length + 1}_${step.id}`);
  let value = written(definition.onnx?.(graph, x, step.state, step.params), step.id);
  if (definition.task === 'classification')
    return spot.asColumns && definition.probabilities === undefined ? indicators(graph, value, false) : value;
  for (const { definition: target, step: undone } of [...targets].reverse()) {
    graph.scope(`${spot.place}undo_${undone.id}`);
    value = written(target.onnxInvert?.(graph, value, undone.state, undone.params), undone.id);
  }
  if (value.cols !== 1) throw new Error(`The model writes ${value.cols} columns into the graph; one is expected.`);
  return value;
}

/** The first lane's answers, then in the rows of each further lane that lane's. */
function writeRoute(writing: Writing, { step, lanes }: ResolvedRoute, spot: Spot): OnnxValue {
  const { graph, from } = writing;
  const { masks, known } = routeMasks(graph, step, from, spot.place);
  spot.known.push(known);
  const values = lanes.map((lane, k) => {
    const inner: string[] = [];
    const place = `${spot.place}${step.lanes[k]?.name ?? k}/`;
    const value = writeSteps(writing, lane, { ...spot, place, known: inner });
    // A lane's own conditions are for its own rows only.
    const others = inner.length === 0 ? null : graph.node('Not', [masks[k] ?? known]);
    for (const condition of inner) spot.known.push(graph.node('Or', [others ?? condition, condition]));
    return value;
  });
  graph.scope(`${spot.place}lanes`);
  return values.reduce((rest, value, k) => ({
    name: graph.node('Where', [masks[k] ?? known, value.name, rest.name]),
    cols: value.cols,
  }));
}

const writeTransforms = (
  writing: Writing,
  input: OnnxValue,
  steps: readonly ResolvedTransform[],
  spot: Spot,
): OnnxValue =>
  steps.reduce(
    (value, resolved, i) => writeTransform(writing, value, resolved, { ...spot, place: `${spot.place}${i + 1}_` }),
    input,
  );

function writeTransform(writing: Writing, input: OnnxValue, resolved: ResolvedTransform, spot: Spot): OnnxValue {
  const { graph, from } = writing;
  const { place } = spot;
  switch (resolved.kind) {
    case 'operator': {
      const { definition, step } = resolved;
      graph.scope(`${place}${step.id}`);
      return written(definition.onnx?.(graph, input, step.state, step.params), step.id);
    }
    case 'concat': {
      const views = resolved.lanes.map((lane, k) =>
        writeTransforms(writing, input, lane, { ...spot, place: `${place}views/${k + 1}/` }),
      );
      return sideBySide(graph, views, `${place}views`);
    }
    case 'source': {
      const { name, from: first, to } = resolved.step;
      graph.scope(`${place}${name}`);
      const range = [graph.integers([first]), graph.integers([to]), graph.integers([1])];
      return { name: graph.node('Slice', [from.spectra.name, ...range]), cols: to - first };
    }
    case 'join': {
      const parts = resolved.parts.flatMap((part, k) =>
        writePart(writing, input, part, { ...spot, place: `${place}merge/${k + 1}/` }),
      );
      return sideBySide(graph, parts, `${place}merge`);
    }
  }
}

function writePart(writing: Writing, input: OnnxValue, part: ResolvedPart, spot: Spot): OnnxValue[] {
  if (part.kind === 'spectra') return [writeTransforms(writing, input, part.lane, spot)];
  const each = part.members.map(({ member, steps }) =>
    writeSteps(writing, steps, { ...spot, place: `${spot.place}${member.name}/`, asColumns: true }),
  );
  const { weights } = part;
  const [first] = each;
  if (weights === null || first === undefined) return each;
  const { graph } = writing;
  graph.scope(`${spot.place}weighted`);
  // A row of equal weights: one number would be kept in single precision by the runtime (see doubleScales).
  const weighted = each.map(({ name, cols }, k) =>
    graph.node('Mul', [name, graph.constant(new Float64Array(cols).fill(weights[k] ?? NaN), [1, cols])]),
  );
  return [{ name: graph.node('Sum', weighted), cols: first.cols }];
}

function sideBySide(graph: GraphBuilder, views: readonly OnnxValue[], scope: string): OnnxValue {
  const [only] = views;
  if (only !== undefined && views.length === 1) return only;
  graph.scope(scope);
  const names = views.map(({ name }) => name);
  return { name: graph.node('Concat', names, { axis: 1 }), cols: views.reduce((sum, { cols }) => sum + cols, 0) };
}

/** Every step was asked for its form before the graph was begun. */
function written(value: OnnxValue | undefined, id: string): OnnxValue {
  if (value === undefined) throw new Error(`${id} has no ONNX form, which was not noticed before the export.`);
  return value;
}
