import { choiceConstraints } from '#core/pipeline/choiceConstraints.ts';
import { describeValue } from '#core/pipeline/describeValue.ts';
import type { GeneratorChoice } from '#core/pipeline/generatorChoice.ts';
import {
  generatorKeywords,
  generatorOf,
  isComment,
  isGeneratorKeyword,
  modifierKeywords,
  type GeneratorKeyword,
} from '#core/pipeline/keywords.ts';
import { entryOf, fromPlain, listAt, mapAt, scalarAt, toPlain, type DocPath, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { logRangeValues, rangeValues, sampleValues, type Values } from '#core/pipeline/numericValues.ts';
import { sampleIndices, sampleWeighted, seededRandom } from '#core/pipeline/seededRandom.ts';
import {
  constantSpace,
  listSpace,
  mappedSpace,
  productSpace,
  selectedSpace,
  subsetSpace,
  sumSpace,
  type Outcome,
  type Space,
} from '#core/pipeline/space.ts';

export interface SpaceContext {
  /** For random choices without a `_seed_` of their own. */
  readonly seed: number;
  problem(path: DocPath, message: string, severity?: 'error' | 'warning'): void;
}

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
  if (keywords.length > 1) return fail(`Two generators in one place (${keywords.join(' and ')}). Nest one in the other.`);
  const beside = map.entries.filter(
    (entry) => !isGeneratorKeyword(entry.key) && !modifierKeywords.has(entry.key) && !isComment(entry.key),
  );
  const scope: Scope = { map, keyword, context, fail, label: labelOf(map, beside.length > 0) };
  const generated = generate(scope);
  if (beside.length === 0) return entryOf(map, 'param') ? wrapParam(scope, generated) : generated;
  return mergeBeside(scope, generated, mapAt(map.path, beside));
}

interface Scope {
  readonly map: LocatedMap;
  readonly keyword: GeneratorKeyword;
  readonly context: SpaceContext;
  readonly label: string;
  fail(message: string, path?: DocPath): Space;
}

function generate(scope: Scope): Space {
  const spec = entryOf(scope.map, scope.keyword);
  if (!spec) return scope.fail('This generator is empty.');
  const numeric = (values: Values): Space =>
    'problem' in values ? scope.fail(values.problem, spec.path) : limited(scope, valuesSpace(scope, values));
  switch (scope.keyword) {
    case '_range_':
      return numeric(rangeValues(spec));
    case '_log_range_':
      return numeric(logRangeValues(spec));
    case '_sample_':
      return numeric(sampleValues(spec, seedOf(scope)));
    case '_or_':
    case '_chain_':
      return alternatives(scope, spec);
    case '_grid_':
      return limited(scope, grid(scope, spec));
    case '_zip_':
      return limited(scope, zip(scope, spec));
    case '_cartesian_':
      return cartesian(scope, spec);
  }
}

const valuesSpace = (scope: Scope, values: Exclude<Values, { problem: string }>): Space =>
  listSpace(values.count, (index) => chosen(scope, fromPlain(values.at(index), scope.map.path)));

/** An outcome that records itself as a choice. */
function chosen(scope: Scope, value: Located, nested: readonly GeneratorChoice[] = [], words = describeValue(value)): Outcome {
  const own: GeneratorChoice = { path: scope.map.path, label: scope.label, value: toPlain(value), text: words };
  return { value, choices: [own, ...nested] };
}

function alternatives(scope: Scope, spec: Located): Space {
  if (spec.kind !== 'list' || spec.items.length === 0)
    return scope.fail(`${scope.keyword} needs a list of alternatives.`, spec.path);
  const sizes = selectionSizes(scope, spec.items.length);
  if (sizes === 'invalid') return scope.fail('pick and arrange need a number, or a list [lowest, highest].');
  const parts = spec.items.map((item) => generatorSpace(item, scope.context));
  const written = spec.items.map(describeValue);
  const allowed = choiceConstraints(scope.map, spec.items, (node, message) => scope.context.problem(node.path, message));
  const dependency = entryOf(scope.map, '_depends_on_');
  if (dependency?.kind === 'scalar')
    scope.context.problem(dependency.path, '_depends_on_ with a name has no effect; write [[choice, needed choice]].', 'warning');
  if (sizes === null) {
    const outcomes = parts.map((part, index) =>
      mappedSpace(part, (outcome) => chosen(scope, outcome.value, outcome.choices, written[index])),
    );
    const singles = outcomes.filter((_, index) => allowed?.([index]) ?? true);
    return limited(scope, sumSpace(singles), scope.keyword === '_or_' ? parts : undefined);
  }
  return secondSelection(scope, chooseParts(scope, parts, written, sizes, allowed));
}

interface Selection {
  readonly ordered: boolean;
  readonly sizes: readonly number[];
}

/** Subsets of the alternatives, each subset multiplied by what its members can become. */
function chooseParts(
  scope: Scope,
  parts: readonly Space[],
  written: readonly string[],
  selection: Selection,
  allowed: ((indices: readonly number[]) => boolean) | undefined,
): Space {
  const indices = listSpace(parts.length, (index) => ({ value: scalarAt(scope.map.path, index), choices: [] }));
  const indicesOf = (outcome: Outcome): number[] =>
    outcome.value.kind === 'list' ? outcome.value.items.map((item) => (item.kind === 'scalar' ? Number(item.value) : 0)) : [];
  const subsets = subsetSpace(indices, selection, (members) => ({
    value: listAt(scope.map.path, members.map((member) => member.value)),
    choices: [],
  }));
  const built = (members: readonly number[], outcomes: readonly Outcome[]): Outcome =>
    chosen(
      scope,
      listAt(scope.map.path, outcomes.map((outcome) => outcome.value)),
      outcomes.flatMap((outcome) => outcome.choices),
      members.map((member) => written[member] ?? '').join(' + ') || 'none',
    );
  const partsOf = (members: readonly number[]): Space[] => members.map((member) => parts[member] ?? constantSpace(scope.map));
  if (!allowed && parts.every((part) => part.count === 1n))
    return mappedSpace(subsets, (outcome) => {
      const members = indicesOf(outcome);
      return built(members, partsOf(members).map((part) => part.at(0n)));
    });
  // Constraints and alternatives that are generators themselves: look at each subset of indices, never at its outcomes.
  if (subsets.count > MOST_SUBSETS)
    return scope.fail(`There are ${subsets.count} selections to check against the constraints; at most ${MOST_SUBSETS} are allowed.`);
  const spaces: Space[] = [];
  for (let rank = 0n; rank < subsets.count; rank++) {
    const members = indicesOf(subsets.at(rank));
    if (allowed?.(members) ?? true) {
      const product = productSpace(partsOf(members), (values) => listAt(scope.map.path, values));
      spaces.push(
        mappedSpace(product, (outcome) =>
          chosen(scope, outcome.value, outcome.choices, members.map((member) => written[member] ?? '').join(' + ') || 'none'),
        ),
      );
    }
  }
  if (spaces.length === 0) return scope.fail('No selection satisfies the constraints of this generator.');
  return sumSpace(spaces);
}

/** `then_pick` and `then_arrange` select again among the results; `count` comes last. */
function secondSelection(scope: Scope, first: Space): Space {
  if (first.count === 0n) return scope.fail('This generator selects more choices than it has.');
  const second = sizesOf(scope, 'then_pick', false) ?? sizesOf(scope, 'then_arrange', true);
  if (second === 'invalid') return scope.fail('then_pick and then_arrange need a number, or a list [lowest, highest].');
  if (!second) return limited(scope, first);
  const results = subsetSpace(first, second, (members) =>
    chosen(
      scope,
      listAt(scope.map.path, members.map((member) => member.value)),
      [],
      members.map((member) => member.choices[0]?.text ?? '').join(' | '),
    ),
  );
  if (results.count === 0n) return scope.fail('The second selection asks for more results than the first one has.');
  return limited(scope, results);
}

function cartesian(scope: Scope, spec: Located): Space {
  if (spec.kind !== 'list' || spec.items.length === 0) return scope.fail('_cartesian_ needs a list of stages.', spec.path);
  const stages = spec.items.map((item) => generatorSpace(item, scope.context));
  const rows = productSpace(stages, (values) => listAt(scope.map.path, values.filter((value) => !isNull(value))));
  const selection = selectionSizes(scope, rows.count > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(rows.count));
  if (selection === 'invalid') return scope.fail('pick and arrange need a number, or a list [lowest, highest].');
  // Without a selection the stages' own choices say everything; a selection of whole rows is one choice.
  if (selection === null) return limited(scope, rows);
  const picked = subsetSpace(rows, selection, (members) =>
    chosen(scope, listAt(scope.map.path, members.map((member) => member.value))),
  );
  return secondSelection(scope, picked);
}

const isNull = (node: Located): boolean => node.kind === 'scalar' && node.value === null;

/** The values of one column of a grid or zip: a list, a generator, or a single value. */
function column(scope: Scope, node: Located): Space {
  if (node.kind === 'list') return sumSpace(node.items.map((item) => generatorSpace(item, scope.context)));
  return generatorSpace(node, scope.context);
}

const labelled = (path: DocPath, label: string, part: Space): Space =>
  mappedSpace(part, (outcome) => ({
    value: outcome.value,
    choices: [{ path, label, value: toPlain(outcome.value), text: describeValue(outcome.value) }],
  }));

function grid(scope: Scope, spec: Located): Space {
  if (spec.kind !== 'map' || spec.entries.length === 0) return scope.fail('_grid_ needs a map of parameters to lists.', spec.path);
  const parts = spec.entries.map((entry) => labelled(entry.value.path, entry.key, column(scope, entry.value)));
  if (parts.some((part) => part.count === 0n)) return scope.fail('_grid_ has a parameter without values.', spec.path);
  return productSpace(parts, (values) =>
    mapAt(
      scope.map.path,
      spec.entries.map((entry, index) => ({ key: entry.key, value: values[index] ?? entry.value })),
    ),
  );
}

function zip(scope: Scope, spec: Located): Space {
  const names = spec.kind === 'map' ? spec.entries.map((entry) => entry.key) : null;
  const nodes = spec.kind === 'map' ? spec.entries.map((entry) => entry.value) : spec.kind === 'list' ? spec.items : [];
  if (nodes.length === 0) return scope.fail('_zip_ needs a map of parameters to lists.', spec.path);
  const columns = nodes.map((node) => column(scope, node));
  const shortest = columns.reduce((least, part) => (part.count < least ? part.count : least), columns[0]?.count ?? 0n);
  if (shortest === 0n) return scope.fail('_zip_ has a parameter without values.', spec.path);
  return listSpace(Number(shortest), (index) => {
    const values = columns.map((part) => part.at(BigInt(index)).value);
    if (!names) return chosen(scope, listAt(scope.map.path, values));
    const choices = values.map((value, at) => ({
      path: scope.map.path,
      label: names[at] ?? '',
      value: toPlain(value),
      text: describeValue(value),
    }));
    const entries = values.map((value, at) => ({ key: names[at] ?? '', value }));
    return { value: mapAt(scope.map.path, entries), choices };
  });
}

/** `count`: a random subset (`_or_`, ranges …), or the first ones of a `_chain_`, which is never shuffled. */
function limited(scope: Scope, space: Space, weightedParts?: readonly Space[]): Space {
  const node = entryOf(scope.map, 'count');
  if (!node || space.count === 0n) return space;
  const count = node.kind === 'scalar' ? node.value : null;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1)
    return scope.fail('count needs a whole number of at least 1.', node.path);
  if (scope.keyword === '_chain_')
    return selectedSpace(space, Array.from({ length: Math.min(count, Number(space.count)) }, (_, index) => BigInt(index)));
  const random = seededRandom(seedOf(scope));
  const weights = entryOf(scope.map, '_weights_');
  if (weights && weightedParts) {
    const numbers = weights.kind === 'list' ? weights.items.map((item) => (item.kind === 'scalar' ? item.value : null)) : [];
    const valid = numbers.filter((weight) => typeof weight === 'number' && weight >= 0);
    if (valid.length !== weightedParts.length || weightedParts.some((part) => part.count !== 1n))
      return scope.fail('_weights_ needs one number of at least 0 for each alternative, and plain alternatives.', weights.path);
    return selectedSpace(space, sampleWeighted(valid.map(Number), count, random));
  }
  return selectedSpace(space, sampleIndices(space.count, count, random));
}

const seedOf = (scope: Scope): number => {
  const seed = entryOf(scope.map, '_seed_');
  return seed?.kind === 'scalar' && typeof seed.value === 'number' ? seed.value : scope.context.seed;
};

/** The first selection of a generator: `pick` (or its older name `size`) or `arrange`; null without one. */
function selectionSizes(scope: Scope, available: number): Selection | null | 'invalid' {
  const found = sizesOf(scope, 'pick', false) ?? sizesOf(scope, 'arrange', true) ?? sizesOf(scope, 'size', false);
  if (found === null || found === 'invalid') return found;
  return { ordered: found.ordered, sizes: found.sizes.filter((size) => size <= available) };
}

function sizesOf(scope: Scope, key: string, ordered: boolean): Selection | null | 'invalid' {
  const node = entryOf(scope.map, key);
  if (!node) return null;
  const given = node.kind === 'list' ? node.items.map(toPlain) : node.kind === 'scalar' ? tuple(node.value) : [];
  const [low, high = low] = given;
  const valid = (size: unknown): size is number => typeof size === 'number' && Number.isInteger(size) && size >= 0;
  if (given.length > 2 || !valid(low) || !valid(high) || high < low || high > MOST_PICKED) return 'invalid';
  return { ordered, sizes: Array.from({ length: high - low + 1 }, (_, index) => low + index) };
}

/** `2`, or a Python tuple that YAML reads as text: `(1, 2)`. */
const tuple = (value: unknown): unknown[] => {
  const match = typeof value === 'string' ? /^\(\s*(\d+)\s*,\s*(\d+)\s*,?\s*\)$/.exec(value) : null;
  return match ? [Number(match[1]), Number(match[2])] : [value];
};

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

const MOST_SUBSETS = 100_000n;
const MOST_PICKED = 30;
