import { EngineError } from '#core/base/errors.ts';
import type { FitContext, RowFacts } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { metadataColumn } from '#core/transforms/orthogonal/metadataColumn.ts';

export interface TransferParameters {
  readonly sample: string;
  readonly instrument: string;
  readonly reference: string | null;
}

/** The same samples on the reference instrument and on another one: row i of both is one sample. */
export interface InstrumentPairs {
  readonly reference: string;
  readonly primary: Matrix;
  readonly secondary: Matrix;
}

/**
 * Finds the samples among the training rows that were measured on the reference instrument and on another one. Repeated
 * measurements of a sample on one instrument are averaged; a sample on three instruments gives two pairs.
 * @throws numerics.parameter, numerics.too-few, numerics.not-finite
 */
export function instrumentPairs(
  operator: string,
  x: Matrix,
  params: TransferParameters,
  { metadata, notice }: FitContext,
): InstrumentPairs {
  requireFinite(x.data, operator, 'the spectra');
  const samples = metadataColumn(operator, 'sample', params.sample, metadata);
  const instruments = metadataColumn(operator, 'instrument', params.instrument, metadata);
  const names = [...new Set(instruments)].filter((name) => name !== '').sort();
  const reference = params.reference ?? names[0] ?? '';
  if (!names.includes(reference))
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'reference',
      problem: `is "${reference}", but the training samples were measured on: ${names.join(', ') || 'no instrument'}.`,
    });
  if (params.reference === null) notice(`${operator}: the reference instrument is "${reference}".`);

  const rowsOf = (sample: string, instrument: string): number[] =>
    [...Array(x.rows).keys()].filter((i) => samples[i] === sample && instruments[i] === instrument);
  const pairs = [...new Set(samples)]
    .filter((sample) => sample !== '')
    .flatMap((sample) => {
      const first = rowsOf(sample, reference);
      const others = names.filter((name) => name !== reference).map((name) => rowsOf(sample, name));
      return first.length === 0 ? [] : others.filter((rows) => rows.length > 0).map((rows) => [first, rows] as const);
    });
  if (pairs.length < 2)
    throw new EngineError('numerics.too-few', {
      operator,
      what: `training samples (column "${params.sample}") measured on "${reference}" and on another instrument`,
      needed: 2,
      found: pairs.length,
    });
  const stacked = (rowsOfPair: readonly (readonly number[])[]): Matrix => {
    const data = new Float64Array(rowsOfPair.length * x.cols);
    rowsOfPair.forEach((rows, i) => {
      data.set(columnMeans(takeRows(x, rows)), i * x.cols);
    });
    return { rows: rowsOfPair.length, cols: x.cols, data };
  };
  return {
    reference,
    primary: stacked(pairs.map(([rows]) => rows)),
    secondary: stacked(pairs.map(([, rows]) => rows)),
  };
}

/** Which rows to correct: all but those of the reference instrument. Spectra that come without metadata are corrected. */
export function needsTransfer(
  rows: RowFacts | undefined,
  instrument: string,
  reference: string,
): (row: number) => boolean {
  const names = rows?.metadata[instrument];
  return (row) => names?.[row] !== reference;
}
