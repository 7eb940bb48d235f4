import type { FittedRoute } from '#core/data/fittedChain.ts';
import type { ChainInputs } from '#core/export/chainGraph.ts';
import type { GraphBuilder } from '#core/export/graphBuilder.ts';

/** Which samples go where, each bool[n, 1]. */
export interface RouteMasks {
  /** One a lane. */
  readonly masks: readonly string[];
  /** False for samples whose value is in no lane. */
  readonly known: string;
}

/**
 * Writes how a route by a metadata column chooses. Opset 17 cannot compare texts (Equal can from opset 19 on), so the
 * values become the numbers of their lanes first (LabelEncoder of ai.onnx.ml).
 */
export function routeMasks(
  graph: GraphBuilder,
  { key, lanes }: FittedRoute,
  from: Pick<ChainInputs, 'column'>,
  place: string,
): RouteMasks {
  if (key.kind === 'filters') throw new Error(`${key.name} has no ONNX form, which was not noticed before the export.`);
  graph.scope(`${place}by_${key.column}`);
  const lane = graph.node(
    'LabelEncoder',
    [from.column(key.column)],
    {
      keys_strings: { texts: lanes.flatMap(({ values }) => [...values]) },
      values_int64s: lanes.flatMap(({ values }, k) => values.map(() => k)),
      default_int64: -1,
    },
    'ai.onnx.ml',
  );
  const masks = lanes.map((_, k) => graph.node('Equal', [lane, graph.integers([k])]));
  const unknown = graph.node('Equal', [lane, graph.integers([-1])]);
  return { masks, known: graph.node('Not', [unknown]) };
}
