import { addTo } from '#core/base/addTo.ts';
import { EngineError } from '#core/base/errors.ts';
import type { FitContext } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { rowOf, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { metadataColumn } from '#core/transforms/orthogonal/metadataColumn.ts';

/**
 * What varies while the sample stays the same. Without a condition column: each row minus the mean of its sample. With
 * one: for each condition, the mean over samples of what the condition adds to the mean of the sample (Roger et al.
 * 2003). Samples with one measurement (or condition) are left out. Returns differences × p.
 * @throws numerics.parameter, numerics.too-few, numerics.not-finite
 */
export function replicateDifferences(
  operator: string,
  x: Matrix,
  params: { readonly sample: string; readonly condition: string | null },
  { metadata }: FitContext,
): Matrix {
  requireFinite(x.data, operator, 'the spectra');
  const samples = groupsOf(metadataColumn(operator, 'sample', params.sample, metadata), [...Array(x.rows).keys()]);
  const differences =
    params.condition === null
      ? withinSamples(x, samples)
      : betweenConditions(x, samples, metadataColumn(operator, 'condition', params.condition, metadata));
  if (differences.length === 0)
    throw new EngineError('numerics.too-few', {
      operator,
      what: `samples (column "${params.sample}") that were measured more than once`,
      needed: 1,
      found: 0,
    });
  const data = new Float64Array(differences.length * x.cols);
  differences.forEach((row, i) => {
    data.set(row, i * x.cols);
  });
  return { rows: differences.length, cols: x.cols, data };
}

/** Rows by name; rows without a name are left out. */
function groupsOf(names: readonly string[], rows: readonly number[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    if (names[row] === '') continue;
    const group = groups.get(names[row]);
    if (group) group.push(row);
    else groups.set(names[row], [row]);
  }
  return groups;
}

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, j) => value - b[j]);

function withinSamples(x: Matrix, samples: ReadonlyMap<string, readonly number[]>): Float64Array[] {
  return [...samples.values()]
    .filter((rows) => rows.length > 1)
    .flatMap((rows) => {
      const centre = columnMeans(takeRows(x, rows));
      return rows.map((row) => minus(rowOf(x, row), centre));
    });
}

function betweenConditions(
  x: Matrix,
  samples: ReadonlyMap<string, readonly number[]>,
  conditions: readonly string[],
): Float64Array[] {
  const additions = new Map<string, Float64Array[]>();
  for (const rows of samples.values()) {
    const measured = [...groupsOf(conditions, rows)].map(
      ([condition, those]) => [condition, columnMeans(takeRows(x, those))] as const,
    );
    if (measured.length < 2) continue;
    const centre = meanOf(measured.map(([, spectrum]) => spectrum));
    for (const [condition, spectrum] of measured) addTo(additions, condition, minus(spectrum, centre));
  }
  return [...additions.values()].map(meanOf);
}

function meanOf(spectra: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(spectra[0].length);
  for (const spectrum of spectra) spectrum.forEach((value, j) => (out[j] += value / spectra.length));
  return out;
}
