import type { PredictionTable } from '#core/contract/models.ts';
import { writeCsv, type CsvColumn } from '#core/io/tableWriter.ts';

/**
 * The table as CSV. Regression: id, prediction, and the reference value with its residual where there is one.
 * Classification: id, predicted class, a probability for each class, and the reference class where there is one.
 */
export function predictionCsv(table: PredictionTable): string {
  return writeCsv(
    [
      { name: 'sample_id', values: table.sampleIds },
      ...(table.classes === null ? valueColumns(table) : classColumns(table, table.classes)),
    ],
    { separator: ',', decimal: '.' },
  );
}

function valueColumns({ target, predicted, measured }: PredictionTable): CsvColumn[] {
  return [
    { name: `${target}_predicted`, values: predicted },
    ...(measured === null
      ? []
      : [
          { name: `${target}_measured`, values: measured },
          { name: `${target}_residual`, values: predicted.map((value, i) => value - (measured[i] ?? NaN)) },
        ]),
  ];
}

function classColumns(table: PredictionTable, classes: readonly string[]): CsvColumn[] {
  const { target, predicted, probabilities, measuredLabels } = table;
  return [
    { name: `${target}_predicted`, values: Array.from(predicted, (code) => classes[code] ?? 'none') },
    ...(probabilities === null
      ? []
      : classes.map((name, k) => ({
          name: `probability_${name}`,
          values: predicted.map((_, i) => probabilities[i * classes.length + k] ?? NaN),
        }))),
    ...(measuredLabels === null ? [] : [{ name: `${target}_measured`, values: measuredLabels }]),
  ];
}
