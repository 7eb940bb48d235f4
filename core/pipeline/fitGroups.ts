import { countTrials } from '#core/pipeline/countTrials.ts';
import { expandPipeline, type PipelineVariant } from '#core/pipeline/expandPipeline.ts';
import { countLaneFits, hasLanes } from '#core/pipeline/countLaneFits.ts';
import { fixPathParameters } from '#core/pipeline/fixPathParameters.ts';
import { generatorSpace } from '#core/pipeline/generatorSpace.ts';
import { canonicalJson } from '#core/pipeline/located.ts';
import type { PipelineCatalog, PipelineOperator } from '#core/pipeline/pipelineCatalog.ts';
import type { PipelineDocument } from '#core/pipeline/pipelineDocument.ts';
import type { ConcreteStep, OperatorCall, SplitterStep, StepNode } from '#core/pipeline/stepNode.ts';

/** Variants that differ in the model's path parameter only: one fit on a fold gives the models of all of them. */
export interface VariantGroup {
  readonly index: number;
  /** Steps of the first member; the others differ from it in the path parameter only. */
  readonly steps: readonly ConcreteStep[];
  readonly label: string;
  /** `n_components`, or null where the group is one variant (or equal variants). */
  readonly pathParam: string | null;
  /** In the order of the variants: variant number and value of the path parameter (null without one). */
  readonly members: readonly (readonly [variant: number, value: unknown])[];
}

export interface FitCounts {
  readonly variants: bigint;
  readonly fitGroups: bigint;
  /** Fits on cross-validation folds each group needs; null when only the data tell, or when variants differ in it. */
  readonly folds: number | null;
  /** Trials of the search on each fold; 1 without finetuning, null when variants differ in it. */
  readonly trials: number | null;
  /** Refits on all training data, at most: variants that several criteria choose are refitted once. */
  readonly refits: number;
  /** Fits that will really happen, trials and refits included; null when only the data tell. */
  readonly realFits: bigint | null;
  /** False where there are too many variants to compare: then `fitGroups` may be a little too high. */
  readonly exact: boolean;
}

/** Groups expanded variants, in order of their first members. */
export function groupVariants(variants: Iterable<PipelineVariant>, catalog: PipelineCatalog): VariantGroup[] {
  const groups = new Map<string, { first: PipelineVariant; pathParam: string | null; members: [number, unknown][] }>();
  const [whole, withoutPath] = [new WeakMap<StepNode, string>(), new WeakMap<StepNode, string>()];
  // A step that is the same object in many variants is written down once.
  const keyOf = (step: StepNode, path: ModelPath | null): string => {
    const keys = path ? withoutPath : whole;
    const key = keys.get(step) ?? canonicalJson(identity(step, path?.call, path?.param));
    keys.set(step, key);
    return key;
  };
  for (const variant of variants) {
    const path = pathOf(variant.steps, catalog);
    const key = `${path?.param ?? ''} ${variant.steps.map((step) => keyOf(step, path)).join(' ')}`;
    const group = groups.get(key) ?? { first: variant, pathParam: path?.param ?? null, members: [] };
    group.members.push([variant.index, path ? path.value : null]);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, pathParam, members }, index) => ({
    index,
    steps: first.steps,
    label: groupLabel(first, pathParam),
    pathParam,
    members,
  }));
}

/** Variants, groups and real fits. Expands at most `limit` variants; beyond that it counts without comparing. */
export function countFits(document: PipelineDocument, limit = 2_000): FitCounts {
  const variants = document.space.count;
  const [leading] = [...expandPipeline(document, { limit: 1 })];
  if (variants <= BigInt(limit) && hasLanes(leading?.steps ?? [])) return countLanes(document);
  if (variants <= BigInt(limit)) {
    const groups = groupVariants(expandPipeline(document), document.catalog);
    const folds = groups.map((group) => foldsOf(group.steps, document.catalog));
    const trials = groups.map((group) => trialsOf(group.steps));
    const known = folds.every((fold) => fold.count !== null);
    const validated = folds.some((fold) => fold.hasSplitter);
    const refits = validated ? refitsOf(document) : 0;
    const fits = folds.reduce(
      (sum, fold, index) => sum + (fold.hasSplitter ? (fold.count ?? 0) * (trials[index] ?? 1) : 0),
      0,
    );
    return {
      variants,
      fitGroups: BigInt(groups.length),
      folds: common(folds.map(({ count }) => count)),
      trials: common(trials),
      refits,
      // Without folds nothing can be compared: the first variant is fitted, once.
      realFits: known ? BigInt(validated ? fits + refits : Math.min(groups.length, 1)) : null,
      exact: true,
    };
  }
  const collapsed = generatorSpace(fixPathParameters(document.source, document.catalog), {
    seed: document.seed ?? 0,
    problem: () => undefined,
  });
  const [first] = [...expandPipeline(document, { limit: 1 })];
  const fold = foldsOf(first?.steps ?? [], document.catalog);
  const swept = document.steps.some(
    (step) => step.kind === 'generator' && step.alternatives.some((inner) => inner !== null && holdsSplitter(inner)),
  );
  const count = swept ? null : fold.count;
  const trials = trialsOf(first?.steps ?? []);
  const refits = fold.hasSplitter ? refitsOf(document) : 0;
  return {
    variants,
    fitGroups: collapsed.count,
    folds: count,
    trials,
    refits,
    realFits: !fold.hasSplitter
      ? 1n
      : count === null
        ? null
        : collapsed.count * BigInt(count) * BigInt(trials) + BigInt(refits),
    exact: false,
  };
}

/** The same for documents with branches or several models. */
function countLanes(document: PipelineDocument): FitCounts {
  const expanded = [...expandPipeline(document)];
  const folds = expanded.map(({ steps }) => foldsOf(steps, document.catalog));
  const count = common(folds.map((one) => one.count));
  const validated = folds.some(({ hasSplitter }) => hasSplitter);
  const counts = countLaneFits(expanded, document.catalog);
  const refits = validated ? refitsOf(document) * (counts?.refit ?? 1) : 0;
  return {
    variants: document.space.count,
    fitGroups: BigInt(counts?.groups ?? expanded.length),
    folds: count,
    trials: 1,
    refits,
    realFits:
      counts === null || count === null ? null : BigInt(validated ? counts.groups * count + refits : counts.refit),
    exact: counts !== null,
  };
}

/** The value that all have, or null. */
const common = (values: readonly (number | null)[]): number | null =>
  new Set(values).size <= 1 ? (values[0] ?? null) : null;

/** What the criteria ask for at most; the deployed variant besides, unless the first criterion is the run's own. */
function refitsOf({ refit, space, ranking, metric }: PipelineDocument): number {
  if (!refit.enabled) return 0;
  const [leading] = refit.criteria;
  const own =
    leading !== undefined &&
    (ranking ?? leading.ranking) === leading.ranking &&
    (metric ?? leading.metric) === leading.metric;
  const asked = refit.criteria.reduce((sum, { topK }) => sum + Math.min(topK, MOST_COUNTED), own ? 0 : 1);
  return space.count < BigInt(asked) ? Number(space.count) : asked;
}

const trialsOf = (steps: readonly StepNode[]): number => {
  const model = flatten(steps).find((step) => step.kind === 'model');
  const finetune = model?.kind === 'model' ? model.finetuneParams : null;
  return isSearched(finetune) ? Math.min(countTrials(finetune), MOST_COUNTED) : 1;
};

const isSearched = (
  finetune: Readonly<Record<string, unknown>> | null,
): finetune is Readonly<Record<string, unknown>> => finetune !== null && Object.keys(finetune).length > 0;

interface ModelPath {
  readonly call: OperatorCall;
  readonly param: string;
  readonly value: unknown;
}

/**
 * The path parameter of a variant with exactly one model; training parameters that set it make it an ordinary one, and
 * so does finetuning: each value then has a search of its own.
 */
function pathOf(steps: readonly StepNode[], catalog: PipelineCatalog): ModelPath | null {
  const models = flatten(steps).filter((step) => step.kind === 'model');
  const [model, another] = models;
  if (!model || another || isSearched(model.finetuneParams)) return null;
  const operator = operatorOf(model.call, catalog);
  if (!operator?.pathParam || operator.pathParam in model.trainParams) return null;
  return { call: model.call, param: operator.pathParam, value: model.call.params[operator.pathParam] ?? null };
}

const operatorOf = (call: OperatorCall, catalog: PipelineCatalog): PipelineOperator | undefined =>
  call.id === null ? undefined : catalog.find(call.id);

const flatten = (steps: readonly StepNode[]): StepNode[] =>
  steps.flatMap((step) => {
    if (step.kind === 'sequence') return flatten(step.steps);
    if (step.kind === 'branch') return [step, ...step.lanes.flatMap((lane) => flatten(lane.steps))];
    return [step];
  });

/** A step without its place in the text, and without the path parameter: equal for steps that do the same. */
function identity(value: unknown, pathCall: OperatorCall | undefined, param: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => identity(item, pathCall, param));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'path' && key !== 'written');
  if (isCall(value)) {
    const params = Object.entries(value.params).filter(([key]) => value !== pathCall || key !== param);
    return [value.id ?? value.name, Object.fromEntries(params)];
  }
  return Object.fromEntries(entries.map(([key, part]) => [key, identity(part, pathCall, param)]));
}

const isCall = (value: object): value is OperatorCall => 'written' in value && 'params' in value;

const groupLabel = (variant: PipelineVariant, pathParam: string | null): string => {
  const told = variant.choices.filter((choice) => choice.label !== pathParam);
  if (told.length === variant.choices.length || told.length === 0)
    return told.length === 0 && pathParam ? modelName(variant) : variant.label;
  return told
    .map((choice) =>
      choice.label === 'step' || choice.label === 'model' ? choice.text : `${choice.label} ${choice.text}`,
    )
    .join(' · ');
};

const modelName = (variant: PipelineVariant): string => {
  const model = variant.steps.findLast((step) => step.kind === 'model');
  return model?.kind === 'model' ? (model.name ?? model.call.id ?? model.call.name) : variant.label;
};

/** The splitter whose folds are cross-validated: the second of two when the first sets one test set aside. */
export function crossValidationSplitter(steps: readonly StepNode[], catalog: PipelineCatalog): SplitterStep | null {
  const splitters = flatten(steps).filter((step) => step.kind === 'splitter');
  const [first, second] = splitters;
  if (!first) return null;
  return second && splitterFolds(first, catalog) === 1 ? second : first;
}

const splitterFolds = (step: SplitterStep, catalog: PipelineCatalog): number | null => {
  const operator = step.call ? operatorOf(step.call, catalog) : undefined;
  const count = step.call && operator?.countFolds ? operator.countFolds({ ...step.call.params }) : null;
  return count !== null && Number.isInteger(count) && count <= MOST_COUNTED ? count : null;
};

/** What is more is a mistake, which its own rule reports; sums and products of counts stay exact. */
const MOST_COUNTED = 1_000_000;

/** Without a splitter there is one fit, on all training data. */
function foldsOf(steps: readonly StepNode[], catalog: PipelineCatalog): { count: number | null; hasSplitter: boolean } {
  const splitter = crossValidationSplitter(steps, catalog);
  return splitter ? { count: splitterFolds(splitter, catalog), hasSplitter: true } : { count: 1, hasSplitter: false };
}

const holdsSplitter = (step: StepNode): boolean => flatten([step]).some((inner) => inner.kind === 'splitter');
