import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import type { PipelineDocument } from '#core/pipeline/pipelineDocument.ts';
import { shortName } from '#core/pipeline/fieldNames.ts';
import type { BranchStep, Lane, MergeKind, ModelStep, StepNode } from '#core/pipeline/stepNode.ts';
import { refitStrategy } from '#core/pipeline/refitStrategy.ts';
import type { ModelNode, Topology } from '#core/pipeline/topologyDescriptor.ts';

/** Walks the expanded steps and describes their shape. */
export function analyzeTopology(steps: readonly StepNode[]): Topology {
  const found: Found = {
    stacking: false,
    featureMerge: false,
    mixedMerge: false,
    concatMerge: false,
    separation: false,
    withoutMerge: false,
    sequential: false,
    multiSource: false,
    sourceStacking: false,
    branches: false,
    laneModels: false,
    modelNodes: [],
    metaModels: 0,
  };
  const depth = walkList(steps, [], null, found);
  const splitter = steps.findIndex(holdsSplitter);
  const shape = {
    hasStacking: found.stacking,
    hasFeatureMerge: found.featureMerge,
    hasMixedMerge: found.mixedMerge,
    hasConcatMerge: found.concatMerge,
    hasSeparationBranch: found.separation,
    hasBranchesWithoutMerge: found.withoutMerge,
    maxStackingDepth: depth,
    hasSequentialModels: found.sequential,
    hasMultiSource: found.multiSource,
    splitterStepIndex: splitter < 0 ? null : splitter,
    modelNodes: found.modelNodes,
  };
  const hints = {
    sourceStacking: found.sourceStacking,
    hasBranches: found.branches,
    laneModels: found.laneModels,
    metaModels: found.metaModels,
  };
  return { ...shape, ...refitStrategy(shape, hints) };
}

/** The shape of the first variant; all variants of a document that differ in parameters only share it. */
export function topologyOf(document: PipelineDocument): Topology {
  const [first] = [...expandPipeline(document, { limit: 1 })];
  return analyzeTopology(first?.steps ?? []);
}

interface Found {
  stacking: boolean;
  featureMerge: boolean;
  mixedMerge: boolean;
  concatMerge: boolean;
  separation: boolean;
  withoutMerge: boolean;
  sequential: boolean;
  multiSource: boolean;
  /** Stacking through `by_source` branches. */
  sourceStacking: boolean;
  branches: boolean;
  /** Models inside lanes that no merge joins. */
  laneModels: boolean;
  modelNodes: ModelNode[];
  metaModels: number;
}

type BranchPath = readonly (string | number)[];

/** Returns the stacking depth of a list of steps. `merge` is what the list's own models go into. */
function walkList(written: readonly StepNode[], path: BranchPath, merge: MergeKind | null, found: Found): number {
  const steps = withIndex(written);
  let depth = 0;
  /** A model since the last branch or merge: the next one would be trained on its predictions. */
  let modelBefore = false;
  let open = null as OpenBranch | null; // the last branch that nothing joined yet; `as` keeps it from narrowing to null
  for (const [at, { step, index }] of steps.entries()) {
    switch (step.kind) {
      case 'branch': {
        const ahead = mergeAhead(steps.slice(at + 1));
        const lanes = walkBranch(step, ahead, path, found);
        depth = Math.max(depth, lanes.depth);
        open = { step, ...lanes };
        modelBefore = false;
        break;
      }
      case 'merge': {
        const outer = steps.slice(at + 1).some((later) => later.step.kind === 'model');
        depth = Math.max(depth, walkMerge(step.what, open, outer, found));
        open = null;
        modelBefore = false;
        break;
      }
      case 'model': {
        const into = mergeBeforeBranch(steps.slice(at + 1)) ?? (isLast(steps.slice(at + 1)) ? merge : null);
        const sideBySide = !step.meta && takesAll(into) && (!modelBefore || steps[at - 1]?.step.kind === 'model');
        if (modelBefore && !sideBySide) {
          found.sequential = true;
          found.stacking = true;
          depth = Math.max(depth, 1);
        }
        const laterMerge: MergeKind | null = open ? mergeBeforeBranch(steps.slice(at + 1)) : null;
        if (open) open = { ...open, innerModel: true };
        addModel(step, path, index, laterMerge ?? merge, found);
        modelBefore = true;
        break;
      }
      default:
        break;
    }
  }
  return depth;
}

interface OpenBranch {
  readonly step: BranchStep;
  /** A model in a lane, or between the branch and its merge. */
  readonly innerModel: boolean;
  readonly depth: number;
}

function walkBranch(
  branch: BranchStep,
  ahead: MergeKind | null,
  path: BranchPath,
  found: Found,
): Omit<OpenBranch, 'step'> {
  found.branches = true;
  const separation = branch.by !== 'duplication';
  if (separation) found.separation = true;
  if (branch.by === 'source') found.multiSource = true;
  const modelsBefore = found.modelNodes.length;
  const depths = branch.lanes.map((lane, index) => walkList(lane.steps, [...path, laneKey(lane, index)], ahead, found));
  const innerModel = found.modelNodes.length > modelsBefore;
  if (!separation && ahead === null) {
    found.withoutMerge = true;
    if (innerModel) found.laneModels = true;
  }
  return { innerModel, depth: Math.max(0, ...depths) };
}

const laneKey = (lane: Lane, index: number): string | number => lane.name ?? index;

/** Sets the flags of a merge and returns the stacking depth that it makes. */
function walkMerge(what: MergeKind, open: OpenBranch | null, outer: boolean, found: Found): number {
  const inside = open?.depth ?? 0;
  switch (what) {
    case 'predictions':
      found.stacking = true;
      return inside + 1;
    case 'features':
      found.featureMerge = true;
      return inside;
    case 'mixed':
    case 'all':
      found.mixedMerge = true;
      return inside;
    case 'concat':
    case 'sources': {
      if (what === 'concat') found.concatMerge = true;
      // Predictions of the groups or sources, joined for a further model: stacking that nobody called so.
      const disguised = open !== null && open.step.by !== 'duplication' && open.innerModel && outer;
      if (!disguised) return inside;
      found.stacking = true;
      if (open.step.by === 'source') found.sourceStacking = true;
      return inside + 1;
    }
  }
}

function addModel(
  step: ModelStep,
  path: BranchPath,
  stepIndex: number,
  mergeType: MergeKind | null,
  found: Found,
): void {
  if (step.meta) found.metaModels++;
  found.modelNodes.push({ name: step.name ?? shortName(step.call.name), branchPath: path, stepIndex, mergeType });
}

interface Indexed {
  readonly step: StepNode;
  /** In the list as written: a nested list is one step of it. */
  readonly index: number;
}

const withIndex = (steps: readonly StepNode[]): Indexed[] =>
  steps.flatMap((step, index) =>
    step.kind === 'sequence' ? withIndex(step.steps).map((inner) => ({ step: inner.step, index })) : [{ step, index }],
  );

/** The merge of a branch: the first one before the next branch or model. */
const mergeAhead = (later: readonly Indexed[]): MergeKind | null => {
  const next = later.find(({ step }) => step.kind === 'merge' || step.kind === 'branch' || step.kind === 'model')?.step;
  return next?.kind === 'merge' ? next.what : null;
};
/** The merge that a model after an open branch goes into: models may stand between. */
const mergeBeforeBranch = (later: readonly Indexed[]): MergeKind | null => {
  const next = later.find(({ step }) => step.kind === 'merge' || step.kind === 'branch')?.step;
  return next?.kind === 'merge' ? next.what : null;
};

/** No branch or merge behind: what the list ends with goes into the merge around it. */
const isLast = (later: readonly Indexed[]): boolean =>
  later.every(({ step }) => step.kind !== 'merge' && step.kind !== 'branch');

/** A merge takes the predictions of every model that stands in a row before it, to choose among them. */
const takesAll = (merge: MergeKind | null): boolean => merge === 'predictions' || merge === 'mixed' || merge === 'all';

const holdsSplitter = (step: StepNode): boolean =>
  step.kind === 'splitter' || (step.kind === 'sequence' && step.steps.some(holdsSplitter));
