import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import type { FitGroup, PlannedVariant, RunPlan } from '#core/execution/plan.ts';
import type { PlannedStep } from '#core/execution/unit.ts';
import { findMetric, metricCatalog } from '#core/metrics/metricCatalog.ts';
import { checkPipeline } from '#core/pipeline/checkPipeline.ts';
import { expandPipeline, stepsInWords } from '#core/pipeline/expandPipeline.ts';
import { groupVariants } from '#core/pipeline/fitGroups.ts';
import type { ParsedPipeline } from '#core/pipeline/pipelineDocument.ts';
import { toRunPlanInput, type PlanStep } from '#core/pipeline/runPlan.ts';

/** More variants than this are not run at once; beyond it the stored results would no longer be browsable. */
const MOST_VARIANTS = 10_000;

/** Findings of the checker that change how a result must be read: leakage, and numbers that no second run gives. */
const TOLD_WITH_RESULTS: ReadonlySet<string> = new Set(['check.leak', 'check.seed']);

/** From a document to plain data: every variant, and the groups that share their fits. `seed` overrides the document's. */
export function planDocument(parsed: ParsedPipeline, seed: number | null): RunPlan {
  const { document, problems } = parsed;
  if (document.space.count > BigInt(MOST_VARIANTS))
    throw new EngineError('run.too-many-variants', { variants: Number(document.space.count), limit: MOST_VARIANTS });
  const metric = document.metric ?? 'rmse';
  if (findMetric(metric) === undefined)
    throw new EngineError('run.unknown-metric', { metric, known: metricCatalog.map((one) => one.id) });

  const worthTelling = checkPipeline(parsed, enginePipelineCatalog).filter(({ code }) => TOLD_WITH_RESULTS.has(code));
  const warnings = [...problems, ...worthTelling]
    .filter((problem) => problem.severity === 'warning')
    .map((problem) => problem.message);
  const expanded = [...expandPipeline(document)];
  const flat = expanded.map((variant) => toRunPlanInput(variant, enginePipelineCatalog).steps);
  const variants = expanded.map((variant, index): PlannedVariant => {
    const steps = flat[index] ?? [];
    const model = onlyModel(steps);
    const definition = operatorsByKind.model(model.id);
    return {
      index: variant.index,
      label: variant.label,
      stepTexts: stepsInWords(variant),
      steps: steps.map(planned),
      choices: variant.choices.map((choice) => ({ name: choice.label, value: choice.value ?? choice.text })),
      model: model.id,
      params: model.params,
      refitParams: refitParams(model, document.refit.defaultRefitParams, warnings),
      complexity: definition.complexity(model.params),
    };
  });
  const groups = groupVariants(expanded, enginePipelineCatalog).map((group): FitGroup => {
    const [firstIndex] = group.members[0] ?? [0];
    const first = variants[firstIndex];
    if (first === undefined) throw new EngineError('run.no-model', {});
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
    };
  });
  return {
    variants,
    groups,
    metric,
    ranking: document.ranking ?? 'mean_val',
    refit: document.refit.enabled,
    seed: seed ?? document.seed ?? 0,
    warnings,
  };
}

function onlyModel(steps: readonly PlanStep[]): PlanStep {
  const models = steps.filter((step) => step.kind === 'model');
  const [model, second] = models;
  if (model === undefined) throw new EngineError('run.no-model', {});
  if (second !== undefined)
    throw new EngineError('run.not-single-lane', { what: 'A second model after the first (stacking)' });
  if (steps.at(-1) !== model) {
    const after = steps[steps.indexOf(model) + 1];
    throw new EngineError('pipeline.not-run', {
      step: after?.id ?? '',
      reason: 'it stands after the model. Move it before the model.',
      path: [...(after?.path ?? [])],
    });
  }
  return model;
}

const planned = ({ kind, id, params }: PlanStep): PlannedStep => ({ role: kind, id, params });

/** The model's parameters in pass 2: its own, then the document's defaults, then the step's `refit_params`. */
function refitParams(
  model: PlanStep,
  defaults: Readonly<Record<string, unknown>>,
  warnings: string[],
): Readonly<Record<string, unknown>> {
  const { warm_start, warm_start_fold, ...overrides } = { ...defaults, ...model.refitParams };
  const note = `${model.id} is not trained by iteration, so it cannot warm-start; the refit starts cold.`;
  if ((warm_start !== undefined || warm_start_fold !== undefined) && !warnings.includes(note)) warnings.push(note);
  if (Object.keys(overrides).length === 0) return model.params;
  const checked = enginePipelineCatalog.find(model.id)?.checkParams({ ...model.params, ...overrides });
  if (checked === undefined || 'problems' in checked) {
    const problem = checked?.problems[0];
    throw new EngineError('pipeline.parameter', {
      step: `${model.id} refit_params`,
      parameter: problem?.parameter ?? '',
      problem: problem?.problem ?? 'is not valid',
    });
  }
  return checked.params;
}
