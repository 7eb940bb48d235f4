/** Between the left edge of the legend and the plot's menu in the right corner. */
const LEFT = 58;
const MENU = 46;
const CHARACTER = 6.1;
const ICON = 24;
const GAP = 12;
const ROW = 20;

/**
 * Where a legend above a plot stands, and how far down the plot begins: ECharts wraps entries but does not tell into how
 * many rows, so their widths are estimated from the names.
 */
export function legendLayout(
  names: readonly string[],
  width: number,
): {
  readonly legend: { left: number; top: number; width: number; padding: number; itemGap: number };
  readonly top: number;
} {
  const room = Math.max(120, width - LEFT - MENU);
  let rows = 1;
  let used = 0;
  for (const name of names) {
    const size = ICON + name.length * CHARACTER + GAP;
    if (used > 0 && used + size > room) {
      rows++;
      used = 0;
    }
    used += size;
  }
  return { legend: { left: LEFT, top: 7, width: room, padding: 0, itemGap: GAP }, top: 14 + rows * ROW };
}

/** An entry for a line without points: ECharts would draw one on its icon. */
export const lineEntry = (name: string): { name: string; itemStyle: { opacity: number } } => ({
  name,
  itemStyle: { opacity: 0 },
});
