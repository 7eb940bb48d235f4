import { shortName } from '#core/pipeline/fieldNames.ts';
import { groupsOf, type LaneFacts, type SeparatedGroup } from '#core/pipeline/laneGroups.ts';
import { mergedLane } from '#core/pipeline/mergeLanes.ts';
import { laneName } from '#core/pipeline/laneNames.ts';
import type { BranchedLane, OpenLane } from '#core/pipeline/openLane.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import { planSteps, refuse, type PlanNode, type PlanStep } from '#core/pipeline/runPlan.ts';
import type { BranchStep, Lane, MergeStep, StepNode } from '#core/pipeline/stepNode.ts';

interface Compiler {
  readonly catalog: PipelineCatalog;
  /** Null: nothing is known of the data. */
  readonly facts: LaneFacts | null;
  /** Lanes followed so far: branches that are not merged multiply them. */
  lanes: number;
}

const MOST_LANES = 10_000;

/**
 * The models that compete in one variant, each with everything that leads to it from the raw spectra: one in most
 * pipelines, one a lane where branches are not merged. Models whose predictions are features of another stand inside
 * the join that takes them.
 *
 * @throws EngineError `pipeline.not-run` naming the step that makes no sense where it stands
 */
export function compileLanes(
  steps: readonly StepNode[],
  catalog: PipelineCatalog,
  facts: LaneFacts | null,
): PlanNode[] {
  const compiler: Compiler = { catalog, facts, lanes: 0 };
  return walk(flat(steps), { branchPath: [], steps: [], models: [] }, compiler, false).flatMap(
    ({ steps: led, models }) => {
      const final = models.at(-1);
      if (final !== undefined) return [final];
      const join = led.findLast((step) => step.kind === 'join');
      if (join?.kind === 'join' && join.predictions.length > 0)
        refuse(
          join.path,
          'merge',
          'it joins predictions, and there is no model behind it that learns from them. Add a meta-model, for example Ridge.',
        );
      return [];
    },
  );
}

const flat = (steps: readonly StepNode[]): StepNode[] =>
  steps.flatMap((step) => (step.kind === 'sequence' ? flat(step.steps) : [step]));

/**
 * Follows a list of steps from one place; answers the places that are open at its end.
 *
 * @param merged the predictions of the models at the end of the list are merged: models in a row stand side by side then
 */
function walk(steps: readonly StepNode[], start: OpenLane, compiler: Compiler, merged: boolean): readonly OpenLane[] {
  let lane = start;
  for (const [at, step] of steps.entries()) {
    const later = steps.slice(at + 1);
    switch (step.kind) {
      case 'branch': {
        if (lane.models.length > 0) lane = withPredictions(lane, step.path);
        const end = closingMerge(later);
        const tail = end < 0 ? later : later.slice(0, end);
        const merge = end < 0 ? null : later[end];
        const lanes = branched(step, lane, tail, compiler, merge?.kind === 'merge' && merge.what !== 'features');
        if (step.by === 'duplication' && merge?.kind !== 'merge') return lanes.flatMap(({ open }) => open);
        lane = mergedLane(step, merge?.kind === 'merge' ? merge : null, lane, lanes);
        if (merge?.kind !== 'merge') return [lane];
        return walk(later.slice(end + 1), lane, compiler, merged);
      }
      case 'merge':
        lane = mergedModels(step, lane);
        break;
      case 'model': {
        // Of models in a row the last learns from the predictions of all before it.
        const next = later.find(({ kind }) => kind !== 'model');
        const sideBySide = next === undefined ? merged : next.kind === 'merge';
        const last = later[0]?.kind !== 'model' && !sideBySide;
        const base = lane.models.length > 0 && last ? withPredictions(lane, step.path) : lane;
        const node: PlanNode = {
          name: step.name ?? shortName(step.call.id ?? step.call.name),
          branchPath: lane.branchPath,
          steps: [...base.steps, ...planSteps(step, compiler.catalog)],
        };
        lane = { ...base, models: [...base.models, node] };
        break;
      }
      default:
        lane = through(step, lane, later, compiler);
    }
  }
  return [lane];
}

/** Any other step stands where the spectra are, or between a model and the one that learns from it. */
function through(step: StepNode, lane: OpenLane, later: readonly StepNode[], { catalog }: Compiler): OpenLane {
  const planned = planSteps(step, catalog);
  const [first] = planned;
  if (first?.kind === 'splitter' && lane.branchPath.length > 0)
    refuse(
      first.path,
      first.id,
      'a splitter cannot stand inside a branch, since all lanes share the folds. Move it before the branch.',
    );
  let from = lane;
  if (lane.models.length > 0 && first !== undefined) {
    if (later.every(({ kind }) => kind !== 'model'))
      refuse(first.path, 'id' in first ? first.id : first.kind, 'it stands after the model. Move it before the model.');
    from = withPredictions(lane, first.path);
  }
  return { ...from, steps: [...from.steps, ...planned] };
}

/** What follows learns from the predictions of the models so far. */
function withPredictions(lane: OpenLane, path: PlanStep['path']): OpenLane {
  const predictions = lane.models.map((model) => ({
    lane: model.name,
    models: [model],
    select: 'all' as const,
    metric: null,
    aggregate: 'separate' as const,
  }));
  const join: PlanStep = {
    kind: 'join',
    features: [],
    predictions,
    onMissing: 'error',
    separate: false,
    equal: false,
    path,
  };
  return { ...lane, steps: [...lane.steps, join], models: [] };
}

/** A merge without a branch before it can only mean the models in a row before it. */
function mergedModels(merge: MergeStep, lane: OpenLane): OpenLane {
  if (lane.models.length === 0) refuse(merge.path, 'merge', 'there is no branch before it whose lanes it could join.');
  return withPredictions(lane, merge.path);
}

/** The merge that closes a branch: those of branches between belong to them. */
function closingMerge(later: readonly StepNode[]): number {
  let open = 1;
  return later.findIndex(({ kind }) => {
    if (kind === 'branch') open++;
    if (kind === 'merge') open--;
    return open === 0;
  });
}

function branched(
  branch: BranchStep,
  lane: OpenLane,
  tail: readonly StepNode[],
  compiler: Compiler,
  merged: boolean,
): BranchedLane[] {
  const run = (name: string, values: readonly string[] | null, before: readonly PlanStep[], inner: Lane | null) => {
    if (++compiler.lanes > MOST_LANES)
      refuse(branch.path, 'branch', `the branches multiply to more than ${MOST_LANES} lanes. Merge some of them.`);
    const start = { branchPath: [...lane.branchPath, name], steps: [...lane.steps, ...before], models: [] };
    return { name, values, open: walk([...flat(inner?.steps ?? []), ...tail], start, compiler, merged) };
  };
  if (branch.by === 'duplication') return branch.lanes.map((inner, at) => run(laneName(inner, at), null, [], inner));
  const [shared] = branch.lanes.length === 1 && branch.lanes[0]?.name === null ? branch.lanes : [];
  const laneOf = ({ name }: SeparatedGroup): Lane | null =>
    shared ?? branch.lanes.find((inner) => inner.name !== null && sameName(inner.name, name)) ?? null;
  return groupsOf(branch, compiler.facts, compiler.catalog).map((group) => {
    const inner = laneOf(group);
    if (inner === null && branch.lanes.length > 0 && compiler.facts !== null)
      refuse(branch.path, 'branch', `it has no lane for "${group.name}". Add one, or give all groups the same steps.`);
    return run(group.name, group.values, group.steps, inner);
  });
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
