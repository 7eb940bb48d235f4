import { EngineError } from '#core/base/errors.ts';
import { isDimensionMap, isRecord, paramValue, parseDimension } from '#core/tuning/parseDimension.ts';
import type { NamedDimension, SearchSpace, Template } from '#core/tuning/searchSpace.ts';

/**
 * Reads `model_params` (or the `train_params` of a search): a map of parameters to spaces, nested maps for nested
 * parameters, and plain values for what stays fixed. Keys that begin with `_` are comments.
 *
 * `{type: sorted_tuple, length, low, high, element_type, step, log}` searches a sorted list; its length is a number or
 * a range of integers.
 *
 * @param prefix before the name of each dimension, for example `train_`
 * @throws tuning.parameter with the name of the parameter
 */
export function parseSearchSpace(params: unknown, prefix = ''): SearchSpace {
  if (!isRecord(params))
    throw new EngineError('tuning.setting', {
      setting: 'model_params',
      problem: 'must be a map of parameters to their spaces.',
    });
  const dimensions: NamedDimension[] = [];
  const template = mapTemplate(params, prefix, dimensions);
  const names = dimensions.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new EngineError('tuning.parameter', { parameter: twice, problem: 'is given twice.' });
  return { dimensions, template };
}

function mapTemplate(
  params: Readonly<Record<string, unknown>>,
  prefix: string,
  dimensions: NamedDimension[],
): Extract<Template, { kind: 'map' }> {
  const entries = Object.entries(params)
    .filter(([key]) => !key.startsWith('_'))
    .map(([key, spec]): [string, Template] => [key, templateOf(spec, `${prefix}${key}`, dimensions)]);
  return { kind: 'map', entries: Object.fromEntries(entries) };
}

function templateOf(spec: unknown, name: string, dimensions: NamedDimension[]): Template {
  if (isRecord(spec) && spec['type'] === 'sorted_tuple') return sortedTemplate(spec, name, dimensions);
  if (isRecord(spec) && !isDimensionMap(spec)) return mapTemplate(spec, `${name}__`, dimensions);
  const dimension = parseDimension(name, spec);
  if (dimension === null) return { kind: 'fixed', value: paramValue(name, spec) };
  dimensions.push({ name, dimension });
  return { kind: 'searched', name };
}

function sortedTemplate(spec: Readonly<Record<string, unknown>>, name: string, dimensions: NamedDimension[]): Template {
  const { length: given = 3, element_type = 'float', low, high, min, max, ...rest } = spec;
  const length =
    typeof given === 'number' ? null : parseDimension(`${name}_length`, isPair(given) ? ['int', ...given] : given);
  const most = length === null ? given : length.kind === 'int' ? length.high : null;
  if (typeof most !== 'number' || !Number.isInteger(most) || most < 1)
    throw new EngineError('tuning.parameter', {
      parameter: name,
      problem: 'needs a length: a number from 1, or [int, low, high].',
    });
  if (length !== null) dimensions.push({ name: `${name}_length`, dimension: length });
  const names = Array.from({ length: most }, (_, i) => `${name}_${i}`);
  for (const element of names) {
    const dimension = parseDimension(element, {
      ...rest,
      low: low ?? min ?? 0,
      high: high ?? max ?? 1,
      type: element_type,
    });
    if (dimension !== null) dimensions.push({ name: element, dimension });
  }
  return { kind: 'sorted', names, length: length === null ? null : `${name}_length` };
}

const isPair = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length === 2;
