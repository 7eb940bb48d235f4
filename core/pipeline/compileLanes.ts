import { shortName } from '#core/pipeline/fieldNames.ts';
import { groupsOf, type LaneFacts, type SeparatedGroup } from '#core/pipeline/laneGroups.ts';
import { mergedLane } from '#core/pipeline/mergeLanes.ts';
import { laneName } from '#core/pipeline/laneNames.ts';
import type { BranchedLane, OpenLane } from '#core/pipeline/openLane.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import { planSteps, refuse, type PlanNode, type PlanSplitter, type PlanStep } from '#core/pipeline/runPlan.ts';
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
 * Follows a list of steps from one place; answers the places that are open at its end. Of models in a row the last
 * learns from the predictions of all before it.
 *
 * @param merged the predictions of the models at the end of the list are merged: models in a row stand side by side then
 */
function walk(steps: readonly StepNode[], start: OpenLane, compiler: Compiler, merged: boolean): readonly OpenLane[] {
  let lane = start;
  for (const [at, step] of steps.entries()) {
    const later = steps.slice(at + 1);
    const ahead = modelsAhead(later, merged);
    switch (step.kind) {
      case 'branch': {
        if (lane.models.length > 0) lane = withPredictions(lane, step.path);
        const end = closingMerge(later);
        const tail = end < 0 ? later : later.slice(0, end);
        const merge = end < 0 ? null : later[end];
        const lanes = branched(step, lane, tail, compiler, merge?.kind === 'merge');
        if (step.by === 'duplication' && merge?.kind !== 'merge') return lanes.flatMap(({ open }) => open);
        lane = mergedLane(step, merge?.kind === 'merge' ? merge : null, lane, lanes);
        if (merge?.kind !== 'merge') return [lane];
        return walk(later.slice(end + 1), lane, compiler, merged);
      }
      case 'merge':
        lane = mergedModels(step, lane);
        break;
      case 'model': {
        const base = learns(lane, ahead === 0) ? withPredictions(lane, step.path) : lane;
        const node: PlanNode = {
          name: step.name ?? shortName(step.call.id ?? step.call.name),
          branchPath: lane.branchPath,
          steps: [...base.steps, ...planSteps(step, compiler.catalog)],
        };
        lane = { ...base, models: [...base.models, node] };
        break;
      }
      default:
        lane = through(step, lane, ahead, later, compiler);
    }
  }
  return [lane];
}

/** How many models follow in the row; infinitely many where a merge or branch takes in every model of it. */
function modelsAhead(later: readonly StepNode[], merged: boolean): number {
  const end = later.findIndex(({ kind }) => kind === 'merge' || kind === 'branch');
  if (end >= 0 || merged) return Infinity;
  return later.filter(({ kind }) => kind === 'model').length;
}

/** Any other step stands where the spectra are, or between models and the one that learns from them. */
function through(
  step: StepNode,
  lane: OpenLane,
  ahead: number,
  later: readonly StepNode[],
  { catalog }: Compiler,
): OpenLane {
  const planned = planSteps(step, catalog);
  const [first] = planned;
  if (first === undefined) return lane;
  if (first.kind === 'splitter') checkSplitter(first, lane);
  let from = lane;
  if (lane.models.length > 0) {
    if (later.every(({ kind }) => kind !== 'model' && kind !== 'branch'))
      refuse(first.path, 'id' in first ? first.id : first.kind, 'it stands after the model. Move it before the model.');
    // Before one of several base models it changes the spectra that this one sees.
    if (learns(lane, ahead === 1 || later.every(({ kind }, at) => kind !== 'model' || at > nextStructure(later))))
      from = withPredictions(lane, first.path);
  }
  return { ...from, steps: [...from.steps, ...planned] };
}

/** Whether what comes learns from the models so far: behind the models of groups always, since they are one. */
const learns = ({ models }: OpenLane, last: boolean): boolean =>
  models.length > 0 && (last || models.some(({ steps }) => steps.at(-1)?.kind === 'route'));

const nextStructure = (later: readonly StepNode[]): number => {
  const at = later.findIndex(({ kind }) => kind === 'merge' || kind === 'branch');
  return at < 0 ? later.length : at;
};

function checkSplitter(splitter: PlanSplitter, { branchPath, steps, models }: OpenLane): void {
  if (branchPath.length > 0)
    refuse(
      splitter.path,
      splitter.id,
      'a splitter cannot stand inside a branch, since all lanes share the folds. Move it before the branch.',
    );
  if (models.length > 0 || steps.some((step) => step.kind === 'join' && step.predictions.length > 0))
    refuse(
      splitter.path,
      splitter.id,
      'it stands behind models, which then have no folds for the predictions that others learn from. Move it before them.',
    );
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
  hasMerge: boolean,
): BranchedLane[] {
  // A group has one model; lanes give all they have to a merge.
  const merged = hasMerge && (branch.by === 'duplication' || branch.by === 'source');
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
