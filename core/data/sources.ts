import type { SourceReport } from '#core/contract/imports.ts';
import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { Dataset, SignalType, SourceColumns } from '#core/data/dataset.ts';
import { rowOf, zerosLike, type Matrix } from '#core/numerics/matrix.ts';

/** The sources of a dataset in the order of their columns; one for an ordinary dataset. */
export function sourcesOf({ source, sources }: Pick<Dataset, 'source' | 'sources'>): readonly SourceColumns[] {
  if (sources !== undefined) return sources;
  return [{ name: source.name, from: 0, to: source.x.cols, axis: source.axis, signal: source.signal }];
}

/** A source on its way into a dataset: its own axis stands for its columns. */
export type SourcePart = Pick<SourceColumns, 'name' | 'axis' | 'signal'>;

/**
 * The whole of several sources that stand side by side in this order: which columns each has, the axis of the whole
 * (column numbers, since no unit holds for all), and its signal (unknown where they differ).
 */
export function sideBySide(parts: readonly SourcePart[]): {
  readonly axis: Axis;
  readonly signal: SignalType;
  readonly sources: readonly SourceColumns[];
} {
  let at = 0;
  const sources = parts.map(({ name, axis, signal }): SourceColumns => {
    const from = at;
    at += axis.values.length;
    return { name, from, to: at, axis, signal };
  });
  const [first] = parts;
  const alike = first !== undefined && parts.every(({ signal }) => signal === first.signal);
  return { axis: indexAxis(at), signal: alike ? first.signal : 'unknown', sources };
}

/** Columns from … to − 1 as a matrix of their own (n × (to − from)), on shared memory where `x` is; `x` itself if all. */
export function columnsOf(x: Matrix, { from, to }: { readonly from: number; readonly to: number }): Matrix {
  if (from === 0 && to === x.cols) return x;
  const out = zerosLike({ rows: x.rows, cols: to - from, data: x.data });
  for (let i = 0; i < x.rows; i++) out.data.set(rowOf(x, i).subarray(from, to), i * out.cols);
  return out;
}

/** The sources of a dataset as lists and reports name them; none where there is only one. */
export const sourceReports = ({ sources }: Pick<Dataset, 'sources'>): SourceReport[] | undefined =>
  sources?.map(({ name, from, to, axis, signal }) => ({
    name,
    columns: to - from,
    unit: axis.unit,
    from: axis.values.at(0) ?? 0,
    to: axis.values.at(-1) ?? 0,
    signal,
  }));
