import type { RunPlan } from '#core/execution/plan.ts';
import type { RoutePlan } from '#core/execution/stepPlans.ts';
import type { UnitData } from '#core/execution/unit.ts';

/**
 * Sentences about samples whose metadata put them into no group of a separation: no model is trained on them, and none
 * predicts them.
 */
export function samplesWithoutGroup(data: UnitData, plan: RunPlan): string[] {
  const routes = plan.variants.flatMap(({ steps }) => steps.filter((step) => step.role === 'route'));
  return routes.flatMap((route) => [
    ...sentence(data, route, data.train, 'training', 'no model learns from them'),
    ...sentence(data, route, data.test, 'test', 'the test score is without them'),
  ]);
}

function sentence(data: UnitData, { column, lanes }: RoutePlan, rows: Int32Array, what: string, effect: string) {
  // Verdicts of tags and filters are no metadata: they are there for every sample.
  const values = Object.hasOwn(data.metadata, column) ? data.metadata[column] : undefined;
  if (values === undefined) return [];
  const known = new Set(lanes.flatMap((lane) => lane.values));
  const strangers = Array.from(rows, (row) => values[row] ?? '').filter((value) => !known.has(value));
  if (strangers.length === 0) return [];
  const named = [...new Set(strangers)].map((value) => (value === '' ? 'empty' : `"${value}"`)).join(', ');
  const many = strangers.length === 1 ? `1 ${what} sample belongs` : `${strangers.length} ${what} samples belong`;
  return [`${many} to no group of ${column} (${named}), so ${effect}. The groups are ${[...known].join(', ')}.`];
}
