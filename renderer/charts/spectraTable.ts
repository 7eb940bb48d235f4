import type { SpectraBands, SpectraLines } from '#core/contract/datasets.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';

/** The plotted numbers: one row a wavelength, the bands and then a column for each line that is drawn. */
export function spectraTable(
  axis: Float64Array,
  axisName: string,
  lines: SpectraLines | null,
  bands: SpectraBands | null,
): PlotTable {
  const bandNames = bands ? (['min', 'p5', 'p25', 'median', 'p75', 'p95', 'max'] as const) : [];
  const p = axis.length;
  const number = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value;
  return {
    columns: [axisName, ...bandNames, ...(lines?.ids ?? [])],
    rows: Array.from(axis, (x, j) => [
      x,
      ...bandNames.map((name) => number(bands?.[name][j])),
      ...(lines ? lines.ids.map((_, k) => number(lines.values[k * p + j])) : []),
    ]),
  };
}
