/** What the numbers of a spectral axis mean. 'index' means that the file named channels only. */
export type AxisUnit = 'nm' | 'cm-1' | 'index';

/** The wavelength axis of one source: one value a column, in file order (ascending or descending). */
export interface Axis {
  readonly values: Float64Array;
  readonly unit: AxisUnit;
}

export const indexAxis = (n: number): Axis => ({
  values: Float64Array.from({ length: n }, (_, j) => j),
  unit: 'index',
});

/** The part of an axis from column `start` to before column `end`. */
export const sliceAxis = (axis: Axis, start: number, end: number): Axis => ({
  values: axis.values.slice(start, end),
  unit: axis.unit,
});
