import type { PlannedStep } from '#core/execution/stepPlans.ts';

/** The variants whose predictions some steps take in. */
export const basesOf = (steps: readonly PlannedStep[]): number[] =>
  steps.flatMap((step) => {
    if (step.role === 'route') return step.lanes.map(({ model }) => model);
    if (step.role === 'join')
      return [...step.predictions.flatMap(({ models }) => models), ...step.features.flatMap(basesOf)];
    return step.role === 'ready-join' ? step.features.flatMap(basesOf) : [];
  });
