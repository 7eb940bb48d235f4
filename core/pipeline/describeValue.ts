import { shortName } from '#core/pipeline/fieldNames.ts';
import { entryOf, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { generatorOf, isComment, isStepKeyword, modifierKeywords } from '#core/pipeline/keywords.ts';

/**
 * A step or value in a few words: `SNV`, `SavitzkyGolay window_length 11, deriv 2`, `none`, `SNV + Detrend`, `7`.
 * Parameters that a generator fills are left out: they get words of their own.
 */
export function describeValue(node: Located): string {
  switch (node.kind) {
    case 'scalar':
      return node.value === null ? 'none' : typeof node.value === 'string' ? shortName(node.value) : words(node.value);
    case 'list':
      return node.items.length === 0 ? 'none' : node.items.map(describeValue).join(' + ');
    case 'map':
      return describeMap(node);
  }
}

function describeMap(map: LocatedMap): string {
  const entries = map.entries.filter((entry) => !isComment(entry.key) && !modifierKeywords.has(entry.key));
  if (generatorOf(map)) return 'alternatives';
  const className = entryOf(map, 'class');
  if (className) return withParams(describeValue(className), entryOf(map, 'params'));
  const keyword = entries.find((entry) => isStepKeyword(entry.key));
  if (keyword) {
    const inner = describeValue(keyword.value);
    return keyword.key === 'model' || keyword.key === 'preprocessing' ? inner : `${keyword.key} ${inner}`;
  }
  const [only, another] = entries;
  if (only && !another && (only.value.kind === 'map' || isNull(only.value)))
    return withParams(shortName(only.key), only.value);
  return entries.map((entry) => `${entry.key} ${describeValue(entry.value)}`).join(', ') || 'none';
}

const isNull = (node: Located): boolean => node.kind === 'scalar' && node.value === null;

function withParams(name: string, params: Located | undefined): string {
  if (params?.kind !== 'map') return name;
  const told = params.entries
    .filter((entry) => !isComment(entry.key) && !(entry.value.kind === 'map' && generatorOf(entry.value)))
    .filter((entry) => !entry.key.startsWith('_'))
    .map((entry) => `${entry.key} ${describeValue(entry.value)}`);
  return told.length === 0 ? name : `${name} ${told.join(', ')}`;
}

/** At most six significant digits, and no trailing zeros. */
const words = (value: number | boolean): string =>
  typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : String(value);
