import { EngineError } from '#core/base/errors.ts';
import { compileLanes } from '#core/pipeline/compileLanes.ts';
import type { PipelineVariant } from '#core/pipeline/expandPipeline.ts';
import { canonicalJson } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import type { PlanNode, PlanStep } from '#core/pipeline/runPlan.ts';
import type { StepNode } from '#core/pipeline/stepNode.ts';

/** What branches and stacks amount to. */
export interface LaneCounts {
  /** Fits on each fold: a base model that several learn from counts once, a sweep of its components too. */
  readonly groups: number;
  /** Fits of a refit: base models, and what learns from them. */
  readonly refit: number;
}

/** Whether a variant has several models or lanes. */
export const hasLanes = (steps: readonly StepNode[]): boolean => {
  const flat = opened(steps);
  return flat.some(({ kind }) => kind === 'branch') || flat.filter(({ kind }) => kind === 'model').length > 1;
};

const opened = (steps: readonly StepNode[]): StepNode[] =>
  steps.flatMap((step) => (step.kind === 'sequence' ? opened(step.steps) : [step]));

/** Counts the fits of variants with branches. Null where only the data tell (groups by metadata), or nothing can run. */
export function countLaneFits(variants: Iterable<PipelineVariant>, catalog: PipelineCatalog): LaneCounts | null {
  const groups = new Set<string>();
  let refit = 0;
  let open = false;
  const keyOf = (node: PlanNode): string => {
    const key = canonicalJson([node.branchPath, node.steps.map(identity)]);
    const last = node.steps.at(-1);
    if (last?.kind === 'route') open ||= last.lanes.some(({ values }) => values.length === 0);
    else groups.add(key);
    return key;
  };
  /** A step without its place in the text, and without what one fit serves; models inside it are counted. */
  function identity(step: PlanStep): unknown {
    const { path: _, ...own } = step;
    if (step.kind === 'model') {
      const param = catalog.find(step.id)?.pathParam ?? null;
      const swept = param !== null && step.finetuneParams === null;
      return { ...own, params: Object.entries(step.params).filter(([key]) => !swept || key !== param) };
    }
    if (step.kind === 'route') return { ...own, lanes: step.lanes.map(({ node }) => named(node)) };
    if (step.kind !== 'join') return own;
    return {
      ...own,
      features: step.features.map((lane) => lane.map(identity)),
      predictions: step.predictions.map(({ models, ...rest }) => ({ ...rest, models: models.map(named) })),
    };
  }
  /** What learns from a model learns from one with all its parameters. */
  const named = (node: PlanNode): unknown => {
    const last = node.steps.at(-1);
    return [keyOf(node), last?.kind === 'model' ? last.params : null];
  };
  try {
    for (const variant of variants) {
      const nodes = compileLanes(variant.steps, catalog, null);
      nodes.forEach(keyOf);
      refit = Math.max(refit, ...nodes.map(fitsOf));
    }
  } catch (error) {
    if (error instanceof EngineError) return null; // the checks say what is wrong
    throw error;
  }
  return open ? null : { groups: groups.size, refit };
}

/** A model and everything that it learns from. */
function fitsOf(node: PlanNode): number {
  const own = node.steps.at(-1)?.kind === 'route' ? 0 : 1;
  return node.steps.reduce((sum, step) => {
    if (step.kind === 'route') return sum + step.lanes.reduce((all, lane) => all + fitsOf(lane.node), 0);
    if (step.kind !== 'join') return sum;
    return sum + step.predictions.flatMap(({ models }) => models).reduce((all, model) => all + fitsOf(model), 0);
  }, own);
}
