import type { FittedRoute, FittedStep } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { columnFor, rowsByLane } from '#core/data/rowsByLane.ts';

/**
 * Makes sure that each of n samples belongs to a lane of every route by a metadata column that it comes to, before a
 * graph that cannot refuse it is asked. Routes by filters are left to the prediction.
 * @throws chain.no-column, chain.unknown-group
 */
export function checkGroups(steps: readonly FittedStep[], rows: RowFacts | undefined, n: number): void {
  check(
    steps,
    rows,
    Int32Array.from({ length: n }, (_, i) => i),
    n,
  );
}

function check(steps: readonly FittedStep[], facts: RowFacts | undefined, rows: Int32Array, n: number): void {
  const again = (inner: readonly FittedStep[]): void => {
    check(inner, facts, rows, n);
  };
  for (const step of steps) {
    if (step.role === 'concat') step.lanes.forEach(again);
    if (step.role === 'route') checkRoute(step, facts, rows, n);
    if (step.role !== 'join') continue;
    for (const part of step.parts) {
      if (part.kind === 'spectra') again(part.lane);
      else for (const member of part.members) again(member.steps);
    }
  }
}

function checkRoute(route: FittedRoute, facts: RowFacts | undefined, rows: Int32Array, n: number): void {
  if (route.key.kind === 'filters') return;
  const values = columnFor(route.key.column, facts, n);
  const own = Array.from(rows, (row) => values[row] ?? '');
  const lanes = rowsByLane(route, own, (k) => (rows[k] ?? k) + 1);
  route.lanes.forEach(({ steps }, k) => {
    const inLane = lanes[k] ?? new Int32Array(0);
    if (inLane.length > 0)
      check(
        steps,
        facts,
        inLane.map((at) => rows[at] ?? at),
        n,
      );
  });
}
