import { EngineError } from '#core/base/errors.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';

/** A model's parameters with some of them replaced, checked and complete. Throws `pipeline.parameter`. */
export function modelParams(
  lookup: OperatorLookup,
  model: string,
  params: Readonly<Record<string, unknown>>,
  overrides: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (Object.keys(overrides).length === 0) return params;
  const checked = lookup.model(model).params.safeParse({ ...params, ...overrides });
  // Every parameter schema is an object schema.
  if (checked.success) return checked.data as Record<string, unknown>;
  const [issue] = checked.error.issues;
  throw new EngineError('pipeline.parameter', {
    step: model,
    parameter: String(issue?.path[0] ?? (issue?.code === 'unrecognized_keys' ? issue.keys[0] : '')),
    problem: issue?.message.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) ?? 'is not valid',
  });
}

/** The steps with other parameters for the model. */
export const withModelParams = (
  steps: readonly PlannedStep[],
  params: Readonly<Record<string, unknown>>,
): PlannedStep[] => steps.map((step) => (step.role === 'model' ? { ...step, params } : step));
