import { callName, isBefore, isTopLevel, topStep, type Finding, type Lane, type Rule } from '#core/pipeline/finding.ts';
import { canonicalJson } from '#core/pipeline/located.ts';
import { insertStep, moveStep, removeStep } from '#core/pipeline/edit.ts';
import { learnsFromPredictions } from '#core/pipeline/stackRules.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import type { OperatorCall, SplitterStep, StepNode } from '#core/pipeline/stepNode.ts';

/** What can be wrong with the steps on one way through a variant and their order, each rule by itself. */
export const laneRules: readonly Rule[] = [
  noModel,
  noSplitter,
  splitterAfterModel,
  twoSplitters,
  stepsAfterModel,
  twoTargets,
  duplicateSteps,
];

const firstOf = (lane: Lane, kind: StepNode['kind']): number => lane.steps.findIndex((step) => step.kind === kind);
/** Every lane has the folds of the whole; `branchRules` tells of a splitter inside one. */
const splittersOf = (lane: Lane): SplitterStep[] =>
  lane.steps.filter((step): step is SplitterStep => step.kind === 'splitter' && !lane.inside.has(step));

/** Of a way through lanes `branchRules` tells which lane has no model. */
function noModel(lane: Lane): Finding[] {
  if (lane.inside.size > 0 || lane.steps.some(({ kind }) => kind === 'branch' || kind === 'model')) return [];
  const message = 'There is no model, so there is nothing to calibrate. Add one at the end, for example PLS.';
  const fix = {
    label: 'Add PLS',
    apply: (text: string) =>
      insertStep(text, [...lane.stepsPath, Number.MAX_SAFE_INTEGER], { PLS: { n_components: { _range_: [1, 15] } } }),
  };
  return [
    {
      severity: 'error',
      code: 'check.no-model',
      path: lane.stepsPath,
      message,
      ...(lane.catalog.find('PLS') ? { fix } : {}),
    },
  ];
}

function noSplitter(lane: Lane): Finding[] {
  const model = lane.steps.find((step) => step.kind === 'model');
  // Where predictions are learned from, `stackRules` says more.
  if (!model || firstOf(lane, 'splitter') >= 0 || learnsFromPredictions(lane.steps)) return [];
  const learns = lane.steps.find((step) => step.kind === 'transform' && isStateful(step.call, lane.catalog)) ?? model;
  const at = topStep(lane, learns.path);
  return [
    {
      severity: 'warning',
      code: 'check.no-splitter',
      path: lane.stepsPath,
      message:
        'There is no splitter: the model is trained on all data and cannot be cross-validated, so no variant can be preferred.',
      fix: {
        label: 'Add 5-fold cross-validation',
        apply: (text) => insertStep(text, at, { KFold: { n_splits: 5, shuffle: true, random_state: 0 } }),
      },
    },
  ];
}

function splitterAfterModel(lane: Lane): Finding[] {
  const model = firstOf(lane, 'model');
  const [splitter] = splittersOf(lane);
  const before = lane.steps[model];
  if (model < 0 || !before || !splitter || lane.steps.indexOf(splitter) < model) return [];
  const [from, to] = [topStep(lane, splitter.path), topStep(lane, before.path)];
  return [
    {
      severity: 'error',
      code: 'check.splitter-after-model',
      path: splitter.path,
      message: 'The splitter stands behind the model, which is then trained without folds. Move it before the model.',
      ...(isBefore(to, from)
        ? {
            fix: {
              label: 'Move the splitter before the model',
              apply: (text: string) => moveStep(text, from, to),
            },
          }
        : {}),
    },
  ];
}

function twoSplitters(lane: Lane): Finding[] {
  const [first, second, third] = splittersOf(lane);
  if (!first || !second) return [];
  if (third)
    return [
      {
        severity: 'error',
        code: 'check.splitters',
        path: third.path,
        message: 'There are more than two splitters. Keep one, or two when the first sets a test set aside.',
      },
    ];
  const folds =
    first.call && first.call.id !== null
      ? lane.catalog.find(first.call.id)?.countFolds?.({ ...first.call.params })
      : null;
  const message =
    folds === 1
      ? 'There are two splitters: the first sets the test set aside, the second makes the folds.'
      : 'There are two splitters. The first one makes the folds; the second has no effect.';
  return [{ severity: folds === 1 ? 'note' : 'warning', code: 'check.splitters', path: second.path, message }];
}

const isStateful = (call: OperatorCall, catalog: PipelineCatalog): boolean =>
  call.id !== null && (catalog.find(call.id)?.stateful ?? false);

/** A stretch from one branch or merge to the next ends without a model behind the step. */
function stepsAfterModel(lane: Lane): Finding[] {
  let model: StepNode | null = null;
  let behind: StepNode[] = [];
  const found: Finding[] = [];
  const close = (): void => {
    if (model !== null) for (const step of behind) found.push(...afterModel(lane, step, model));
    [model, behind] = [null, []];
  };
  for (const step of lane.steps) {
    if (step.kind === 'branch' || step.kind === 'merge') close();
    else if (step.kind === 'model') [model, behind] = [step, []];
    else behind.push(step);
  }
  close();
  return found;
}

function afterModel(lane: Lane, step: StepNode, model: StepNode): Finding[] {
  if (step.kind !== 'transform' && step.kind !== 'target') return [];
  const what = step.kind === 'transform' ? callName(step.call) : 'y_processing';
  const [from, to] = [topStep(lane, step.path), topStep(lane, model.path)];
  const fix = { label: 'Move it before the model', apply: (text: string) => moveStep(text, from, to) };
  const movable = isTopLevel(lane, step.path) && isTopLevel(lane, model.path) && isBefore(to, from);
  return [
    {
      severity: 'warning',
      code: 'check.after-model',
      path: step.path,
      message: `${what} stands behind the model, where it changes nothing. Move it before the model.`,
      ...(movable ? { fix } : {}),
    },
  ];
}

function twoTargets(lane: Lane): Finding[] {
  const [, second] = lane.steps.filter((step) => step.kind === 'target');
  return second
    ? [
        {
          severity: 'warning',
          code: 'check.targets',
          path: second.path,
          message: 'The target is processed twice. Write one y_processing with a list, in the order meant.',
        },
      ]
    : [];
}

function duplicateSteps(lane: Lane): Finding[] {
  return lane.steps.flatMap((step, index): Finding[] => {
    const before = lane.steps[index - 1];
    if (step.kind !== 'transform' || before?.kind !== 'transform') return [];
    if (
      callName(step.call) !== callName(before.call) ||
      canonicalJson(step.call.params) !== canonicalJson(before.call.params)
    )
      return [];
    const fix = { label: 'Remove it', apply: (text: string) => removeStep(text, step.path) };
    return [
      {
        severity: 'warning',
        code: 'check.duplicate',
        path: step.path,
        message: `${callName(step.call)} is applied twice in a row with the same settings.`,
        ...(isTopLevel(lane, step.path) ? { fix } : {}),
      },
    ];
  });
}
