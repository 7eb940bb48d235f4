import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';

/** ` Did you mean "best"?`, or nothing where no candidate is close. */
export function didYouMean(written: string, candidates: Iterable<string>): string {
  const nearest = nearestName(written, candidates);
  return nearest === undefined || nearest === written ? '' : ` Did you mean "${nearest}"?`;
}

/** Every key that is neither known nor a comment is a problem. `where` reads "in merge", "of a lane". */
export function checkKeys(map: LocatedMap, known: readonly string[], where: string, context: StepContext): void {
  for (const { key, value } of map.entries) {
    if (isComment(key) || known.includes(key)) continue;
    const message = `"${key}" is not known ${where}.${didYouMean(key, known)}`;
    context.report('error', 'pipeline.unknown-key', value.path, message);
  }
}

/** A setting that is one of a few words; `usual` where it is not written, or written wrongly (with a problem). */
export function readWord<Word extends string>(
  map: LocatedMap,
  key: string,
  words: readonly [Word, ...Word[]],
  context: StepContext,
): Word {
  const node = entryOf(map, key);
  const [usual] = words;
  if (isNothing(node)) return usual;
  const found = words.find((word) => node.kind === 'scalar' && node.value === word);
  if (found !== undefined) return found;
  const written = node.kind === 'scalar' ? String(node.value) : '';
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
  context.report('error', 'pipeline.setting', node.path, `${key} is ${list}.${didYouMean(written, words)}`);
  return usual;
}

/** A setting that is true or false; false where it is not written. */
export function readFlag(map: LocatedMap, key: string, context: StepContext): boolean {
  const node = entryOf(map, key);
  if (isNothing(node)) return false;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  context.report('error', 'pipeline.setting', node.path, `${key} is true or false.`);
  return false;
}

/** Not written, or written as nothing. */
export const isNothing = (node: Located | undefined): node is undefined =>
  node === undefined || (node.kind === 'scalar' && node.value === null);
