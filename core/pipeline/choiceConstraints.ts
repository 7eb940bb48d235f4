import { canonicalJson, entryOf, toPlain, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { shortName } from '#core/pipeline/fieldNames.ts';

/** True when a selection (indices of the choices) may stand. */
export type Allowed = (selection: readonly number[]) => boolean;

/**
 * `_mutex_: [[A, B]]`: not all of a group together. `_requires_: [[A, B, …]]` and `_depends_on_: [[A, B, …]]`: A only
 * with all the others. `_exclude_: [[A, B]]`: never exactly this set. Undefined when a generator has none of them.
 * A choice is named as it is written, or by its operator's name alone.
 */
export function choiceConstraints(
  generator: LocatedMap,
  choices: readonly Located[],
  problem: (node: Located, message: string) => void,
): Allowed | undefined {
  const index = indexOfChoices(choices);
  const groups = (key: string): number[][] => {
    const spec = entryOf(generator, key);
    if (!spec) return [];
    if (spec.kind !== 'list' || spec.items.some((group) => group.kind !== 'list')) {
      problem(spec, `${key} needs a list of lists of choices, for example [[SNV, MSC]].`);
      return [];
    }
    return spec.items.map((group) =>
      (group.kind === 'list' ? group.items : []).map((item) => {
        const found = index(item);
        if (found === undefined)
          problem(item, `${key} names ${canonicalJson(toPlain(item))}, which is not one of the choices.`);
        return found ?? -1;
      }),
    );
  };
  const mutex = groups('_mutex_');
  const needs = [...groups('_requires_'), ...groups('_depends_on_')];
  const excluded = groups('_exclude_').map((group) => setKey(group));
  if (mutex.length + needs.length + excluded.length === 0) return undefined;
  return (selection) => {
    const has = (choice: number): boolean => selection.includes(choice);
    if (mutex.some((group) => group.length > 0 && group.every(has))) return false;
    if (needs.some(([first, ...others]) => first !== undefined && has(first) && !others.every(has))) return false;
    return !excluded.includes(setKey(selection));
  };
}

const setKey = (selection: readonly number[]): string => [...new Set(selection)].sort((a, b) => a - b).join(',');

function indexOfChoices(choices: readonly Located[]): (item: Located) => number | undefined {
  const exact = new Map(choices.map((choice, index) => [canonicalJson(toPlain(choice)), index]));
  const byName = new Map<string, number>();
  choices.forEach((choice, index) => {
    const name = nameOf(choice);
    // A name that two choices share names neither of them.
    if (name !== undefined) byName.set(name, byName.has(name) ? -1 : index);
  });
  return (item) => {
    const found = exact.get(canonicalJson(toPlain(item))) ?? byName.get(nameOf(item) ?? '');
    return found === -1 ? undefined : found;
  };
}

function nameOf(choice: Located): string | undefined {
  if (choice.kind === 'scalar') return typeof choice.value === 'string' ? shortName(choice.value) : undefined;
  if (choice.kind !== 'map') return undefined;
  const className = entryOf(choice, 'class');
  if (className?.kind === 'scalar') return shortName(String(className.value));
  const [only, another] = choice.entries;
  return only && !another ? shortName(only.key) : undefined;
}
