import type { PredictionTable } from '#core/contract/models.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';

export type PredictionStatus = 'ok' | 'high' | 'low' | 'invalid' | 'unknown';

export interface PredictionRow {
  readonly id: string;
  readonly predicted: number;
  /** NaN where the files have no reference value. */
  readonly measured: number;
  /** Predicted minus measured; NaN without a reference value. */
  readonly residual: number;
  readonly status: PredictionStatus;
}

/** One row a sample, with where its prediction lies with respect to the calibration. */
export const predictionRows = (table: PredictionTable): PredictionRow[] =>
  table.sampleIds.map((id, k) => {
    const predicted = table.predicted[k] ?? Number.NaN;
    const measured = table.measured?.[k] ?? Number.NaN;
    return { id, predicted, measured, residual: predicted - measured, status: statusOf(predicted, table.range) };
  });

export function statusOf(predicted: number, range: PredictionTable['range']): PredictionStatus {
  if (!Number.isFinite(predicted)) return 'invalid';
  if (!range) return 'unknown';
  if (predicted > range.high) return 'high';
  return predicted < range.low ? 'low' : 'ok';
}

/** Sorts by a column of the table; missing values go last in both directions. */
export function sortRows(rows: readonly PredictionRow[], key: string, descending: boolean): PredictionRow[] {
  const value = (row: PredictionRow): number | string =>
    key === 'id' || key === 'status' ? row[key] : key === 'measured' || key === 'residual' ? row[key] : row.predicted;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (typeof x === 'string' || typeof y === 'string') {
      const order = String(x).localeCompare(String(y), undefined, { numeric: true });
      return descending ? -order : order;
    }
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return descending ? y - x : x - y;
  });
}

/** What the CSV file holds: full precision, the status in words. */
export function predictionCsvTable(table: PredictionTable): PlotTable {
  const { target, targetUnit, measured } = table;
  const named = (what: string): string => (targetUnit ? `${target} ${what} (${targetUnit})` : `${target} ${what}`);
  const cell = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    columns: ['sample', named('predicted'), ...(measured ? [named('measured'), named('residual')] : []), 'status'],
    rows: predictionRows(table).map((row) => [
      row.id,
      cell(row.predicted),
      ...(measured ? [cell(row.measured), cell(row.residual)] : []),
      t(`predict.status.${row.status}`),
    ]),
  };
}
