import { EngineError } from '#core/base/errors.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import { plannedSteps } from '#core/engine/plannedSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import type { PipelineDocument } from '#core/pipeline/pipelineDocument.ts';
import { planSteps } from '#core/pipeline/runPlan.ts';
import type { ConcreteStep } from '#core/pipeline/stepNode.ts';

/**
 * The transforms of the first variant up to and including the step that stands at `path` in the document; sweeps take
 * their first value. A splitter or model at `path` means everything before it.
 */
export function previewSteps(document: PipelineDocument, path: readonly (string | number)[]): PlannedStep[] {
  const [variant] = [...expandPipeline(document, { limit: 1 })];
  if (variant === undefined)
    throw new EngineError('pipeline.not-run', { step: 'pipeline', reason: 'it has no variant.', path: [] });
  const position = path[document.stepsPath.length];
  const upTo = variant.steps.filter((step) => {
    const at = step.path[document.stepsPath.length];
    return typeof at !== 'number' || typeof position !== 'number' || at <= position;
  });
  const transforms: ConcreteStep[] = upTo.filter((step) => ['transform', 'views', 'sequence'].includes(step.kind));
  return plannedSteps(
    transforms
      .flatMap((step) => planSteps(step, enginePipelineCatalog))
      .filter((step) => step.kind === 'transform' || step.kind === 'views'),
  );
}
