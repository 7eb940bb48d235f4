import type { PlannedStep, TransformPlan, ViewsPlan } from '#core/execution/stepPlans.ts';
import type { PlanNode, PlanStep, PlanTransform, PlanViews } from '#core/pipeline/runPlan.ts';

/** The number of the variant that stands for a model inside a join or a route. */
export type NumberOf = (node: PlanNode) => number;

const none: NumberOf = () => {
  throw new Error('No model is expected here.');
};

/** Steps of a document as the workers take them: without their places in the text. */
export const plannedSteps = (steps: readonly PlanStep[], numberOf: NumberOf = none): PlannedStep[] =>
  steps.map((step) => planned(step, numberOf));

function planned(step: PlanStep, numberOf: NumberOf): PlannedStep {
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
    case 'select':
      return { role: 'select', column: step.column, values: step.values };
    case 'source':
      return { role: 'source', name: step.name };
    case 'join': {
      const features = step.features.map((lane) => plannedSteps(lane, numberOf));
      const { separate, equal } = step;
      if (step.predictions.length === 0) return { role: 'ready-join', features, given: [], separate, equal };
      return {
        role: 'join',
        features,
        predictions: step.predictions.map(({ lane, models, select, metric, aggregate }) => ({
          ...{ lane, select, metric, aggregate },
          models: models.map(numberOf),
        })),
        onMissing: step.onMissing,
        ...{ separate, equal },
      };
    }
    case 'route':
      return {
        role: 'route',
        column: step.column,
        lanes: step.lanes.map(({ name, values, node }) => ({ name, values, model: numberOf(node) })),
      };
  }
}

function transformOrViews(step: PlanTransform | PlanViews): TransformPlan | ViewsPlan {
  if (step.kind === 'views')
    return { role: 'views', action: step.action, lanes: step.lanes.map((lane) => lane.map(transformOrViews)) };
  return { role: 'transform', id: step.id, params: step.params, ...(step.fitOnAll ? { fitOnAll: true } : {}) };
}
