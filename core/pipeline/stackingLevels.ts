import type { PlanNode, PlanStep } from '#core/pipeline/runPlan.ts';

/**
 * How many levels of models learn from each other's predictions on the way to a model: 0 without stacking, 1 for a
 * stack, 2 for a stack of stacks. Models of separated groups are no level of their own.
 */
export const stackingLevels = ({ steps }: PlanNode): number => Math.max(0, ...steps.map(levelsOf));

function levelsOf(step: PlanStep): number {
  if (step.kind === 'route') return Math.max(0, ...step.lanes.map(({ node }) => stackingLevels(node)));
  if (step.kind !== 'join') return 0;
  const below = step.predictions.flatMap(({ models }) => models.map((model) => 1 + stackingLevels(model)));
  return Math.max(0, ...below, ...step.features.flat().map(levelsOf));
}
