import type { GraphBuilder } from '#core/export/graphBuilder.ts';

/** `value` (double[n, c]) where `known` (bool[n, 1]) holds, else `otherwise`; `value` itself where all are known. */
export const whereKnown = (graph: GraphBuilder, known: string | null, value: string, otherwise: number): string =>
  known === null ? value : graph.node('Where', [known, value, graph.constant(Float64Array.of(otherwise), [])]);
