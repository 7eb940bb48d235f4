import { EngineError } from '#core/base/errors.ts';
import type { PipelineVariant } from '#core/pipeline/expandPipeline.ts';
import { shortName } from '#core/pipeline/fieldNames.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import type { ConcreteStep, OperatorCall, SplitterStep, StepNode } from '#core/pipeline/stepNode.ts';

export type PlanStepKind = 'transform' | 'target' | 'splitter' | 'model';

/** A step that this version runs: an operator of the catalog with checked, complete parameters. */
export interface PlanStep {
  readonly kind: PlanStepKind;
  /** The catalog's id. */
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Where it was written. */
  readonly path: DocPath;
  /** The model's name in results, if it was given one. */
  readonly name?: string;
  /** Models: override `params` key by key in the refit. */
  readonly refitParams?: Readonly<Record<string, unknown>>;
}

export interface RunPlanInput {
  readonly index: number;
  readonly label: string;
  /** In order; the splitter keeps its place. */
  readonly steps: readonly PlanStep[];
}

/**
 * The flat list of steps that the engine runs. Throws `pipeline.not-run` naming the step when the variant has a
 * branch, an operator of another version, or anything else that this version reads but does not run.
 */
export function toRunPlanInput(variant: PipelineVariant, catalog: PipelineCatalog): RunPlanInput {
  const steps = variant.steps.flatMap((step) => planSteps(step, catalog));
  return { index: variant.index, label: variant.label, steps };
}

function planSteps(step: ConcreteStep | StepNode, catalog: PipelineCatalog): PlanStep[] {
  switch (step.kind) {
    case 'sequence':
      return step.steps.flatMap((inner) => planSteps(inner, catalog));
    case 'transform':
      if (step.fitOnAll)
        refuse(
          step.path,
          `preprocessing ${shortName(step.call.name)}`,
          'fit_on_all is not run by this version. Remove it.',
        );
      return [{ kind: 'transform', ...checked(step.call, 'transform', catalog), path: step.path }];
    case 'target':
      return step.calls.map((call): PlanStep => {
        const operator = catalog.find(call.name);
        if (operator && !operator.target)
          refuse(call.path, `y_processing ${operator.id}`, 'it cannot be inverted, so it cannot process the target.');
        return { kind: 'target', ...checked(call, 'transform', catalog), path: call.path };
      });
    case 'splitter':
      return [splitterStep(step, catalog)];
    case 'model': {
      if (step.finetuneParams !== null)
        refuse(
          step.path,
          `model ${shortName(step.call.name)}`,
          'finetune_params are not run by this version. Sweep the parameter instead.',
        );
      if (step.meta)
        refuse(step.path, `model ${shortName(step.call.name)}`, 'meta-models are not run by this version.');
      const own = checked(step.call, 'model', catalog);
      const params =
        Object.keys(step.trainParams).length === 0
          ? own.params
          : recheck(own.id, { ...own.params, ...step.trainParams }, step.path, catalog);
      return [
        {
          kind: 'model',
          id: own.id,
          params,
          path: step.path,
          ...(step.name === null ? {} : { name: step.name }),
          ...(Object.keys(step.refitParams).length === 0 ? {} : { refitParams: step.refitParams }),
        },
      ];
    }
    case 'filter':
      return refuse(step.path, step.keyword, 'sample filters are not run by this version.');
    case 'augmentation':
      return refuse(step.path, 'sample_augmentation', 'augmentation is not run by this version.');
    case 'views':
      return refuse(step.path, step.keyword, 'several views side by side are not run by this version.');
    case 'branch':
      return refuse(
        step.path,
        'branch',
        'branches are not run by this version. Compare alternatives with _or_ instead.',
      );
    case 'merge':
      return refuse(step.path, 'merge', 'merges are not run by this version.');
    case 'invalid':
    case 'generator':
      return refuse(step.path, `step at ${step.path.join('.')}`, 'it could not be read.');
  }
}

function splitterStep(step: SplitterStep, catalog: PipelineCatalog): PlanStep {
  if (step.file !== null)
    refuse(
      step.path,
      `split ${step.file}`,
      'folds from a file are not run by this version. Put the folds into a metadata column and name the column.',
    );
  if (step.group !== null) refuse(step.path, 'split', 'group is not run by this version.');
  if (step.call) return { kind: 'splitter', ...checked(step.call, 'splitter', catalog), path: step.path };
  const params = recheck('PredefinedSplit', { column: step.column }, step.path, catalog);
  return { kind: 'splitter', id: 'PredefinedSplit', params, path: step.path };
}

function checked(
  call: OperatorCall,
  wanted: 'transform' | 'splitter' | 'model',
  catalog: PipelineCatalog,
): Pick<PlanStep, 'id' | 'params'> {
  const operator = catalog.find(call.name);
  if (!operator) {
    const nearest = catalog.nearest(call.name);
    if (call.kind !== null)
      return refuse(call.path, shortName(call.name), 'this operator is not available in this version.');
    throw new EngineError('catalog.unknown-id', { kind: 'operator', id: call.name, ...(nearest ? { nearest } : {}) });
  }
  if (operator.kind !== wanted)
    return refuse(call.path, operator.id, `it is a ${operator.kind}, where a ${wanted} is expected.`);
  return { id: operator.id, params: recheck(operator.id, call.written, call.path, catalog) };
}

function recheck(
  id: string,
  params: Readonly<Record<string, unknown>>,
  path: DocPath,
  catalog: PipelineCatalog,
): Readonly<Record<string, unknown>> {
  const result = catalog.find(id)?.checkParams({ ...params });
  if (!result) return refuse(path, id, 'this operator is not available in this version.');
  if ('params' in result) return result.params;
  const [first] = result.problems;
  throw new EngineError('pipeline.parameter', {
    step: id,
    parameter: first?.parameter ?? '',
    problem: first?.problem ?? 'is not valid',
  });
}

function refuse(path: DocPath, step: string, reason: string): never {
  throw new EngineError('pipeline.not-run', { step, reason, path: [...path] });
}
