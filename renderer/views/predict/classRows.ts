import type { PredictionTable } from '#core/contract/models.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';

export interface ClassRow {
  readonly id: string;
  /** Name of the predicted class. */
  readonly predicted: string;
  /** Of the predicted class; NaN for classifiers without probabilities. */
  readonly probability: number;
  /** As the file has it; '' where there is none. */
  readonly measured: string;
  /** Null where there is nothing to compare with. */
  readonly agrees: boolean | null;
}

/** One row a sample: the predicted class, how probable it is, and the class in the file. */
export function classRows(table: PredictionTable, classes: readonly string[]): ClassRow[] {
  const { predicted, probabilities, measuredLabels } = table;
  return table.sampleIds.map((id, i) => {
    const code = predicted[i] ?? -1;
    const name = classes[code] ?? t('predict.result.none');
    const measured = measuredLabels?.[i] ?? '';
    const probability = code < 0 ? NaN : (probabilities?.[i * classes.length + code] ?? NaN);
    return { id, predicted: name, probability, measured, agrees: measured === '' ? null : measured === classes[code] };
  });
}

/** Sorts by a column of the table; missing values go last in both directions. */
export function sortClassRows(rows: readonly ClassRow[], key: string, descending: boolean): ClassRow[] {
  const sign = descending ? -1 : 1;
  const text = (row: ClassRow): string => {
    if (key === 'id') return row.id;
    if (key === 'agrees') return row.agrees === null ? '' : row.agrees ? 'b' : 'a';
    return key === 'measured' ? row.measured : row.predicted;
  };
  return [...rows].sort((a, b) => {
    if (key === 'probability') {
      if (Number.isNaN(a.probability) || Number.isNaN(b.probability))
        return Number(Number.isNaN(a.probability)) - Number(Number.isNaN(b.probability));
      return sign * (a.probability - b.probability);
    }
    const [x, y] = [text(a), text(b)];
    if (x === '' || y === '') return Number(x === '') - Number(y === '');
    return sign * x.localeCompare(y, undefined, { numeric: true });
  });
}

/** What the CSV file holds: a probability for each class, full precision. */
export function classCsvTable(table: PredictionTable, classes: readonly string[]): PlotTable {
  const { probabilities, measuredLabels, target } = table;
  const rows = classRows(table, classes);
  return {
    columns: [
      'sample',
      `${target} predicted`,
      ...(probabilities ? classes.map((name) => `probability ${name}`) : []),
      ...(measuredLabels ? [`${target} measured`] : []),
    ],
    rows: rows.map((row, i) => [
      row.id,
      row.predicted,
      ...(probabilities ? classes.map((_, k) => probabilities[i * classes.length + k] ?? null) : []),
      ...(measuredLabels ? [row.measured] : []),
    ]),
  };
}
