import type { BranchedLane, OpenLane } from '#core/pipeline/openLane.ts';
import { refuse, type PlanJoin, type PlanNode, type PlanPrediction, type PlanStep } from '#core/pipeline/runPlan.ts';
import { filterColumn } from '#core/pipeline/laneGroups.ts';
import type { BranchStep, LaneRef, MergeStep, PredictionSource } from '#core/pipeline/stepNode.ts';

/**
 * The lanes of a branch as one again. Samples that were separated are put together by a route to the model of their
 * group; lanes that saw all samples by a join of spectra and predictions. `merge` is null where nobody wrote one: then
 * separated groups are put together all the same.
 */
export function mergedLane(
  branch: BranchStep,
  merge: MergeStep | null,
  before: OpenLane,
  lanes: readonly BranchedLane[],
): OpenLane {
  if (branch.by !== 'duplication' && branch.by !== 'source') return routed(branch, before, lanes);
  if (merge === null) return separateSources(branch, before, lanes);
  if (merge.onShapeMismatch === 'pad' || merge.onShapeMismatch === 'truncate')
    refuse(
      merge.path,
      'merge',
      `on_shape_mismatch: ${merge.onShapeMismatch} would invent or drop channels. Bring the lanes to one axis with Resample instead.`,
    );
  const features = featureLanes(merge, before, lanes);
  const predictions = predictionsOf(merge, lanes);
  const original: PlanJoin['features'] = merge.includeOriginal ? [[]] : [];
  const join: PlanStep = {
    kind: 'join',
    features: [...original, ...features],
    predictions,
    onMissing: merge.onMissing,
    separate: merge.outputAs !== 'features' || merge.sources === 'stack' || merge.sources === 'dict',
    equal: merge.sources === 'stack' && merge.onShapeMismatch !== 'allow',
    path: merge.path,
  };
  if (join.features.length === 0 && predictions.length === 0)
    refuse(merge.path, 'merge', 'none of the lanes has what it joins.');
  return { branchPath: before.branchPath, steps: [...before.steps, join], models: [] };
}

/** One model a group, and a route between them. */
function routed(branch: BranchStep, before: OpenLane, lanes: readonly BranchedLane[]): OpenLane {
  const column = branch.by === 'filter' ? filterColumn(branch.filter?.id ?? branch.filter?.name ?? '') : branch.column;
  const nodes = lanes.map(({ name, values, open }) => ({ name, values: values ?? [], node: onlyModel(branch, open) }));
  const names = [...new Set(nodes.map(({ node }) => node.name))];
  const node: PlanNode = {
    name: names.join(' / '),
    branchPath: before.branchPath,
    steps: [
      // The folds belong to the whole.
      ...before.steps.slice(0, before.steps.findLastIndex(({ kind }) => kind === 'splitter') + 1),
      { kind: 'route', column: column ?? '', lanes: nodes, path: branch.path },
    ],
  };
  return { ...before, models: [node] };
}

function onlyModel(branch: BranchStep, open: readonly OpenLane[]): PlanNode {
  const models = open.flatMap((lane) => lane.models.slice(-1));
  const [model, second] = models;
  if (model === undefined)
    return refuse(
      branch.path,
      'branch',
      'each group needs a model of its own. Add one inside the branch, or before the merge.',
    );
  if (second !== undefined)
    return refuse(branch.path, 'branch', 'a group can have one model only. Merge the lanes inside it.');
  return model;
}

/** Sources without a merge go on side by side, as they came. */
function separateSources(branch: BranchStep, before: OpenLane, lanes: readonly BranchedLane[]): OpenLane {
  if (lanes.some(({ open }) => open.some(({ models }) => models.length > 0)))
    return refuse(
      branch.path,
      'branch',
      'each source has a model, and nothing joins them. Add a merge behind the branch.',
    );
  const features = lanes.flatMap(({ open }) => open.map((lane) => suffix(before, lane)));
  return {
    ...before,
    steps: [
      ...before.steps,
      { kind: 'join', features, predictions: [], onMissing: 'error', separate: true, equal: false, path: branch.path },
    ],
  };
}

/** Whether predictions of a lane are wanted by the kind of merge, where the lane has models. */
const wantsPredictions = ({ what }: MergeStep): boolean => what !== 'features';

function featureLanes(merge: MergeStep, before: OpenLane, lanes: readonly BranchedLane[]): PlanStep[][] {
  const { what, features } = merge;
  const chosen = lanes.filter(({ name, open }, at) => {
    // Joined sources and groups give what they have: predictions where there is a model, else spectra.
    if (what === 'sources' || what === 'concat') return open.every(({ models }) => models.length === 0);
    if (what === 'all' || features === 'all') return true;
    return features?.some((ref) => isLane(ref, name, at)) ?? false;
  });
  if (Array.isArray(features)) checkRefs(merge, features as readonly LaneRef[], lanes);
  return chosen.flatMap(({ open }) => open.map((lane) => suffix(before, lane)));
}

/** What a lane does to the spectra after the branch; target processing belongs to models. */
const suffix = (before: OpenLane, lane: OpenLane): PlanStep[] =>
  lane.steps.slice(before.steps.length).filter(({ kind }) => kind !== 'target');

function predictionsOf(merge: MergeStep, lanes: readonly BranchedLane[]): PlanPrediction[] {
  if (!wantsPredictions(merge)) return [];
  const everyLane: PredictionSource = { lane: null, select: 'all', metric: null, aggregate: 'separate' };
  const written = merge.predictions.length > 0 ? merge.predictions : merge.what === 'mixed' ? [] : [everyLane];
  checkRefs(
    merge,
    written.flatMap(({ lane }) => lane ?? []),
    lanes,
  );
  return written.flatMap(({ lane, select, metric, aggregate }) =>
    lanes.flatMap(({ name, open }, at): PlanPrediction[] => {
      if (lane !== null && !isLane(lane, name, at)) return [];
      const models = open.flatMap((one) => one.models);
      if (models.length > 0) return [{ lane: name, models, select, metric, aggregate }];
      // Nobody asked for the predictions of this very lane.
      if (merge.what !== 'predictions' && lane === null) return [];
      if (merge.onMissing !== 'error') return [];
      return refuse(merge.path, 'merge', `lane ${name} has no model whose predictions it could join.`);
    }),
  );
}

function checkRefs(merge: MergeStep, refs: readonly LaneRef[], lanes: readonly BranchedLane[]): void {
  for (const ref of refs)
    if (!lanes.some(({ name }, at) => isLane(ref, name, at)))
      refuse(
        merge.path,
        'merge',
        `there is no lane ${typeof ref === 'number' ? `number ${ref} (they count from 0)` : `"${ref}"`}. The lanes are ${lanes.map(({ name }) => name).join(', ')}.`,
      );
}

const isLane = (ref: LaneRef, name: string, at: number): boolean =>
  typeof ref === 'number' ? ref === at : ref.toLowerCase() === name.toLowerCase();
