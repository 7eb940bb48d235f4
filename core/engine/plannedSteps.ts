import type { PlannedStep, TransformPlan, ViewsPlan } from '#core/execution/unit.ts';
import type { PlanStep, PlanTransform, PlanViews } from '#core/pipeline/runPlan.ts';

/** Steps of a document as the workers take them: without their places in the text. */
export const plannedSteps = (steps: readonly PlanStep[]): PlannedStep[] => steps.map(planned);

function planned(step: PlanStep): PlannedStep {
  switch (step.kind) {
    case 'transform':
    case 'views':
      return transformOrViews(step);
    case 'target':
      return { role: 'target', id: step.id, params: step.params };
    case 'splitter':
      return {
        role: 'splitter',
        id: step.id,
        params: step.params,
        ...(step.group === null ? {} : { group: step.group }),
        ...(step.file === null ? {} : { file: step.file }),
      };
    case 'filter':
      return { role: 'filter', keyword: step.keyword, mode: step.mode, name: step.name, filters: step.filters };
    case 'augmentation':
      return {
        role: 'augmentation',
        transformers: step.transformers,
        count: step.count,
        selection: step.selection,
        seed: step.seed,
        balance: step.balance,
      };
    case 'model':
      return { role: 'model', id: step.id, params: step.params };
  }
}

function transformOrViews(step: PlanTransform | PlanViews): TransformPlan | ViewsPlan {
  if (step.kind === 'views')
    return { role: 'views', action: step.action, lanes: step.lanes.map((lane) => lane.map(transformOrViews)) };
  return { role: 'transform', id: step.id, params: step.params, ...(step.fitOnAll ? { fitOnAll: true } : {}) };
}
