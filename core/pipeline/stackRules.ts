import { insertStep } from '#core/pipeline/edit.ts';
import { shortName } from '#core/pipeline/fieldNames.ts';
import { callName, operatorOf, topStep, type Finding, type Lane, type Rule } from '#core/pipeline/finding.ts';
import { takesPredictions } from '#core/pipeline/joins.ts';
import { inWords } from '#core/pipeline/laneNames.ts';
import { lanePaths } from '#core/pipeline/lanePaths.ts';
import { MOST_STACKING_LEVELS } from '#core/pipeline/refitStrategy.ts';
import type { ModelStep, StepNode } from '#core/pipeline/stepNode.ts';
import { analyzeTopology } from '#core/pipeline/topology.ts';

/** What can be wrong where a model learns from the predictions of others. They see the whole. */
export const stackRules: readonly Rule[] = [noMetaModel, noFolds, inARow, mixedTasks, tooDeep];

const nameOf = (model: ModelStep): string => model.name ?? shortName(callName(model.call));

/** What is joined has to go somewhere; predictions that are only put together again are the answer themselves. */
function noMetaModel(lane: Lane): Finding[] {
  return lanePaths(lane.steps).flatMap((way): Finding[] => {
    const at = way.steps.findLastIndex(({ kind }) => kind === 'merge');
    const merge = way.steps[at];
    if (merge?.kind !== 'merge' || merge.what === 'concat') return [];
    const models = way.steps.filter(({ kind }) => kind === 'model');
    // Without any model a rule about models says so.
    if (models.length === 0 || way.steps.slice(at).some(({ kind }) => kind === 'model')) return [];
    // Groups that are put together by another word than concat are told about already.
    const branch = way.steps.slice(0, at).findLast(({ kind }) => kind === 'branch');
    if (branch?.kind === 'branch' && branch.by !== 'duplication' && branch.by !== 'source') return [];
    const fix = {
      label: 'Add Ridge as meta-model',
      apply: (text: string) => insertStep(text, [...lane.stepsPath, Number.MAX_SAFE_INTEGER], { meta_model: 'Ridge' }),
    };
    const joined = merge.what === 'features' ? 'The spectra of the lanes are merged' : 'The predictions are merged';
    return [
      {
        severity: 'error',
        code: 'check.no-meta-model',
        path: merge.path,
        message: `${joined}, and no model behind the merge learns from them. Add one, for example Ridge.`,
        ...(lane.catalog.find('Ridge') && takesPredictions(merge) ? { fix } : {}),
      },
    ];
  });
}

/** True where a model gets the predictions of another one as features. */
export function learnsFromPredictions(steps: readonly StepNode[]): boolean {
  let waiting = false;
  for (const step of steps) {
    if (step.kind === 'model' && waiting) return true;
    if (step.kind === 'model') waiting = true;
    // Through a merge of features the spectra go on and nothing else.
    else if (step.kind === 'merge' && step.what === 'features') waiting = false;
  }
  return false;
}

/** Without folds there are no out-of-fold predictions, and others would flatter the base models. */
function noFolds(lane: Lane): Finding[] {
  return lanePaths(lane.steps).flatMap((way): Finding[] => {
    if (way.steps.some(({ kind }) => kind === 'splitter') || !learnsFromPredictions(way.steps)) return [];
    const model = way.steps.findLast((step): step is ModelStep => step.kind === 'model');
    const first = way.steps.find(({ kind }) => kind === 'branch' || kind === 'model');
    if (!model || !first) return [];
    return [
      {
        severity: 'error',
        code: 'check.no-splitter',
        path: lane.stepsPath,
        message: `There is no splitter, so there are no out-of-fold predictions for ${nameOf(model)} to learn from. Add one before the first model.`,
        fix: {
          label: 'Add 5-fold cross-validation',
          apply: (text) =>
            insertStep(text, topStep(lane, first.path), { KFold: { n_splits: 5, shuffle: true, random_state: 0 } }),
        },
      },
    ];
  });
}

/** Two models in a row are stacking, which not everybody means who writes them. */
function inARow(lane: Lane): Finding[] {
  return lanePaths(lane.steps).flatMap((way): Finding[] => {
    const found: Finding[] = [];
    let row: ModelStep[] = [];
    const close = (merged: boolean): void => {
      const last = row.at(-1);
      // Models before a merge of predictions all give theirs; a meta-model says itself what it is.
      if (last !== undefined && row.length > 1 && !last.meta && !merged)
        found.push({
          severity: 'note',
          code: 'check.stacked',
          path: last.path,
          message: `${nameOf(last)} stands behind ${inWords(row.slice(0, -1).map(nameOf))} and learns from the out-of-fold predictions (stacking). To compare models, write _or_.`,
        });
      row = [];
    };
    for (const step of way.steps) {
      if (step.kind === 'model') row.push(step);
      else if (step.kind === 'branch' || step.kind === 'merge') close(step.kind === 'merge' && takesPredictions(step));
    }
    close(false);
    return found;
  });
}

/** Classes and numbers are neither stacked nor compared. */
function mixedTasks(lane: Lane): Finding[] {
  const models = [
    ...new Set(lanePaths(lane.steps).flatMap((way) => way.steps.filter((step) => step.kind === 'model'))),
  ];
  const tasks = models.flatMap((model) => {
    const task = operatorOf(lane, model.call)?.task;
    return task ? [{ model, task }] : [];
  });
  const [first] = tasks;
  const other = tasks.find(({ task }) => task !== first?.task);
  if (!first || !other) return [];
  const words = { regression: 'numbers', classification: 'classes' } as const;
  return [
    {
      severity: 'error',
      code: 'check.mixed-tasks',
      path: other.model.path,
      message: `${nameOf(first.model)} predicts ${words[first.task]} and ${nameOf(other.model)} predicts ${words[other.task]}: they can be neither stacked nor compared. Use models of one kind.`,
    },
  ];
}

function tooDeep(lane: Lane): Finding[] {
  const depth = analyzeTopology(lane.steps).maxStackingDepth;
  if (depth < MOST_STACKING_LEVELS) return [];
  const at = lane.steps.find(({ kind }) => kind === 'branch') ?? lane.steps.find(({ kind }) => kind === 'model');
  const path = at?.path ?? lane.stepsPath;
  if (depth > MOST_STACKING_LEVELS)
    return [
      {
        severity: 'error',
        code: 'check.stack-depth',
        path,
        message: `Stacking is nested ${depth} levels deep; at most ${MOST_STACKING_LEVELS} are run. Take a level out.`,
      },
    ];
  return [
    {
      severity: 'warning',
      code: 'check.stack-depth',
      path,
      message: `Stacking is nested ${depth} levels deep, the most that is run. Each level learns from the errors of the one below; check that it pays.`,
    },
  ];
}
