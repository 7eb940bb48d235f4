import type { Scope } from '#core/pipeline/generatorScope.ts';
import { entryOf, toPlain } from '#core/pipeline/located.ts';
import type { SubsetShape } from '#core/pipeline/space.ts';

/** The first selection of a generator: `pick` (or its older name `size`) or `arrange`; null without one. */
export function selectionSizes(scope: Scope, available: number): SubsetShape | null | 'invalid' {
  const found = sizesOf(scope, 'pick', false) ?? sizesOf(scope, 'arrange', true) ?? sizesOf(scope, 'size', false);
  if (found === null || found === 'invalid') return found;
  return { ordered: found.ordered, sizes: found.sizes.filter((size) => size <= available) };
}

/** The sizes that a modifier (`pick`, `then_arrange` …) asks for; null without it. */
export function sizesOf(scope: Scope, key: string, ordered: boolean): SubsetShape | null | 'invalid' {
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

/** Larger selections have more outcomes than anybody runs. */
const MOST_PICKED = 30;
