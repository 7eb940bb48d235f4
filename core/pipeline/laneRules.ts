import type { DataFacts } from '#core/pipeline/dataFacts.ts';
import { canonicalJson, type DocPath } from '#core/pipeline/located.ts';
import { insertStep, moveStep, removeStep } from '#core/pipeline/edit.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import type { OperatorCall, SplitterStep, StepNode } from '#core/pipeline/stepNode.ts';

export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly path: DocPath;
  readonly message: string;
  /** Made when it is asked for; it may turn out not to be possible. */
  readonly fix?: { readonly label: string; apply(text: string): string };
}

export interface Lane {
  /** Steps of one variant in order, sub-pipelines opened. */
  readonly steps: readonly StepNode[];
  readonly stepsPath: DocPath;
  readonly catalog: PipelineCatalog;
  readonly facts: DataFacts | null;
}

type Rule = (lane: Lane) => Finding[];

/** Everything that can be wrong with one variant, each rule by itself. */
export const laneRules: readonly Rule[] = [
  noModel,
  noSplitter,
  splitterAfterModel,
  twoSplitters,
  fittedBeforeSplitter,
  stepsAfterModel,
  twoTargets,
  duplicateSteps,
  derivativeOrder,
  windowLength,
  foldCount,
  componentCount,
  seedWithoutShuffle,
  metadataColumn,
];

const name = (call: OperatorCall): string => call.id ?? call.name;
const firstOf = (lane: Lane, kind: StepNode['kind']): number => lane.steps.findIndex((step) => step.kind === kind);
const joins = (lane: Lane): boolean => lane.steps.some((step) => step.kind === 'branch');

/** The index of the step in the document's own list that a place belongs to. */
const topIndex = (lane: Lane, path: DocPath): number => {
  const index = path[lane.stepsPath.length];
  return typeof index === 'number' ? index : 0;
};
const topPath = (lane: Lane, index: number): DocPath => [...lane.stepsPath, index];
/** True for a step that stands in the document's own list, with nothing around it. */
const isTopLevel = (lane: Lane, path: DocPath): boolean => path.length === lane.stepsPath.length + 1;

function noModel(lane: Lane): Finding[] {
  if (joins(lane) || firstOf(lane, 'model') >= 0) return [];
  const message = 'There is no model, so there is nothing to calibrate. Add one at the end, for example PLS.';
  const fix = { label: 'Add PLS', apply: (text: string) => insertStep(text, [...lane.stepsPath, Number.MAX_SAFE_INTEGER], { PLS: { n_components: { _range_: [1, 15] } } }) };
  return [{ severity: 'error', code: 'check.no-model', path: lane.stepsPath, message, ...(lane.catalog.find('PLS') ? { fix } : {}) }];
}

function noSplitter(lane: Lane): Finding[] {
  if (joins(lane) || firstOf(lane, 'splitter') >= 0) return [];
  const model = lane.steps.find((step) => step.kind === 'model');
  if (!model) return [];
  const learns = lane.steps.find((step) => step.kind === 'transform' && isStateful(step.call, lane.catalog)) ?? model;
  const at = topPath(lane, topIndex(lane, learns.path));
  return [
    {
      severity: 'warning',
      code: 'check.no-splitter',
      path: lane.stepsPath,
      message: 'There is no splitter: the model is trained on all data and cannot be cross-validated, so no variant can be preferred.',
      fix: { label: 'Add 5-fold cross-validation', apply: (text) => insertStep(text, at, { KFold: { n_splits: 5, shuffle: true, random_state: 0 } }) },
    },
  ];
}

function splitterAfterModel(lane: Lane): Finding[] {
  const model = firstOf(lane, 'model');
  const splitter = lane.steps[firstOf(lane, 'splitter')];
  const before = lane.steps[model];
  if (model < 0 || !before || !splitter || lane.steps.indexOf(splitter) < model) return [];
  const [from, to] = [topIndex(lane, splitter.path), topIndex(lane, before.path)];
  return [
    {
      severity: 'error',
      code: 'check.splitter-after-model',
      path: splitter.path,
      message: 'The splitter stands behind the model, which is then trained without folds. Move it before the model.',
      ...(from > to ? { fix: { label: 'Move the splitter before the model', apply: (text: string) => moveStep(text, topPath(lane, from), topPath(lane, to)) } } : {}),
    },
  ];
}

function twoSplitters(lane: Lane): Finding[] {
  const [first, second, third] = lane.steps.filter((step): step is SplitterStep => step.kind === 'splitter');
  if (!first || !second) return [];
  if (third) return [{ severity: 'error', code: 'check.splitters', path: third.path, message: 'There are more than two splitters. Keep one, or two when the first sets a test set aside.' }];
  const folds = first.call && first.call.id !== null ? lane.catalog.find(first.call.id)?.countFolds?.({ ...first.call.params }) : null;
  const message =
    folds === 1
      ? 'There are two splitters: the first sets the test set aside, the second makes the folds.'
      : 'There are two splitters. The first one makes the folds; the second has no effect.';
  return [{ severity: folds === 1 ? 'note' : 'warning', code: 'check.splitters', path: second.path, message }];
}

const isStateful = (call: OperatorCall, catalog: PipelineCatalog): boolean =>
  call.id !== null && (catalog.find(call.id)?.stateful ?? false);

function fittedBeforeSplitter(lane: Lane): Finding[] {
  const splitter = firstOf(lane, 'splitter');
  const splitterStep = lane.steps[splitter];
  if (!splitterStep) return [];
  const early = lane.steps.slice(0, splitter).filter((step) => step.kind === 'transform' && !step.fitOnAll && isStateful(step.call, lane.catalog));
  const [first] = early;
  if (first?.kind !== 'transform') return [];
  const names = early.map((step) => (step.kind === 'transform' ? name(step.call) : '')).join(', ');
  const [from, to] = [topIndex(lane, splitterStep.path), topIndex(lane, first.path)];
  return [
    {
      severity: 'warning',
      code: 'check.leak',
      path: first.path,
      message: `${names} ${early.length === 1 ? 'learns' : 'learn'} from the samples and ${early.length === 1 ? 'stands' : 'stand'} before the splitter: the validation samples take part, and the cross-validation error comes out a little too low.`,
      ...(from > to ? { fix: { label: 'Move the splitter before it', apply: (text: string) => moveStep(text, topPath(lane, from), topPath(lane, to)) } } : {}),
    },
  ];
}

function stepsAfterModel(lane: Lane): Finding[] {
  if (joins(lane)) return [];
  const model = lane.steps.findLastIndex((step) => step.kind === 'model');
  if (model < 0) return [];
  return lane.steps.slice(model + 1).flatMap((step): Finding[] => {
    if (step.kind !== 'transform' && step.kind !== 'target') return [];
    const what = step.kind === 'transform' ? name(step.call) : 'y_processing';
    const target = lane.steps[model];
    const [from, to] = [topIndex(lane, step.path), topIndex(lane, target?.path ?? step.path)];
    const fix = { label: 'Move it before the model', apply: (text: string) => moveStep(text, topPath(lane, from), topPath(lane, to)) };
    return [{ severity: 'warning', code: 'check.after-model', path: step.path, message: `${what} stands behind the model, where it changes nothing. Move it before the model.`, ...(from > to ? { fix } : {}) }];
  });
}

function twoTargets(lane: Lane): Finding[] {
  const [, second] = lane.steps.filter((step) => step.kind === 'target');
  return second ? [{ severity: 'warning', code: 'check.targets', path: second.path, message: 'The target is processed twice. Write one y_processing with a list, in the order meant.' }] : [];
}

function duplicateSteps(lane: Lane): Finding[] {
  return lane.steps.flatMap((step, index): Finding[] => {
    const before = lane.steps[index - 1];
    if (step.kind !== 'transform' || before?.kind !== 'transform') return [];
    if (name(step.call) !== name(before.call) || canonicalJson(step.call.params) !== canonicalJson(before.call.params)) return [];
    const fix = { label: 'Remove it', apply: (text: string) => removeStep(text, step.path) };
    return [{ severity: 'warning', code: 'check.duplicate', path: step.path, message: `${name(step.call)} is applied twice in a row with the same settings.`, ...(isTopLevel(lane, step.path) ? { fix } : {}) }];
  });
}

const transforms = (lane: Lane): OperatorCall[] => lane.steps.flatMap((step) => (step.kind === 'transform' ? [step.call] : []));
const numberOf = (call: OperatorCall, parameter: string): number | null => {
  const value = call.params[parameter];
  return typeof value === 'number' ? value : null;
};
/** Where a parameter is written; the text's ranges fall back to the operator when it is not. */
const paramPath = (call: OperatorCall, parameter: string): DocPath => [...call.path, call.name, parameter];

function derivativeOrder(lane: Lane): Finding[] {
  return transforms(lane).flatMap((call): Finding[] => {
    const [deriv, polyorder, window] = [numberOf(call, 'deriv'), numberOf(call, 'polyorder'), numberOf(call, 'window_length')];
    if (polyorder === null || window === null) return [];
    const found: Finding[] = [];
    if (deriv !== null && deriv > polyorder)
      found.push({ severity: 'error', code: 'check.derivative', path: paramPath(call, 'deriv'), message: `${name(call)}: a derivative of order ${deriv} of a polynomial of order ${polyorder} is 0 everywhere. Raise polyorder to at least ${deriv}.` });
    if (polyorder >= window)
      found.push({ severity: 'error', code: 'check.polynomial', path: paramPath(call, 'polyorder'), message: `${name(call)}: a polynomial of order ${polyorder} needs a window of more than ${polyorder} points; it has ${window}.` });
    return found;
  });
}

function windowLength(lane: Lane): Finding[] {
  const points = lane.facts?.wavelengths;
  if (points === undefined) return [];
  return transforms(lane).flatMap((call): Finding[] => {
    const window = numberOf(call, 'window_length');
    if (window === null || window <= points) return [];
    return [{ severity: 'error', code: 'check.window', path: paramPath(call, 'window_length'), message: `${name(call)}: the window of ${window} points is wider than the spectra, which have ${points}.` }];
  });
}

/** Samples that validate in the largest fold, as far as the parameters tell. */
function validationSize(call: OperatorCall, samples: number): number | null {
  const test = numberOf(call, 'test_size');
  if (test !== null) return test < 1 ? Math.ceil(samples * test) : test;
  const splits = numberOf(call, 'n_splits');
  return splits === null ? null : Math.ceil(samples / splits);
}

const splitterCall = (lane: Lane): OperatorCall | null => lane.steps.find((step): step is SplitterStep => step.kind === 'splitter')?.call ?? null;

function foldCount(lane: Lane): Finding[] {
  const call = splitterCall(lane);
  const samples = lane.facts?.samples;
  const splits = call && numberOf(call, 'test_size') === null ? numberOf(call, 'n_splits') : null;
  if (!call || samples === undefined || splits === null || splits <= samples) return [];
  return [{ severity: 'error', code: 'check.folds', path: paramPath(call, 'n_splits'), message: `${name(call)} asks for ${splits} folds of ${samples} samples.` }];
}

function componentCount(lane: Lane): Finding[] {
  const { facts } = lane;
  if (!facts) return [];
  const splitter = splitterCall(lane);
  const validation = splitter ? (validationSize(splitter, facts.samples) ?? 1) : 0;
  const most = Math.min(facts.samples - validation - 1, facts.wavelengths);
  return lane.steps.flatMap((step): Finding[] => {
    if (step.kind !== 'model') return [];
    const components = numberOf(step.call, 'n_components');
    if (components === null || components <= most) return [];
    const why = most === facts.wavelengths ? `the spectra have ${facts.wavelengths} wavelengths` : `the smallest training fold has ${facts.samples - validation} samples`;
    return [{ severity: 'warning', code: 'check.components', path: paramPath(step.call, 'n_components'), message: `${name(step.call)}: ${components} components are more than the data allow: ${why}, so at most ${most}.` }];
  });
}

function seedWithoutShuffle(lane: Lane): Finding[] {
  const call = splitterCall(lane);
  if (!call || call.params['shuffle'] !== false || typeof call.params['random_state'] !== 'number') return [];
  return [{ severity: 'warning', code: 'check.seed', path: paramPath(call, 'random_state'), message: `${name(call)}: random_state has no effect without shuffle: true.` }];
}

function metadataColumn(lane: Lane): Finding[] {
  const columns = lane.facts?.metadata;
  if (!columns) return [];
  return lane.steps.flatMap((step): Finding[] => {
    if (step.kind !== 'splitter') return [];
    const column = step.column ?? (typeof step.call?.params['column'] === 'string' ? step.call.params['column'] : null);
    if (column === null || columns.includes(column)) return [];
    const nearest = nearestName(column, columns);
    const known = columns.length === 0 ? 'The data have no metadata.' : `The data have ${columns.slice(0, 8).join(', ')}.`;
    return [{ severity: 'error', code: 'check.column', path: step.path, message: `There is no metadata column "${column}". ${nearest ? `Did you mean "${nearest}"?` : known}` }];
  });
}
