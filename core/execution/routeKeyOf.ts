import type { RouteKey } from '#core/data/fittedChain.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import type { PlannedStep, RoutePlan } from '#core/execution/stepPlans.ts';
import type { Judges } from '#core/execution/unit.ts';

/**
 * What decides to which lane of a deployed route a sample goes: filters where they wrote the column, else the metadata.
 * Filters are part of no stored model, so they are fitted again where the models come from an earlier run.
 */
export async function routeKeyOf(run: RunContext, route: RoutePlan, judges: Judges): Promise<RouteKey> {
  const { data, plan } = run.input;
  const judge = judges[route.column];
  if (judge !== undefined) return judge;
  const led = laneWith(run, route);
  if (led === null) return { kind: 'column', column: route.column };
  const { stage } = await run.ports.pool.prepare(data, {
    kind: 'prepare',
    ...led,
    splitterIndex: led.steps.findIndex(({ role }) => role === 'splitter'),
    fold: { train: Int32Array.from(data.train.keys()), validation: new Int32Array(0) },
    ...{ input: null, known: {}, seed: plan.seed },
  });
  return stage.judges[route.column] ?? { kind: 'column', column: route.column };
}

/** The steps of a model below the route, and the end of the filter that writes its column. */
function laneWith(
  run: RunContext,
  { column, lanes }: RoutePlan,
): { readonly steps: readonly PlannedStep[]; readonly end: number } | null {
  for (const { model } of lanes) {
    const { steps } = run.input.plan.variants[model];
    const at = steps.findIndex((step) => step.role === 'filter' && step.keyword === 'tag' && step.name === column);
    if (at >= 0) return { steps, end: at + 1 };
    const last = steps.at(-1);
    const below = last?.role === 'route' ? laneWith(run, { ...last, column }) : null;
    if (below !== null) return below;
  }
  return null;
}
