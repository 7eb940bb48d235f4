import type { VariantSummary } from '#core/contract/runs.ts';
import { groupFigures } from '#renderer/views/runs/groupFigures.ts';
import type { GroupFigures } from '#renderer/views/runs/groupFigures.ts';
import type { GroupView } from '#renderer/views/runs/runView.ts';

export interface GridRow {
  readonly group: GroupView;
  readonly figures: GroupFigures;
  /** The chosen row; before the choice the best mean so far among rows with the most finished folds. */
  readonly best: boolean;
}

/** Rows in the order of their current mean, rows without any finished fold last, in the order they will run. */
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
  rows.sort((a, b) => compare(order(a), order(b)) || a.group.group - b.group.group);
  const leader = rows.find(({ group }) => group.group === winner?.fitGroup) ?? bestRow(rows);
  return rows.map((row) => ({ ...row, best: row === leader }));
}

/** A row that has seen two of five folds may look good by luck: only the fullest rows compete. */
function bestRow<R extends { readonly figures: GroupFigures }>(ordered: readonly R[]): R | undefined {
  const most = Math.max(0, ...ordered.map(({ figures }) => figures.finished));
  return ordered.find(({ figures }) => figures.mean !== null && figures.finished === most);
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
