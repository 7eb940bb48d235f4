import { EngineError } from '#core/base/errors.ts';
import { shortName } from '#core/pipeline/fieldNames.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { PipelineCatalog, PipelineOperator } from '#core/pipeline/pipelineCatalog.ts';
import type {
  AugmentationStep,
  ConcreteStep,
  FilterStep,
  MergeStep,
  ModelStep,
  OperatorCall,
  PredictionSource,
  SplitterStep,
  StepNode,
  ViewsStep,
} from '#core/pipeline/stepNode.ts';

/** An operator of the catalog with checked, complete parameters. */
export interface PlanOperator {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}
interface At {
  /** Where it was written. */
  readonly path: DocPath;
}
export interface PlanTransform extends PlanOperator, At {
  readonly kind: 'transform';
  readonly fitOnAll: boolean;
}
export interface PlanTarget extends PlanOperator, At {
  readonly kind: 'target';
}
export interface PlanSplitter extends PlanOperator, At {
  readonly kind: 'splitter';
  readonly group: string | null;
  /** The file that holds the folds, or null. */
  readonly file: string | null;
}
export interface PlanFilter extends At {
  readonly kind: 'filter';
  readonly keyword: 'exclude' | 'tag';
  readonly mode: 'any' | 'all';
  readonly name: string;
  readonly filters: readonly PlanOperator[];
}
export interface PlanAugmentation extends At {
  readonly kind: 'augmentation';
  readonly transformers: readonly PlanOperator[];
  readonly count: number;
  readonly selection: 'random' | 'all';
  readonly seed: number | null;
  readonly balance: AugmentationStep['balance'];
}
export interface PlanViews extends At {
  readonly kind: 'views';
  readonly action: ViewsStep['action'];
  readonly lanes: readonly (readonly (PlanTransform | PlanViews)[])[];
}
export interface PlanModel extends PlanOperator, At {
  readonly kind: 'model';
  /** The model's name in results, if it was given one. */
  readonly name: string | null;
  /** Override `params` key by key in the refit. */
  readonly refitParams: Readonly<Record<string, unknown>>;
  /** As written. */
  readonly finetuneParams: Readonly<Record<string, unknown>> | null;
}
/** Lets only some samples through: those whose metadata column (or tag) has one of these values. */
export interface PlanSelect extends At {
  readonly kind: 'select';
  readonly column: string;
  readonly values: readonly string[];
}
/** Lets only the spectra of one source through. */
export interface PlanSource extends At {
  readonly kind: 'source';
  readonly name: string;
}
/** A model with everything that leads to it from the raw spectra. */
export interface PlanNode {
  /** As results call it. */
  readonly name: string;
  /** Names of the lanes that hold it, from the outside. */
  readonly branchPath: readonly string[];
  /** The last one is its model, or the route to its models. */
  readonly steps: readonly PlanStep[];
}
/** Out-of-fold predictions of the models of one lane. */
export interface PlanPrediction extends Pick<PredictionSource, 'select' | 'metric' | 'aggregate'> {
  /** The lane's name. */
  readonly lane: string;
  readonly models: readonly PlanNode[];
}
/** Where lanes come together: spectra of lanes and predictions of models, side by side. */
export interface PlanJoin extends At {
  readonly kind: 'join';
  /** From the join's place on; an empty lane passes the spectra on as they are. */
  readonly features: readonly (readonly PlanStep[])[];
  readonly predictions: readonly PlanPrediction[];
  readonly onMissing: MergeStep['onMissing'];
  /** What is joined stays a view of its own, so that the steps behind work on each by itself. */
  readonly separate: boolean;
  /** The views have to have equally many columns. */
  readonly equal: boolean;
}
/** The end of a separated chain: each sample goes to the model of its own group. */
export interface PlanRoute extends At {
  readonly kind: 'route';
  /** The metadata column (or tag) that separates. */
  readonly column: string;
  readonly lanes: readonly { readonly name: string; readonly values: readonly string[]; readonly node: PlanNode }[];
}

/** A step that this version runs. */
export type PlanStep =
  | PlanTransform
  | PlanTarget
  | PlanSplitter
  | PlanFilter
  | PlanAugmentation
  | PlanViews
  | PlanModel
  | PlanSelect
  | PlanSource
  | PlanJoin
  | PlanRoute;

/**
 * A step that is no branch and no merge, as the engine runs it. Throws `pipeline.not-run` naming a step with an
 * operator of another version, or anything else that this version reads but does not run.
 */
export function planSteps(step: ConcreteStep | StepNode, catalog: PipelineCatalog): PlanStep[] {
  switch (step.kind) {
    case 'sequence':
      return step.steps.flatMap((inner) => planSteps(inner, catalog));
    case 'transform':
      return [
        {
          kind: 'transform',
          ...checked(step.call, 'transform', catalog),
          fitOnAll: step.fitOnAll,
          path: step.path,
        },
      ];
    case 'target':
      return step.calls.map((call): PlanTarget => {
        const operator = catalog.find(call.name);
        if (operator && !operator.target)
          refuse(call.path, `y_processing ${operator.id}`, 'it cannot be inverted, so it cannot process the target.');
        return { kind: 'target', ...checked(call, 'transform', catalog), path: call.path };
      });
    case 'splitter':
      return [splitterStep(step, catalog)];
    case 'model':
      return [modelStep(step, catalog)];
    case 'filter':
      return filterSteps(step, catalog);
    case 'augmentation':
      return [
        {
          kind: 'augmentation',
          transformers: step.calls.map((call) =>
            checked(call, catalog.find(call.name)?.kind === 'transform' ? 'transform' : 'augmentation', catalog),
          ),
          count: step.count,
          selection: step.selection,
          seed: step.seed,
          balance: step.balance,
          path: step.path,
        },
      ];
    case 'views':
      if (step.keyword === 'rep_to_sources' || step.keyword === 'rep_to_pp')
        return refuse(
          step.path,
          step.keyword,
          'repetitions as sources or views are not run by this version. Average the repetitions before the import.',
        );
      return [viewsStep(step, catalog)];
    case 'branch':
    case 'merge':
      return refuse(step.path, step.kind, 'it cannot stand inside a view.');
    case 'invalid':
    case 'generator':
      return refuse(step.path, `step at ${step.path.join('.')}`, 'it could not be read.');
  }
}

function modelStep(step: ModelStep, catalog: PipelineCatalog): PlanModel {
  const own = checked(step.call, 'model', catalog);
  const params =
    Object.keys(step.trainParams).length === 0
      ? own.params
      : recheck(own.id, { ...own.params, ...step.trainParams }, step.path, catalog);
  return {
    kind: 'model',
    id: own.id,
    params,
    path: step.path,
    name: step.name,
    refitParams: step.refitParams,
    finetuneParams: step.finetuneParams,
  };
}

/** `exclude` is one judgement of all its filters; `tag` writes a column for each. */
function filterSteps({ keyword, calls, mode, names, path }: FilterStep, catalog: PipelineCatalog): PlanFilter[] {
  const filters = calls.map((call) => checked(call, 'filter', catalog));
  if (keyword === 'exclude') return [{ kind: 'filter', keyword, mode, name: '', filters, path }];
  return filters.map((filter, at) => ({
    kind: 'filter',
    keyword,
    mode: 'any',
    name: names[at] ?? filter.id,
    filters: [filter],
    path: calls[at]?.path ?? path,
  }));
}

function viewsStep({ action, steps, path }: ViewsStep, catalog: PipelineCatalog): PlanViews {
  const lane = (step: StepNode): (PlanTransform | PlanViews)[] =>
    planSteps(step, catalog).map((inner) =>
      inner.kind === 'transform' || inner.kind === 'views'
        ? inner
        : refuse(inner.path, action, `views are made of transforms, and this is a ${inner.kind}.`),
    );
  return { kind: 'views', action, lanes: steps.map(lane), path };
}

function splitterStep(step: SplitterStep, catalog: PipelineCatalog): PlanSplitter {
  const { group, path } = step;
  if (step.call) return { kind: 'splitter', ...checked(step.call, 'splitter', catalog), group, file: null, path };
  const params = recheck('PredefinedSplit', step.file === null ? { column: step.column } : {}, path, catalog);
  return { kind: 'splitter', id: 'PredefinedSplit', params, group, file: step.file, path };
}

function checked(call: OperatorCall, wanted: PipelineOperator['kind'], catalog: PipelineCatalog): PlanOperator {
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

export function refuse(path: DocPath, step: string, reason: string): never {
  throw new EngineError('pipeline.not-run', { step, reason, path: [...path] });
}
