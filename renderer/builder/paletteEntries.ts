import type { OperatorDescriptor } from '#core/contract/operators.ts';

export type PaletteGroup = OperatorDescriptor['group'] | 'combine';

/** Something that can be added: an operator in one of its roles. */
export interface PaletteEntry {
  readonly key: string;
  readonly group: PaletteGroup;
  readonly operator: OperatorDescriptor;
  /** What is added instead of a call of the operator: several steps in order. */
  readonly steps?: readonly unknown[];
}

/** From the detector to the answer, the order in which a recipe is read. */
export const GROUP_ORDER: readonly PaletteGroup[] = [
  'signal',
  'axis',
  'scatter',
  'smooth',
  'baseline',
  'orthogonal',
  'scale',
  'reduce',
  'filter',
  'augment',
  'target',
  'split',
  'regression',
  'classification',
  'combine',
];

/**
 * Every operator in its group; those that can transform the target a second time under Target. What makes sense on the
 * target alone (logarithm of y, classes) stands there only.
 */
export function paletteEntries(operators: readonly OperatorDescriptor[]): PaletteEntry[] {
  const entries = operators.flatMap((operator): PaletteEntry[] => [
    ...(operator.kind !== 'transform' || (operator.spectral && operator.group !== 'target')
      ? [{ key: operator.id, group: operator.group, operator }]
      : []),
    ...(operator.target && operator.kind === 'transform'
      ? [{ key: `target:${operator.id}`, group: 'target' as const, operator }]
      : []),
  ]);
  return entries.sort((a, b) => GROUP_ORDER.indexOf(a.group) - GROUP_ORDER.indexOf(b.group));
}

/**
 * The entries that match what was typed, best first: a name or alias that is it, then one that begins with it, then one that contains it,
 * then a summary that mentions it. Everything, in palette order, for an empty query.
 */
export function searchPalette(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [...entries];
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

const NO_MATCH = 4;

function rankOf({ operator, group }: PaletteEntry, wanted: string): number {
  // A Python path matches by its last part: nobody types the package.
  const aliases = operator.aliases.map((alias) => alias.slice(alias.lastIndexOf('.') + 1));
  const names = [operator.id, operator.title, ...aliases].map((name) => name.toLowerCase());
  const initials = operator.title
    .split(/[\s–-]+/)
    .map((word) => word.charAt(0).toLowerCase())
    .join('');
  if (names.includes(wanted)) return -1;
  if (names.some((name) => name.startsWith(wanted)) || initials === wanted) return 0;
  if (names.some((name) => name.split(/[\s–-]+/).some((word) => word.startsWith(wanted)))) return 1;
  if (names.some((name) => name.includes(wanted)) || group.startsWith(wanted)) return 2;
  return `${operator.summary} ${operator.whenToUse}`.toLowerCase().includes(wanted) ? 3 : NO_MATCH;
}
