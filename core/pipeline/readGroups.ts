import { isComment } from '#core/pipeline/keywords.ts';
import type { Located } from '#core/pipeline/located.ts';
import { didYouMean, isNothing } from '#core/pipeline/readWord.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { BranchKind, BranchStep } from '#core/pipeline/stepNode.ts';

type Group = NonNullable<BranchStep['groups']>[number];

/**
 * `values` of a separation: a list (each value a group of its own), or a map of group names to a value or several.
 * Null without it: every value of the column is a group.
 */
export function readGroups(node: Located | undefined, by: BranchKind, context: StepContext): BranchStep['groups'] {
  if (isNothing(node)) return null;
  const fail = (at: Located, message: string): void => context.report('error', 'pipeline.branch', at.path, message);
  if (node.kind === 'scalar') {
    fail(node, 'values is a list of values, or a map of group names to values.');
    return null;
  }
  const groups: Group[] =
    node.kind === 'list'
      ? node.items.flatMap((item) => valuesOf(item, by, fail).map((value) => ({ name: value, values: [value] })))
      : node.entries
          .filter(({ key }) => !isComment(key))
          .map(({ key, value }) => {
            const items = value.kind === 'list' ? value.items : [value];
            if (items.length === 0) fail(value, `The group "${key}" has no values.`);
            return { name: key, values: items.flatMap((item) => valuesOf(item, by, fail)) };
          });
  if (groups.length === 0) fail(node, 'values names no group.');
  const owners = new Map<string, string>();
  for (const { name, values } of groups) {
    for (const value of values) {
      const other = owners.get(value);
      if (other !== undefined)
        fail(
          node,
          other === name
            ? `The value "${value}" is written twice.`
            : `The value "${value}" is in two groups, ${other} and ${name}. A sample goes through one lane.`,
        );
      owners.set(value, name);
    }
  }
  return groups;
}

/** The value as it stands in its column; none (with a problem) for a condition or what is no value. */
function valuesOf(item: Located, by: BranchKind, fail: (at: Located, message: string) => void): string[] {
  if (item.kind !== 'scalar' || item.value === null) {
    fail(item, 'A group is made of values, for example [north, south].');
    return [];
  }
  const value = String(item.value);
  if (typeof item.value === 'string' && isCondition(item.value)) {
    fail(
      item,
      `"${value}" is a condition, and groups are made of values. List the values, or tag the samples first and branch by_tag.`,
    );
    return [];
  }
  if (by === 'tag' && value !== 'true' && value !== 'false') {
    fail(item, `A tag is true or false, not "${value}".${didYouMean(value, ['true', 'false'])}`);
    return [];
  }
  return [value];
}

/** `> 0.8`, `<= 3`, `!= x`, `0..50`: what other tools compare numbers with. */
const isCondition = (text: string): boolean =>
  /^\s*(?:[<>]=?|==|!=)/.test(text) || /^\s*-?[\d.]*\s*\.\.\s*-?[\d.]*\s*$/.test(text);
