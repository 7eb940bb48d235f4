import { EngineError } from '#core/base/errors.ts';
import type { FittedRoute } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';

/**
 * Which rows go to each lane of a route, in ascending order, by the value that each row has.
 * @param numberOf how the person counts row i, from 1
 * @throws chain.unknown-group for the first row whose value belongs to no lane
 */
export function rowsByLane(
  { key, lanes }: FittedRoute,
  values: readonly string[],
  numberOf: (row: number) => number,
): Int32Array[] {
  const laneOf = new Map(lanes.flatMap((lane, k) => lane.values.map((value) => [value, k] as const)));
  const rows = lanes.map((): number[] => []);
  values.forEach((value, row) => {
    const own = rows[laneOf.get(value) ?? -1];
    if (own === undefined)
      throw new EngineError('chain.unknown-group', {
        kind: key.kind,
        by: key.kind === 'column' ? key.column : key.name,
        value,
        sample: numberOf(row),
        known: [...laneOf.keys()],
      });
    own.push(row);
  });
  return rows.map((list) => Int32Array.from(list));
}

/**
 * The values of a metadata column for n rows.
 * @throws chain.no-column
 */
export function columnFor(column: string, rows: RowFacts | undefined, n: number): readonly string[] {
  const metadata = rows?.metadata ?? {};
  const values = Object.hasOwn(metadata, column) ? metadata[column] : undefined;
  if (values?.length !== n) throw new EngineError('chain.no-column', { column, known: Object.keys(metadata) });
  return values;
}

/** What is known of some of the rows. */
export const factsOf = (rows: RowFacts, index: Int32Array): RowFacts => ({
  metadata: Object.fromEntries(
    Object.entries(rows.metadata).map(([name, values]) => [name, Array.from(index, (row) => values[row] ?? '')]),
  ),
});
