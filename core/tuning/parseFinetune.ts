import { editDistance } from '#core/base/editDistance.ts';
import { EngineError } from '#core/base/errors.ts';
import type { ParamValue } from '#core/tuning/dimension.ts';
import {
  approachNames,
  directions,
  evalModeNames,
  prunerNames,
  samplerNames,
  type FinetuneSettings,
  type Phase,
  type SamplerName,
} from '#core/tuning/finetuneSettings.ts';
import { chooseSampler } from '#core/tuning/chooseSampler.ts';
import { isRecord, paramValue } from '#core/tuning/parseDimension.ts';
import { parseSearchSpace } from '#core/tuning/parseSearchSpace.ts';
import type { NamedDimension } from '#core/tuning/searchSpace.ts';

type Given = Readonly<Record<string, unknown>>;

/**
 * Reads `finetune_params`. Defaults: 50 trials (a grid: all of its points), sampler `auto`, no pruner, approach
 * `grouped`, evaluation `mean`, metric and seed of the run. Without `model_params`, spaces may stand beside the other
 * keys, as older documents write them.
 *
 * @throws tuning.unknown-setting, tuning.setting and tuning.parameter, each with the name of the key
 */
export function parseFinetune(params: Given): FinetuneSettings {
  const given: Given = Object.fromEntries(Object.entries(params).filter(([key]) => !key.startsWith('_')));
  const legacy = given['model_params'] === undefined;
  const strangers = Object.keys(given).filter((key) => !known.includes(key));
  const spaces = strangers.filter((key) => legacy && nearest(key) === undefined && typeof given[key] === 'object');
  for (const key of strangers) if (!spaces.includes(key)) throw unknownSetting(key);

  const space = parseSearchSpace(given['model_params'] ?? Object.fromEntries(spaces.map((key) => [key, given[key]])));
  const trainSpace = parseSearchSpace(given['train_params'] ?? {}, 'train_');
  const dimensions = [...space.dimensions, ...trainSpace.dimensions];
  if (dimensions.length === 0)
    throw wrong(
      'model_params',
      'names nothing to search. Give a parameter a range, for example n_components: [int, 1, 20].',
    );

  const sampler = oneOf(
    given,
    'sampler',
    samplerNames,
    given['sample'] === undefined ? 'auto' : oneOf(given, 'sample', samplerNames, 'auto'),
  );
  const phases = readPhases(given, sampler, dimensions);
  return {
    nTrials: phases.reduce((sum, { nTrials }) => sum + nTrials, 0),
    sampler,
    phases,
    pruner: given['pruner'] === null ? 'none' : oneOf(given, 'pruner', prunerNames, 'none'),
    approach: oneOf(given, 'approach', approachNames, 'grouped'),
    evalMode: given['eval_mode'] === 'avg' ? 'mean' : oneOf(given, 'eval_mode', evalModeNames, 'mean'),
    metric: textOr(given, 'metric'),
    direction: absent(given['direction']) ? null : oneOf(given, 'direction', directions, 'minimize'),
    seed: absent(given['seed']) ? null : wholeNumber('seed', given['seed'], 0, 2 ** 32 - 1),
    forceParams: readForced(given['force_params'], dimensions),
    space,
    trainSpace,
  };
}

function readPhases(given: Given, sampler: SamplerName, dimensions: readonly NamedDimension[]): Phase[] {
  const asked = absent(given['n_trials']) ? null : wholeNumber('n_trials', given['n_trials'], 1, MOST_TRIALS);
  const list = given['phases'];
  if (absent(list)) return [chooseSampler(sampler, asked, dimensions)];
  if (!Array.isArray(list) || list.length === 0) throw wrong('phases', 'must be a list of {n_trials, sampler}.');
  return list.map((entry: unknown, i) => {
    const where = `phases[${i + 1}]`;
    if (!isRecord(entry)) throw wrong(where, 'must be a map: {n_trials, sampler}.');
    const stranger = Object.keys(entry).find(
      (key) => !['n_trials', 'sampler', 'sample'].includes(key) && !key.startsWith('_'),
    );
    if (stranger !== undefined)
      throw new EngineError('tuning.unknown-setting', {
        setting: `${where}.${stranger}`,
        known: 'n_trials and sampler in a phase',
      });
    const trials = wholeNumber(`${where}.n_trials`, entry['n_trials'] ?? asked ?? DEFAULT_TRIALS, 1, MOST_TRIALS);
    return chooseSampler(
      oneOf(entry, 'sampler', samplerNames, oneOf(entry, 'sample', samplerNames, sampler)),
      trials,
      dimensions,
    );
  });
}

/** Nested maps are joined by `__`, as the names of the dimensions. */
function readForced(given: unknown, dimensions: readonly NamedDimension[]): Record<string, ParamValue> | null {
  if (absent(given)) return null;
  if (!isRecord(given)) throw wrong('force_params', 'must be a map of parameters to values.');
  const forced: Record<string, ParamValue> = {};
  const read = (map: Given, prefix: string): void => {
    for (const [key, value] of Object.entries(map)) {
      const name = `${prefix}${key}`;
      const found = dimensions.find((each) => each.name === name);
      if (found) forced[name] = forcedValue(found, value);
      else if (isRecord(value)) read(value, `${name}__`);
      else
        throw wrong(
          'force_params',
          `names "${name}", which is not searched. Searched are ${dimensions.map((each) => each.name).join(', ')}.`,
        );
    }
  };
  read(given, '');
  return forced;
}

/** A number may lie outside its range (a known good setting); a choice must be one of the choices. */
function forcedValue({ name, dimension }: NamedDimension, value: unknown): ParamValue {
  if (dimension.kind === 'categorical') {
    const choice = dimension.choices.find((each) => JSON.stringify(each) === JSON.stringify(value));
    if (choice === undefined)
      throw wrong('force_params', `gives ${name} the value ${JSON.stringify(value)}, which is not one of its choices.`);
    return choice;
  }
  const found = paramValue(name, value);
  if (typeof found !== 'number' || (dimension.kind === 'int' && !Number.isInteger(found)))
    throw wrong(
      'force_params',
      `gives ${name} the value ${JSON.stringify(value)}; it needs ${dimension.kind === 'int' ? 'a whole' : 'a'} number.`,
    );
  return found;
}

function oneOf<T extends string>(given: Given, setting: string, allowed: readonly T[], fallback: T): T {
  const value = given[setting];
  if (absent(value)) return fallback;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw wrong(setting, `is ${JSON.stringify(value)}; it can be ${allowed.join(', ')}.`);
  return found;
}

function textOr(given: Given, setting: string): string | null {
  const value = given[setting];
  if (absent(value)) return null;
  if (typeof value !== 'string') throw wrong(setting, 'must be a name.');
  return value;
}

function wholeNumber(setting: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high)
    throw wrong(setting, `must be a whole number from ${low} to ${high}.`);
  return value;
}

const absent = (value: unknown): value is null | undefined => value === undefined || value === null;

const wrong = (setting: string, problem: string): EngineError =>
  new EngineError('tuning.setting', { setting, problem });

function unknownSetting(setting: string): EngineError {
  const close = nearest(setting);
  return new EngineError('tuning.unknown-setting', {
    setting,
    known: effective.join(', '),
    ...(close === undefined ? {} : { nearest: close }),
  });
}

function nearest(key: string): string | undefined {
  const distance = (name: string): number => editDistance(key.toLowerCase(), name);
  const best = known.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return distance(best) <= Math.max(2, Math.floor(key.length / 4)) ? best : undefined;
}

const effective = [
  'n_trials',
  'sampler',
  'pruner',
  'approach',
  'eval_mode',
  'metric',
  'direction',
  'seed',
  'force_params',
  'phases',
  'model_params',
  'train_params',
];
/** With those that other programs need and this one does by itself: studies are always stored and resumed. */
const known = [...effective, 'sample', 'verbose', 'storage', 'study_name', 'resume', 'n_jobs', 'timeout'];

const DEFAULT_TRIALS = 50;
const MOST_TRIALS = 100_000;
