import { callName, splitterCall, tagsBefore, type Finding, type Lane, type Rule } from '#core/pipeline/finding.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { OperatorCall, StepNode } from '#core/pipeline/stepNode.ts';

/** What can be wrong with the settings of the steps, by themselves or for the data. Silent about data it does not know. */
export const settingRules: readonly Rule[] = [
  derivativeOrder,
  windowLength,
  foldCount,
  componentCount,
  seedWithoutShuffle,
  metadataColumn,
];

const transforms = (lane: Lane): OperatorCall[] =>
  lane.steps.flatMap((step) => (step.kind === 'transform' ? [step.call] : []));
const numberOf = (call: OperatorCall, parameter: string): number | null => {
  const value = call.params[parameter];
  return typeof value === 'number' ? value : null;
};
/** Where a parameter is written; the text's ranges fall back to the operator when it is not. */
const paramPath = (call: OperatorCall, parameter: string): DocPath => [...call.path, call.name, parameter];

function derivativeOrder(lane: Lane): Finding[] {
  return transforms(lane).flatMap((call): Finding[] => {
    const [deriv, polyorder, window] = [
      numberOf(call, 'deriv'),
      numberOf(call, 'polyorder'),
      numberOf(call, 'window_length'),
    ];
    if (polyorder === null || window === null) return [];
    const found: Finding[] = [];
    if (deriv !== null && deriv > polyorder)
      found.push({
        severity: 'error',
        code: 'check.derivative',
        path: paramPath(call, 'deriv'),
        message: `${callName(call)}: a derivative of order ${deriv} of a polynomial of order ${polyorder} is 0 everywhere. Raise polyorder to at least ${deriv}.`,
      });
    if (polyorder >= window)
      found.push({
        severity: 'error',
        code: 'check.polynomial',
        path: paramPath(call, 'polyorder'),
        message: `${callName(call)}: a polynomial of order ${polyorder} needs a window of more than ${polyorder} points; it has ${window}.`,
      });
    return found;
  });
}

function windowLength(lane: Lane): Finding[] {
  const points = lane.facts?.wavelengths;
  if (points === undefined) return [];
  return transforms(lane).flatMap((call): Finding[] => {
    const window = numberOf(call, 'window_length');
    if (window === null || window <= points) return [];
    return [
      {
        severity: 'error',
        code: 'check.window',
        path: paramPath(call, 'window_length'),
        message: `${callName(call)}: the window of ${window} points is wider than the spectra, which have ${points}.`,
      },
    ];
  });
}

/** Samples that validate in the largest fold, as far as the parameters tell. */
function validationSize(call: OperatorCall, samples: number): number | null {
  const test = numberOf(call, 'test_size');
  if (test !== null) return test < 1 ? Math.ceil(samples * test) : test;
  const splits = numberOf(call, 'n_splits');
  return splits === null ? null : Math.ceil(samples / splits);
}

function foldCount(lane: Lane): Finding[] {
  const call = splitterCall(lane);
  const samples = lane.facts?.samples;
  const splits = call && numberOf(call, 'test_size') === null ? numberOf(call, 'n_splits') : null;
  if (!call || samples === undefined || splits === null || splits <= samples) return [];
  return [
    {
      severity: 'error',
      code: 'check.folds',
      path: paramPath(call, 'n_splits'),
      message: `${callName(call)} asks for ${splits} folds of ${samples} samples.`,
    },
  ];
}

function componentCount(lane: Lane): Finding[] {
  const { facts } = lane;
  if (!facts) return [];
  const splitter = splitterCall(lane);
  const validation = splitter ? (validationSize(splitter, facts.samples) ?? 1) : 0;
  const most = Math.min(facts.samples - validation - 1, facts.wavelengths);
  return lane.steps.flatMap((step, at): Finding[] => {
    // Behind a merge or another model the columns are not wavelengths any more.
    if (step.kind !== 'model' || lane.steps.slice(0, at).some(({ kind }) => kind === 'merge' || kind === 'model'))
      return [];
    const components = numberOf(step.call, 'n_components');
    if (components === null || components <= most) return [];
    const why =
      most === facts.wavelengths
        ? `the spectra have ${facts.wavelengths} wavelengths`
        : `the smallest training fold has ${facts.samples - validation} samples`;
    return [
      {
        severity: 'warning',
        code: 'check.components',
        path: paramPath(step.call, 'n_components'),
        message: `${callName(step.call)}: ${components} components are more than the data allow: ${why}, so at most ${most}.`,
      },
    ];
  });
}

function seedWithoutShuffle(lane: Lane): Finding[] {
  const call = splitterCall(lane);
  if (!call || call.params['shuffle'] !== false || typeof call.params['random_state'] !== 'number') return [];
  return [
    {
      severity: 'warning',
      code: 'check.seed',
      path: paramPath(call, 'random_state'),
      message: `${callName(call)}: random_state has no effect without shuffle: true.`,
    },
  ];
}

function metadataColumn(lane: Lane): Finding[] {
  const columns = lane.facts?.metadata;
  if (!columns) return [];
  const known =
    columns.length === 0 ? 'The data have no metadata.' : `The data have ${columns.slice(0, 8).join(', ')}.`;
  return lane.steps.flatMap((step): Finding[] =>
    columnsOf(step).flatMap(({ name, path }) => {
      if (columns.includes(name)) return [];
      const tagged = tagsBefore(lane, step).includes(name);
      const nearest = nearestName(name, columns);
      const hint = tagged ? 'It is a tag: write by_tag.' : nearest ? `Did you mean "${nearest}"?` : known;
      const message = `There is no metadata column "${name}". ${hint}`;
      return [{ severity: 'error', code: 'check.column', path, message }];
    }),
  );
}

/** Metadata columns that a step reads, with the place where each is written. */
function columnsOf(step: StepNode): { readonly name: string; readonly path: DocPath }[] {
  if (step.kind === 'branch')
    return step.by === 'metadata' && step.column !== null
      ? [{ name: step.column, path: [...step.path, 'branch', 'by_metadata'] }]
      : [];
  if (step.kind !== 'splitter') return [];
  const column = step.column ?? (typeof step.call?.params['column'] === 'string' ? step.call.params['column'] : null);
  return [column, step.group].flatMap((name) => (name === null ? [] : { name, path: step.path }));
}
