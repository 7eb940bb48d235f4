import type { VariantSummary } from '#core/contract/runTypes.ts';
import { groupFigures } from '#renderer/views/runs/groupFigures.ts';
import type { GroupFigures } from '#renderer/views/runs/groupFigures.ts';
import type { GroupView } from '#renderer/views/runs/runView.ts';

export interface GridRow {
  readonly group: GroupView;
  readonly figures: GroupFigures;
  /** The chosen row; before the choice the best mean so far among rows with the most finished folds. */
  readonly best: boolean;
}

/**
 * Rows that compete in the order of their current mean, those without any finished fold last, in the order they will
 * run; then base models as the branches have them.
 */
export function gridRows(
  groups: readonly GroupView[],
  higherIsBetter: boolean,
  winner: VariantSummary | null = null,
): GridRow[] {
  const sign = higherIsBetter ? -1 : 1;
  const rows = groups.map((group) => {
    const chosen = winner?.fitGroup === group.group ? group.variants.indexOf(winner.variant) : -1;
    return { group, figures: groupFigures(group, higherIsBetter, chosen < 0 ? undefined : chosen) };
  });
  const worst = Number.POSITIVE_INFINITY;
  const order = ({ figures }: (typeof rows)[number]): number => (figures.mean === null ? worst : sign * figures.mean);
  const inOrder = (a: (typeof rows)[number], b: (typeof rows)[number]): number =>
    a.group.base ? 0 : compare(order(a), order(b));
  rows.sort((a, b) => Number(a.group.base) - Number(b.group.base) || inOrder(a, b) || a.group.group - b.group.group);
  const leader = rows.find(({ group }) => group.group === winner?.fitGroup) ?? bestRow(rows);
  return rows.map((row) => ({ ...row, best: row === leader }));
}

/** A row that has seen two of five folds may look good by luck: only the fullest rows compete. */
function bestRow<R extends Omit<GridRow, 'best'>>(ordered: readonly R[]): R | undefined {
  const competing = ordered.filter(({ group }) => !group.base);
  const most = Math.max(0, ...competing.map(({ figures }) => figures.finished));
  return competing.find(({ figures }) => figures.mean !== null && figures.finished === most);
}

/** A line of the grid: a row, or the heading of the base models of a branch. */
export type GridLine =
  | { readonly kind: 'row'; readonly row: GridRow }
  | { readonly kind: 'branch'; readonly path: readonly string[]; readonly models: number };

/** The rows with a heading before the base models of every branch. */
export function gridLines(rows: readonly GridRow[]): GridLine[] {
  const branches = new Map<string, { path: readonly string[]; rows: GridRow[] }>();
  for (const row of rows) {
    if (!row.group.base) continue;
    const path = row.group.branchPath;
    const key = JSON.stringify(path);
    const known = branches.get(key);
    if (known) known.rows.push(row);
    else branches.set(key, { path, rows: [row] });
  }
  return [
    ...rows.filter(({ group }) => !group.base).map((row) => ({ kind: 'row' as const, row })),
    ...[...branches.values()].flatMap(({ path, rows: own }): GridLine[] => [
      { kind: 'branch', path, models: own.length },
      ...own.map((row) => ({ kind: 'row' as const, row })),
    ]),
  ];
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Lowest and highest score on the grid, for its shades. Null before the first fold. */
export function scoreExtent(rows: readonly GridRow[]): { low: number; high: number } | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { group, figures } of rows)
    for (const cell of group.cells) {
      const score = cell.status === 'done' ? cell.scores[figures.at] : null;
      if (score === null || score === undefined || !Number.isFinite(score)) continue;
      low = Math.min(low, score);
      high = Math.max(high, score);
    }
  return low <= high ? { low, high } : null;
}

/** 0 for the worst cell of the grid, 1 for the best: how much ink it gets. */
export function inkOf(score: number, extent: { low: number; high: number }, higherIsBetter: boolean): number {
  if (extent.high === extent.low) return 0.5;
  const share = (score - extent.low) / (extent.high - extent.low);
  return higherIsBetter ? share : 1 - share;
}
