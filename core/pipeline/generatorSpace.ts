import { alternativesSpace, cartesianSpace } from '#core/pipeline/alternativesSpace.ts';
import { chosen, seedOf, type Scope, type SpaceContext } from '#core/pipeline/generatorScope.ts';
import { gridSpace, zipSpace } from '#core/pipeline/gridSpace.ts';
import {
  generatorKeywords,
  generatorOf,
  isComment,
  isGeneratorKeyword,
  modifierKeywords,
} from '#core/pipeline/keywords.ts';
import { limitedSpace } from '#core/pipeline/limitedSpace.ts';
import {
  entryOf,
  fromPlain,
  listAt,
  mapAt,
  scalarAt,
  type DocPath,
  type Located,
  type LocatedMap,
} from '#core/pipeline/located.ts';
import { logRangeValues, rangeValues, sampleValues, type Values } from '#core/pipeline/numericValues.ts';
import { constantSpace, listSpace, mappedSpace, productSpace, type Space } from '#core/pipeline/space.ts';

/**
 * All that a part of a document can become. A generator with a mistake yields null once and reports the mistake.
 * Order: left to right, the first generator slowest; `_or_` in written order; `pick` and `arrange` by size, then
 * lexicographically; a random subset (`count`) keeps the order of the whole.
 */
export function generatorSpace(node: Located, context: SpaceContext): Space {
  switch (node.kind) {
    case 'scalar':
      return constantSpace(node);
    case 'list': {
      const parts = node.items.map((item) => generatorSpace(item, context));
      if (parts.every((part) => part.constant)) return constantSpace(node);
      return productSpace(parts, (values) => listAt(node.path, values));
    }
    case 'map':
      return generatorOf(node) ? generatorMap(node, context) : plainMap(node, context);
  }
}

function plainMap(map: LocatedMap, context: SpaceContext): Space {
  const parts = map.entries.map((entry) =>
    isComment(entry.key) ? constantSpace(entry.value) : generatorSpace(entry.value, context),
  );
  if (parts.every((part) => part.constant)) return constantSpace(map);
  return productSpace(parts, (values) =>
    mapAt(
      map.path,
      map.entries.map((entry, index) => ({ key: entry.key, value: values[index] ?? entry.value })),
    ),
  );
}

/** A map with a generator keyword: the generator, its modifiers, and perhaps a step that it is written beside. */
function generatorMap(map: LocatedMap, context: SpaceContext): Space {
  const keywords = map.entries.map((entry) => entry.key).filter(isGeneratorKeyword);
  const [keyword] = keywords;
  if (keyword === undefined) return constantSpace(map);
  const fail = (message: string, path: DocPath = map.path): Space => {
    context.problem(path, message);
    return constantSpace(scalarAt(map.path, null));
  };
  if (keywords.length > 1)
    return fail(`Two generators in one place (${keywords.join(' and ')}). Nest one in the other.`);
  const beside = map.entries.filter(
    (entry) => !isGeneratorKeyword(entry.key) && !modifierKeywords.has(entry.key) && !isComment(entry.key),
  );
  const expand = (node: Located): Space => generatorSpace(node, context);
  const scope: Scope = { map, keyword, context, expand, fail, label: labelOf(map, beside.length > 0) };
  const generated = generate(scope);
  if (beside.length === 0) return entryOf(map, 'param') ? wrapParam(scope, generated) : generated;
  return mergeBeside(scope, generated, mapAt(map.path, beside));
}

function generate(scope: Scope): Space {
  const spec = entryOf(scope.map, scope.keyword);
  if (!spec) return scope.fail('This generator is empty.');
  const numeric = (values: Values): Space =>
    'problem' in values ? scope.fail(values.problem, spec.path) : limitedSpace(scope, valuesSpace(scope, values));
  switch (scope.keyword) {
    case '_range_':
      return numeric(rangeValues(spec));
    case '_log_range_':
      return numeric(logRangeValues(spec));
    case '_sample_':
      return numeric(sampleValues(spec, seedOf(scope)));
    case '_or_':
    case '_chain_':
      return alternativesSpace(scope, spec);
    case '_grid_':
      return limitedSpace(scope, gridSpace(scope, spec));
    case '_zip_':
      return limitedSpace(scope, zipSpace(scope, spec));
    case '_cartesian_':
      return cartesianSpace(scope, spec);
  }
}

const valuesSpace = (scope: Scope, values: Exclude<Values, { problem: string }>): Space =>
  listSpace(values.count, (index) => chosen(scope, fromPlain(values.at(index), scope.map.path)));

/** `{_range_: …, param: n, model: PLS}`, and generators of maps beside a step: one step for each value. */
function mergeBeside(scope: Scope, generated: Space, base: LocatedMap): Space {
  const rest = plainMap(base, scope.context);
  const values = entryOf(scope.map, 'param') ? wrapParam(scope, generated) : generated;
  if (values.cover().some((value) => value.kind !== 'map')) {
    return scope.fail(
      `Say which parameter ${scope.keyword} fills: add \`param: NAME\`, or write {NAME: {${scope.keyword}: …}}.`,
    );
  }
  return productSpace([values, rest], ([own, other]) =>
    mapAt(scope.map.path, [
      ...(other?.kind === 'map' ? other.entries : []),
      ...(own?.kind === 'map' ? own.entries : []),
    ]),
  );
}

function wrapParam(scope: Scope, generated: Space): Space {
  const param = entryOf(scope.map, 'param');
  if (param?.kind !== 'scalar' || typeof param.value !== 'string')
    return scope.fail('param needs the name of a parameter.', param?.path);
  const name = param.value;
  return mappedSpace(generated, (outcome) => ({
    value: mapAt(scope.map.path, [{ key: name, value: outcome.value }]),
    choices: outcome.choices,
  }));
}

/** The parameter that a generator fills, or the keyword it stands under, or `step`. */
function labelOf(map: LocatedMap, beside: boolean): string {
  const param = entryOf(map, 'param');
  if (param?.kind === 'scalar' && typeof param.value === 'string') return param.value;
  if (beside) return 'step';
  const own = map.path.at(-1);
  return typeof own === 'string' && !notLabels.has(own) ? own : 'step';
}
const notLabels: ReadonlySet<string> = new Set(['pipeline', 'steps', 'preprocessing', ...generatorKeywords]);
