import type { FileRole } from '#core/contract/imports.ts';

/** What a file's name says about its role; null when it says nothing. */
export function fileRoleHint(name: string): FileRole | null {
  const stem = fileStem(name).toLowerCase();
  for (const [pattern, role] of PATTERNS) if (pattern.test(stem)) return role;
  return null;
}

/** The name without folder, extension and .gz. */
export const fileStem = (name: string): string => name.replace(/\.gz$/i, '').replace(/\.[^.]{1,5}$/, '');

/** True for names of text tables, compressed or not. */
export const isTableName = (name: string): boolean => /\.(csv|tsv|tab|txt|dat|asc|prn|xy)(\.gz)?$/i.test(name);

const PATTERNS: readonly (readonly [RegExp, FileRole])[] = [
  [/^x$|^x[\s_.-]|^x(cal|train|val|test)\d*$/, 'spectra'],
  [/^y$|^y[\s_.-]|^y(cal|train|val|test)\d*$/, 'targets'],
  [/(^|[\s_.-])(splits?|partitions?|folds?)([\s_.-]|$)/, 'split'],
  [/^m$|(^|[\s_.-])(meta|metadata)([\s_.-]|$)/, 'metadata'],
  [/spectra|spectrum/, 'spectra'],
  [
    /(^|[\s_.-])(targets?|references?|refs?|responses?|labels?|lab|chemistry|wetchem|concentrations?|properties)([\s_.-]|$)/,
    'targets',
  ],
];
