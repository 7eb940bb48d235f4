import { isPredictionMerge, choiceForLane } from '#renderer/builder/mergeForm.ts';
import { laneName, lanesOf } from '#renderer/builder/stepView.ts';
import type { StepsView, StepView } from '#renderer/builder/stepView.ts';
import { stepShortName } from '#renderer/builder/stepWords.ts';

/** The merge that belongs to the branch at `index`: the first one behind it, before the next branch. */
export function mergeOf(steps: readonly StepView[], index: number): number | null {
  for (let k = index + 1; k < steps.length; k++) {
    const role = steps[k]?.role;
    if (role === 'merge') return k;
    if (role === 'branch') return null;
  }
  return null;
}

/** The branch whose lanes the merge at `index` joins. */
export function branchOf(steps: readonly StepView[], index: number): number | null {
  for (let k = index - 1; k >= 0; k--) {
    const role = steps[k]?.role;
    if (role === 'branch') return k;
    if (role === 'merge') return null;
  }
  return null;
}

/** The models of one lane whose predictions a meta-model gets. */
export interface MetaSource {
  readonly lane: string;
  readonly letter: string;
  readonly models: readonly string[];
}

/**
 * Whose out-of-fold predictions the model at `index` gets: the models of the lanes that were merged before it. Null for
 * a model that gets spectra only.
 */
export function metaSources(steps: readonly StepView[], index: number): readonly MetaSource[] | null {
  const merge = lastBefore(steps, index);
  const join = merge === null ? undefined : steps[merge];
  if (merge === null || join?.body.kind !== 'merge') return null;
  const { merge: form } = join.body;
  const at = branchOf(steps, merge);
  const branch = at === null ? undefined : steps[at];
  if (at === null || branch === undefined) return isPredictionMerge(form.kind) ? [] : null;
  const between = modelNames(steps.slice(at + 1, merge));
  const sources = lanesOf(branch).flatMap((lane, k): MetaSource[] => {
    const models = [...outgoingModels(lane), ...between];
    const choice = isPredictionMerge(form.kind) ? choiceForLane(form, lane.name, k) : true;
    return choice === null || models.length === 0 ? [] : [{ lane: laneName(lane), letter: lane.letter, models }];
  });
  // Groups and sources that were put together behind their models go on as predictions, too.
  if (isPredictionMerge(form.kind)) return sources;
  return form.kind === 'features' || sources.length === 0 ? null : sources;
}

/** The branch or merge nearest before a step, unless a model stands between. */
function lastBefore(steps: readonly StepView[], index: number): number | null {
  for (let k = index - 1; k >= 0; k--) {
    const step = steps[k];
    if (step === undefined || !step.enabled) continue;
    if (step.role === 'merge') return k;
    if (step.role === 'model' || step.role === 'branch') return null;
  }
  return null;
}

/** The models of a list whose predictions leave it: those behind its last merge, or of its lanes where none is. */
export function outgoingModels({ steps }: Pick<StepsView, 'steps'>): string[] {
  const on = steps.filter(({ enabled }) => enabled);
  const merge = on.findLastIndex(({ role }) => role === 'merge');
  const behind = modelNames(on.slice(merge + 1));
  if (merge >= 0 && behind.length > 0) return behind;
  const from = merge < 0 ? 0 : (branchOf(on, merge) ?? 0);
  return on.slice(from).flatMap((step) => [...lanesOf(step).flatMap(outgoingModels), ...modelNames([step])]);
}

const modelNames = (steps: readonly StepView[]): string[] =>
  steps.filter(({ role, enabled }) => role === 'model' && enabled).map(nameOf);

/** The name that the document gives a model, or what it is. */
const nameOf = (step: StepView): string => {
  const { name } = step.settings;
  return typeof name === 'string' ? name : stepShortName(step);
};
