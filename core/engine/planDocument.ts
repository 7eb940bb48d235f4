import { EngineError } from '#core/base/errors.ts';
import { closestTo } from '#core/catalog/closestTo.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import { planGroups } from '#core/engine/planGroups.ts';
import { planVariants } from '#core/engine/planVariants.ts';
import { metricCalled } from '#core/engine/runMetrics.ts';
import type { TargetUse } from '#core/engine/unitData.ts';
import type { RunPlan } from '#core/execution/plan.ts';
import type { PlannedOperator } from '#core/execution/stepPlans.ts';
import { defaultMetric } from '#core/metrics/metricCatalog.ts';
import { checkPipeline } from '#core/pipeline/checkPipeline.ts';
import { expandPipeline, type PipelineVariant } from '#core/pipeline/expandPipeline.ts';
import type { LaneFacts } from '#core/pipeline/laneGroups.ts';
import type { ParsedPipeline } from '#core/pipeline/pipelineDocument.ts';
import { planSteps, type PlanModel, type PlanStep, type PlanTarget } from '#core/pipeline/runPlan.ts';
import type { StepNode } from '#core/pipeline/stepNode.ts';
import type { FinetuneSettings } from '#core/tuning/finetuneSettings.ts';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';

/** More variants than this are not run at once; beyond it the stored results would no longer be browsable. */
const MOST_VARIANTS = 10_000;

/** Findings of the checker that change how a result must be read: leakage, and numbers that no second run gives. */
const TOLD_WITH_RESULTS: ReadonlySet<string> = new Set(['check.leak', 'check.seed', 'check.fit-on-all']);

/** What the pipeline makes of the target, known before the data are chosen. */
export function targetUse(parsed: ParsedPipeline): TargetUse {
  const { models, targets, warnings } = stepsOf(parsed);
  const task = taskOf(models);
  return {
    task,
    discretiser: discretiserOf(targets, task, warnings),
    model: models[0]?.id ?? '',
    oneClass: models.every(({ id }) => operatorsByKind.model(id).oneClass === true),
  };
}

/**
 * From a document to plain data: every variant, and the groups that share their fits. `seed` overrides the document's;
 * `facts` are what branches by metadata or source need to know of the data.
 */
export function planDocument(parsed: ParsedPipeline, seed: number | null, facts: LaneFacts | null = null): RunPlan {
  const { document, problems } = parsed;
  const worthTelling = checkPipeline(parsed, enginePipelineCatalog).filter(({ code }) => TOLD_WITH_RESULTS.has(code));
  // A step that stands in several places of the document is told once.
  const told = [...problems, ...worthTelling].filter((problem) => problem.severity === 'warning');
  const warnings = [...new Set(told.map((problem) => problem.message))];
  const steps = stepsOf(parsed);
  const task = taskOf(steps.models);
  discretiserOf(steps.targets, task, warnings);
  // What the first refit criterion says holds for the whole run where the document says nothing else.
  const [leading] = document.refit.criteria;
  const metric = metricCalled(document.metric ?? leading?.metric ?? defaultMetric(task).id, task).id;
  for (const criterion of document.refit.criteria) if (criterion.metric !== null) metricCalled(criterion.metric, task);

  const planned = planVariants(steps.expanded, facts, document.refit, warnings);
  if (planned.length > MOST_VARIANTS)
    throw new EngineError('run.too-many-variants', { variants: planned.length, limit: MOST_VARIANTS });
  return {
    task,
    variants: planned.map(({ variant }) => variant),
    groups: planGroups(planned, steps.expanded, (model) => finetuneOf(model, task)),
    metric,
    ranking: task === 'regression' ? (document.ranking ?? leading?.ranking ?? 'mean_val') : 'mean_val',
    rule: document.refit.rule,
    refit: document.refit.enabled,
    metaTraining: document.refit.stackingMetaTraining,
    keepFoldArtifacts: document.refit.keepFoldArtifacts,
    criteria: document.refit.criteria.map((one) =>
      task === 'regression' ? one : { ...one, ranking: 'mean_val' as const },
    ),
    seed: seed ?? document.seed ?? 0,
    warnings,
  };
}

interface DocumentSteps {
  readonly expanded: readonly PipelineVariant[];
  /** Every model of every variant, each once. */
  readonly models: readonly PlanModel[];
  /** The target processing of each variant. */
  readonly targets: readonly (readonly PlanTarget[])[];
  readonly warnings: string[];
}

function stepsOf({ document }: ParsedPipeline): DocumentSteps {
  if (document.space.count > BigInt(MOST_VARIANTS))
    throw new EngineError('run.too-many-variants', { variants: Number(document.space.count), limit: MOST_VARIANTS });
  const expanded = [...expandPipeline(document)];
  const known = new Map<StepNode, readonly PlanStep[]>();
  const opened = (step: StepNode): readonly PlanStep[] => {
    if (step.kind === 'sequence') return step.steps.flatMap(opened);
    if (step.kind === 'branch') return step.lanes.flatMap((lane) => lane.steps.flatMap(opened));
    if (step.kind !== 'model' && step.kind !== 'target') return [];
    const planned = known.get(step) ?? planSteps(step, enginePipelineCatalog);
    known.set(step, planned);
    return planned;
  };
  const flat = expanded.map(({ steps }) => steps.flatMap(opened));
  const models = [...known.values()].flat().filter((step) => step.kind === 'model');
  if (models.length === 0) throw new EngineError('run.no-model', {});
  return {
    expanded,
    models,
    targets: flat.map((steps) => steps.filter((step) => step.kind === 'target')),
    warnings: [],
  };
}

function taskOf(models: readonly PlanModel[]): RunPlan['task'] {
  const of = (task: RunPlan['task']) => models.find(({ id }) => operatorsByKind.model(id).task === task);
  const [regression, classification] = [of('regression'), of('classification')];
  if (regression !== undefined && classification !== undefined)
    throw new EngineError('run.mixed-tasks', { regression: regression.id, classification: classification.id });
  return classification === undefined ? 'regression' : 'classification';
}

const isDiscretiser = (step: PlanTarget): boolean => operatorsByKind.transform(step.id).classNames !== undefined;

/**
 * A discretiser says what the classes are, so it belongs to the task and not to a fold: it is applied to the target
 * before anything runs. Other target processing means nothing on classes.
 */
function discretiserOf(
  flat: readonly (readonly PlanTarget[])[],
  task: RunPlan['task'],
  warnings: string[],
): PlannedOperator | null {
  const of = (steps: readonly PlanTarget[]) => {
    const step = steps.find(isDiscretiser);
    return step === undefined ? null : { id: step.id, params: step.params };
  };
  const [first, ...others] = flat.map(of);
  if (first === undefined) return null;
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw new EngineError('run.discretisers-differ', {});
  if (first !== null && task === 'regression')
    warnings.push(
      `${first.id} makes classes of the target, and the model is a regression model: it predicts the number of the class.`,
    );
  if (task === 'classification' && flat.some((steps) => steps.some((step) => !isDiscretiser(step))))
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
