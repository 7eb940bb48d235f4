import { EngineError } from '#core/base/errors.ts';
import { closestTo } from '#core/catalog/closestTo.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import { plannedSteps } from '#core/engine/plannedSteps.ts';
import { metricCalled } from '#core/engine/runMetrics.ts';
import type { TargetUse } from '#core/engine/unitData.ts';
import { modelParams } from '#core/execution/modelParams.ts';
import type { FitGroup, PlannedVariant, RunPlan } from '#core/execution/plan.ts';
import type { PlannedOperator } from '#core/execution/unit.ts';
import { defaultMetric } from '#core/metrics/metricCatalog.ts';
import { checkPipeline } from '#core/pipeline/checkPipeline.ts';
import { expandPipeline, stepsInWords } from '#core/pipeline/expandPipeline.ts';
import { groupVariants } from '#core/pipeline/fitGroups.ts';
import type { ParsedPipeline } from '#core/pipeline/pipelineDocument.ts';
import { toRunPlanInput, type PlanModel, type PlanStep } from '#core/pipeline/runPlan.ts';
import type { FinetuneSettings } from '#core/tuning/finetuneSettings.ts';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';

/** More variants than this are not run at once; beyond it the stored results would no longer be browsable. */
const MOST_VARIANTS = 10_000;

/** Findings of the checker that change how a result must be read: leakage, and numbers that no second run gives. */
const TOLD_WITH_RESULTS: ReadonlySet<string> = new Set(['check.leak', 'check.seed', 'check.fit-on-all']);

export interface PlannedDocument {
  readonly plan: RunPlan;
  /** What the pipeline makes of the target. */
  readonly use: TargetUse;
}

/** From a document to plain data: every variant, and the groups that share their fits. `seed` overrides the document's. */
export function planDocument(parsed: ParsedPipeline, seed: number | null): PlannedDocument {
  const { document, problems } = parsed;
  if (document.space.count > BigInt(MOST_VARIANTS))
    throw new EngineError('run.too-many-variants', { variants: Number(document.space.count), limit: MOST_VARIANTS });

  const worthTelling = checkPipeline(parsed, enginePipelineCatalog).filter(({ code }) => TOLD_WITH_RESULTS.has(code));
  // A step that stands in several places of the document is told once.
  const told = [...problems, ...worthTelling].filter((problem) => problem.severity === 'warning');
  const warnings = [...new Set(told.map((problem) => problem.message))];
  const expanded = [...expandPipeline(document)];
  const flat = expanded.map((variant) => toRunPlanInput(variant, enginePipelineCatalog).steps);
  const models = flat.map(onlyModel);
  const task = taskOf(models);
  const discretiser = discretiserOf(flat, task, warnings);
  // What the first refit criterion says holds for the whole run where the document says nothing else.
  const [leading] = document.refit.criteria;
  const metric = metricCalled(document.metric ?? leading?.metric ?? defaultMetric(task).id, task).id;
  for (const criterion of document.refit.criteria) if (criterion.metric !== null) metricCalled(criterion.metric, task);

  const variants = expanded.map((variant, index): PlannedVariant => {
    const model = models[index];
    if (model === undefined) throw new EngineError('run.no-model', {});
    return {
      index: variant.index,
      label: variant.label,
      stepTexts: stepsInWords(variant),
      steps: plannedSteps((flat[index] ?? []).filter((step) => !isDiscretiser(step))),
      choices: variant.choices.map((choice) => ({ name: choice.label, value: choice.value ?? choice.text })),
      model: model.id,
      modelName: model.name ?? model.id,
      params: model.params,
      refitOverrides: refitOverrides(model, document.refit.defaultRefitParams, warnings),
      complexity: operatorsByKind.model(model.id).complexity({ ...model.params }),
    };
  });
  const groups = groupVariants(expanded, enginePipelineCatalog).map((group): FitGroup => {
    const [firstIndex] = group.members[0] ?? [0];
    const first = variants[firstIndex];
    const model = models[firstIndex];
    if (first === undefined || model === undefined) throw new EngineError('run.no-model', {});
    const values = group.members.map(([, value]) => value);
    const swept =
      group.pathParam !== null && group.members.length > 1 && values.every((value) => typeof value === 'number');
    return {
      index: group.index,
      label: group.label,
      model: first.model,
      steps: first.steps,
      splitterIndex: first.steps.findIndex((step) => step.role === 'splitter'),
      pathParam: swept ? group.pathParam : null,
      pathValues: swept ? (values as number[]) : null, // `swept` says that all are numbers
      variants: group.members.map(([variant]) => variant),
      finetune: finetuneOf(model, task),
    };
  });
  return {
    use: {
      task,
      discretiser,
      model: models[0]?.id ?? '',
      oneClass: models.every(({ id }) => operatorsByKind.model(id).oneClass === true),
    },
    plan: {
      task,
      variants,
      groups,
      metric,
      ranking: task === 'regression' ? (document.ranking ?? leading?.ranking ?? 'mean_val') : 'mean_val',
      rule: document.refit.rule,
      refit: document.refit.enabled,
      keepFoldArtifacts: document.refit.keepFoldArtifacts,
      criteria: document.refit.criteria.map((one) =>
        task === 'regression' ? one : { ...one, ranking: 'mean_val' as const },
      ),
      seed: seed ?? document.seed ?? 0,
      warnings,
    },
  };
}

function onlyModel(steps: readonly PlanStep[]): PlanModel {
  const models = steps.filter((step) => step.kind === 'model');
  const [model, second] = models;
  if (model === undefined) throw new EngineError('run.no-model', {});
  if (second !== undefined)
    throw new EngineError('run.not-single-lane', { what: 'A second model after the first (stacking)' });
  if (steps.at(-1) !== model) {
    const after = steps[steps.indexOf(model) + 1];
    throw new EngineError('pipeline.not-run', {
      step: after === undefined ? '' : 'id' in after ? after.id : after.kind,
      reason: 'it stands after the model. Move it before the model.',
      path: [...(after?.path ?? [])],
    });
  }
  return model;
}

function taskOf(models: readonly PlanModel[]): RunPlan['task'] {
  const of = (task: RunPlan['task']) => models.find(({ id }) => operatorsByKind.model(id).task === task);
  const [regression, classification] = [of('regression'), of('classification')];
  if (regression !== undefined && classification !== undefined)
    throw new EngineError('run.mixed-tasks', { regression: regression.id, classification: classification.id });
  return classification === undefined ? 'regression' : 'classification';
}

const isDiscretiser = (step: PlanStep): boolean =>
  step.kind === 'target' && operatorsByKind.transform(step.id).classNames !== undefined;

/**
 * A discretiser says what the classes are, so it belongs to the task and not to a fold: it is applied to the target
 * before anything runs. Other target processing means nothing on classes.
 */
function discretiserOf(
  flat: readonly (readonly PlanStep[])[],
  task: RunPlan['task'],
  warnings: string[],
): PlannedOperator | null {
  const of = (steps: readonly PlanStep[]) => {
    const step = steps.find(isDiscretiser);
    return step?.kind === 'target' ? { id: step.id, params: step.params } : null;
  };
  const [first, ...others] = flat.map(of);
  if (first === undefined) return null;
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw new EngineError('run.discretisers-differ', {});
  if (first !== null && task === 'regression')
    warnings.push(
      `${first.id} makes classes of the target, and the model is a regression model: it predicts the number of the class.`,
    );
  if (task === 'classification' && flat.some((steps) => steps.some((s) => s.kind === 'target' && !isDiscretiser(s))))
    warnings.push('Target processing other than making classes is left out: it means nothing on classes.');
  return first;
}

function finetuneOf(model: PlanModel, task: RunPlan['task']): FinetuneSettings | null {
  if (model.finetuneParams === null || Object.keys(model.finetuneParams).length === 0) return null;
  const settings = parseFinetune(model.finetuneParams);
  if (settings.metric !== null) metricCalled(settings.metric, task);
  // A misspelt parameter is found now, and not trial after trial.
  const known = Object.keys(model.params);
  for (const name of Object.keys({ ...settings.space.template.entries, ...settings.trainSpace.template.entries })) {
    if (known.includes(name)) continue;
    const nearest = closestTo(name, known);
    throw new EngineError('pipeline.parameter', {
      step: `${model.id} finetune_params`,
      parameter: name,
      problem: `is not a parameter of ${model.id}.${nearest === undefined ? ` It has ${known.join(', ')}.` : ` Did you mean "${nearest}"?`}`,
    });
  }
  return settings;
}

/** What changes in pass 2: the document's defaults, then the step's `refit_params`. Checked against the model. */
function refitOverrides(
  model: PlanModel,
  defaults: Readonly<Record<string, unknown>>,
  warnings: string[],
): Readonly<Record<string, unknown>> {
  const { warm_start, warm_start_fold, ...overrides } = { ...defaults, ...model.refitParams };
  const note = `${model.id} is not trained by iteration, so it cannot warm-start; the refit starts cold.`;
  if ((warm_start !== undefined || warm_start_fold !== undefined) && !warnings.includes(note)) warnings.push(note);
  modelParams(operatorsByKind, model.id, model.params, overrides);
  return overrides;
}
