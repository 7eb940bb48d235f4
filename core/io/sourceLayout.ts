import type { FileOptions } from '#core/contract/imports.ts';
import type { TableLayout } from '#core/io/detectLayout.ts';

/**
 * The layout of a file that is said to be a source. A source need not be a spectrum: where no column is one, all numbers
 * (markers, other measurements) are its columns, except those with a role by choice.
 */
export function sourceLayout(layout: TableLayout, options: FileOptions): TableLayout {
  const { columns } = layout;
  if (columns.some(({ role }) => role === 'spectra')) return layout;
  const chosen = (name: string, k: number): boolean =>
    options.columns?.[`#${k + 1}`] !== undefined || Object.hasOwn(options.columns ?? {}, name);
  return {
    ...layout,
    columns: columns.map((column, k) =>
      column.role === 'target' && !chosen(column.name, k) ? { ...column, role: 'spectra' } : column,
    ),
  };
}
