import { choiceConstraints } from '#core/pipeline/choiceConstraints.ts';
import { describeValue } from '#core/pipeline/describeValue.ts';
import { chosen, type Scope } from '#core/pipeline/generatorScope.ts';
import { limitedSpace } from '#core/pipeline/limitedSpace.ts';
import { entryOf, listAt, scalarAt, type Located } from '#core/pipeline/located.ts';
import { selectionSizes, sizesOf } from '#core/pipeline/selectionSizes.ts';
import {
  constantSpace,
  listSpace,
  mappedSpace,
  productSpace,
  subsetSpace,
  sumSpace,
  type Outcome,
  type Space,
  type SubsetShape,
} from '#core/pipeline/space.ts';

/** `_or_` and `_chain_`: one alternative, or a selection of several (`pick`, `arrange`). */
export function alternativesSpace(scope: Scope, spec: Located): Space {
  if (spec.kind !== 'list' || spec.items.length === 0)
    return scope.fail(`${scope.keyword} needs a list of alternatives.`, spec.path);
  const sizes = selectionSizes(scope, spec.items.length);
  if (sizes === 'invalid') return scope.fail('pick and arrange need a number, or a list [lowest, highest].');
  const parts = spec.items.map((item) => scope.expand(item));
  const written = spec.items.map(describeValue);
  const allowed = choiceConstraints(scope.map, spec.items, (node, message) =>
    scope.context.problem(node.path, message),
  );
  const dependency = entryOf(scope.map, '_depends_on_');
  if (dependency?.kind === 'scalar')
    scope.context.problem(
      dependency.path,
      '_depends_on_ with a name has no effect; write [[choice, needed choice]].',
      'warning',
    );
  if (sizes === null) {
    const outcomes = parts.map((part, index) =>
      mappedSpace(part, (outcome) => chosen(scope, outcome.value, outcome.choices, written[index])),
    );
    const singles = outcomes.filter((_, index) => allowed?.([index]) ?? true);
    return limitedSpace(scope, sumSpace(singles), scope.keyword === '_or_' ? parts : undefined);
  }
  return secondSelection(scope, chooseParts(scope, parts, written, sizes, allowed));
}

/** Subsets of the alternatives, each subset multiplied by what its members can become. */
function chooseParts(
  scope: Scope,
  parts: readonly Space[],
  written: readonly string[],
  selection: SubsetShape,
  allowed: ((indices: readonly number[]) => boolean) | undefined,
): Space {
  const indices = listSpace(parts.length, (index) => ({ value: scalarAt(scope.map.path, index), choices: [] }));
  const indicesOf = (outcome: Outcome): number[] =>
    outcome.value.kind === 'list'
      ? outcome.value.items.map((item) => (item.kind === 'scalar' ? Number(item.value) : 0))
      : [];
  const subsets = subsetSpace(indices, selection, (members) => ({
    value: listAt(
      scope.map.path,
      members.map((member) => member.value),
    ),
    choices: [],
  }));
  const built = (members: readonly number[], outcomes: readonly Outcome[]): Outcome =>
    chosen(
      scope,
      listAt(
        scope.map.path,
        outcomes.map((outcome) => outcome.value),
      ),
      outcomes.flatMap((outcome) => outcome.choices),
      members.map((member) => written[member] ?? '').join(' + ') || 'none',
    );
  const partsOf = (members: readonly number[]): Space[] =>
    members.map((member) => parts[member] ?? constantSpace(scope.map));
  if (!allowed && parts.every((part) => part.count === 1n))
    return mappedSpace(subsets, (outcome) => {
      const members = indicesOf(outcome);
      return built(
        members,
        partsOf(members).map((part) => part.at(0n)),
      );
    });
  // Constraints and alternatives that are generators themselves: look at each subset of indices, never at its outcomes.
  if (subsets.count > MOST_SUBSETS)
    return scope.fail(
      `There are ${subsets.count} selections to check against the constraints; at most ${MOST_SUBSETS} are allowed.`,
    );
  const spaces: Space[] = [];
  for (let rank = 0n; rank < subsets.count; rank++) {
    const members = indicesOf(subsets.at(rank));
    if (allowed?.(members) ?? true) {
      const product = productSpace(partsOf(members), (values) => listAt(scope.map.path, values));
      spaces.push(
        mappedSpace(product, (outcome) =>
          chosen(
            scope,
            outcome.value,
            outcome.choices,
            members.map((member) => written[member] ?? '').join(' + ') || 'none',
          ),
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
  if (!second) return limitedSpace(scope, first);
  const results = subsetSpace(first, second, (members) =>
    chosen(
      scope,
      listAt(
        scope.map.path,
        members.map((member) => member.value),
      ),
      [],
      members.map((member) => member.choices[0]?.text ?? '').join(' | '),
    ),
  );
  if (results.count === 0n) return scope.fail('The second selection asks for more results than the first one has.');
  return limitedSpace(scope, results);
}

/** `_cartesian_`: one outcome of each stage, null stages left out; then perhaps a selection of whole rows. */
export function cartesianSpace(scope: Scope, spec: Located): Space {
  if (spec.kind !== 'list' || spec.items.length === 0)
    return scope.fail('_cartesian_ needs a list of stages.', spec.path);
  const stages = spec.items.map((item) => scope.expand(item));
  const rows = productSpace(stages, (values) =>
    listAt(
      scope.map.path,
      values.filter((value) => !isNull(value)),
    ),
  );
  const selection = selectionSizes(scope, rows.count > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(rows.count));
  if (selection === 'invalid') return scope.fail('pick and arrange need a number, or a list [lowest, highest].');
  // Without a selection the stages' own choices say everything; a selection of whole rows is one choice.
  if (selection === null) return limitedSpace(scope, rows);
  const picked = subsetSpace(rows, selection, (members) =>
    chosen(
      scope,
      listAt(
        scope.map.path,
        members.map((member) => member.value),
      ),
    ),
  );
  return secondSelection(scope, picked);
}

const isNull = (node: Located): boolean => node.kind === 'scalar' && node.value === null;

/** Selections of choices that are looked at one by one, for constraints and nested generators. */
const MOST_SUBSETS = 100_000n;
