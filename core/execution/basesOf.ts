import type { PlannedStep } from '#core/execution/stepPlans.ts';

/** The variants whose predictions a model of these steps learns from. */
export const teachersOf = (steps: readonly PlannedStep[]): number[] =>
  steps.flatMap((step) => {
    if (step.role !== 'join' && step.role !== 'ready-join') return [];
    const given = step.role === 'join' ? step.predictions.flatMap(({ models }) => models) : [];
    return [...given, ...step.features.flatMap(teachersOf)];
  });

/** The variants whose predictions some steps take in: those that are learnt from, and those of groups. */
export const basesOf = (steps: readonly PlannedStep[]): number[] => [
  ...steps.flatMap((step) => (step.role === 'route' ? step.lanes.map(({ model }) => model) : [])),
  ...teachersOf(steps),
];
