import { EngineError } from '#core/base/errors.ts';
import type { Axis, AxisUnit } from '#core/data/axis.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** How the columns of a file become the columns of a model. Nothing is ever interpolated. */
export interface AxisMatch {
  /** For each model column the column of the file, or null when they already agree one to one. */
  readonly columns: Int32Array | null;
  /** Columns of the file that the model does not use. */
  readonly dropped: number;
  /** False where one of the two axes only counts channels, so that the wavelengths could not be compared. */
  readonly compared: boolean;
}

/**
 * Compares a file's axis with the one a model expects. The same points in another order, or more points on exactly the
 * same grid, are matched by picking columns; anything else is refused.
 * Two values are the same within 1e-3 or a millionth of the value, and never further than a quarter of the model's step.
 * @throws predict.axis-mismatch
 */
export function checkAxis(model: Axis, file: Axis): AxisMatch {
  const refuse = (problem: string): EngineError<'predict.axis-mismatch'> =>
    new EngineError('predict.axis-mismatch', { expected: axisInWords(model), found: axisInWords(file), problem });

  if (model.unit === 'index' || file.unit === 'index') {
    if (model.values.length !== file.values.length) throw refuse('the number of channels differs.');
    return { columns: null, dropped: 0, compared: model.unit === file.unit };
  }
  if (model.unit !== file.unit) throw refuse('their units differ.');

  const columns = matchColumns(model.values, file.values);
  const missing = columns.indexOf(-1);
  if (missing >= 0) {
    const unmatched = columns.filter((column) => column < 0).length;
    throw refuse(
      `${countOf(unmatched, 'point')} of the model ${unmatched === 1 ? 'is' : 'are'} not in the file, ` +
        `the first at ${formatValue(model.values[missing] ?? NaN)} ${unitNames[model.unit]}.`,
    );
  }
  if (new Set(columns).size !== columns.length)
    throw refuse('two points of the model match the same point of the file.');
  const dropped = file.values.length - columns.length;
  const identical = dropped === 0 && columns.every((column, j) => column === j);
  return { columns: identical ? null : columns, dropped, compared: true };
}

/** The columns that the match picked, in the model's order; the matrix itself when nothing changes. */
export function pickColumns(x: Matrix, match: AxisMatch): Matrix {
  const { columns } = match;
  if (columns === null) return x;
  const data = new Float64Array(x.rows * columns.length);
  for (let i = 0; i < x.rows; i++)
    for (let k = 0; k < columns.length; k++)
      data[i * columns.length + k] = x.data[i * x.cols + (columns[k] ?? 0)] ?? NaN;
  return { rows: x.rows, cols: columns.length, data };
}

/** What was done with a file's axis, in a sentence for the person. */
export function axisMatchInWords(match: AxisMatch, model: Axis): string {
  if (!match.compared)
    return `Only the number of channels (${model.values.length}) could be compared, because one side names no wavelengths.`;
  if (match.dropped > 0)
    return `${countOf(match.dropped, 'point')} of the file that the model does not use ${match.dropped === 1 ? 'was' : 'were'} left out.`;
  if (match.columns !== null) return 'The points were put in the order of the model.';
  return 'The axis of the file is the axis of the model.';
}

/** An axis in a half-sentence, for example "100 points from 850 to 1048 nm, 2 apart". */
export function axisInWords(axis: Axis): string {
  const { values, unit } = axis;
  const first = values[0];
  const last = values.at(-1);
  if (unit === 'index' || first === undefined || last === undefined)
    return `${countOf(values.length, 'channel')} without wavelengths`;
  if (values.length === 1) return `1 point at ${formatValue(first)} ${unitNames[unit]}`;
  const step = Math.abs(last - first) / (values.length - 1);
  const even = smallestStep(values) > step * 0.99;
  return (
    `${values.length} points from ${formatValue(first)} to ${formatValue(last)} ${unitNames[unit]}, ` +
    (even ? `${formatValue(step)} apart` : 'unevenly spaced')
  );
}

const unitNames: Record<AxisUnit, string> = { nm: 'nm', 'cm-1': 'cm⁻¹', index: 'channels' };
const countOf = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
const formatValue = (value: number): string => String(Number(value.toPrecision(7)));

/** Wavelengths are written with three decimals at best, and six digits survive a single precision file. */
const ABSOLUTE_TOLERANCE = 1e-3;
const RELATIVE_TOLERANCE = 1e-6;

/** For each model value the nearest column of the file within tolerance, or −1. */
function matchColumns(model: Float64Array, file: Float64Array): Int32Array {
  const widest = model.length > 1 ? smallestStep(model) / 4 : Infinity;
  const same = (a: number, b: number): boolean =>
    Math.abs(a - b) <= Math.min(widest, Math.max(ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE * Math.abs(a)));
  // One to one first: it also holds for an axis that names a point twice.
  if (model.length === file.length && model.every((value, j) => same(value, file[j] ?? NaN)))
    return Int32Array.from(model, (_, j) => j);

  const order = Int32Array.from(file, (_, j) => j).sort((a, b) => (file[a] ?? 0) - (file[b] ?? 0));
  const sorted = Float64Array.from(order, (j) => file[j] ?? NaN);
  return Int32Array.from(model, (value) => {
    const at = nearest(sorted, value);
    return same(value, sorted[at] ?? NaN) ? (order[at] ?? -1) : -1;
  });
}

function smallestStep(values: Float64Array): number {
  const sorted = values.slice().sort();
  let smallest = Infinity;
  for (let j = 1; j < sorted.length; j++) smallest = Math.min(smallest, (sorted[j] ?? 0) - (sorted[j - 1] ?? 0));
  return smallest;
}

/** Position of the value closest to `wanted` in an ascending list. */
function nearest(sorted: Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  const below = Math.abs((sorted[low - 1] ?? -Infinity) - wanted);
  return below < Math.abs((sorted[low] ?? Infinity) - wanted) ? low - 1 : low;
}
