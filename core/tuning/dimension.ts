/** What a parameter may be. */
export type ParamValue =
  number | string | boolean | null | readonly ParamValue[] | { readonly [key: string]: ParamValue };
export type Params = Readonly<Record<string, ParamValue>>;

/** Whole numbers low, low + step, … ≤ high. */
export interface IntegerDimension {
  readonly kind: 'int';
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Drawn evenly on a logarithmic axis; then the step is 1. */
  readonly log: boolean;
}

/** Numbers from low to high, both included; with a step only low, low + step, … */
export interface FloatDimension {
  readonly kind: 'float';
  readonly low: number;
  readonly high: number;
  readonly step: number | null;
  readonly log: boolean;
}

/** Named alternatives without an order. */
export interface CategoricalDimension {
  readonly kind: 'categorical';
  readonly choices: readonly ParamValue[];
}

/** The space of one parameter. */
export type Dimension = IntegerDimension | FloatDimension | CategoricalDimension;
export type NumericDimension = IntegerDimension | FloatDimension;

/** Number of different values; Infinity for a continuous range. */
export function countValues(dimension: Dimension): number {
  if (dimension.kind === 'categorical') return dimension.choices.length;
  if (dimension.step === null) return dimension.high > dimension.low ? Infinity : 1;
  return stepsOf(dimension.low, dimension.high, dimension.step) + 1;
}

/**
 * The values that a grid visits, in order: all of a finite dimension, and `GRID_LEVELS` evenly spaced ones (on the
 * logarithmic axis where `log` is set) of a continuous one.
 */
export function levelsOf(dimension: Dimension): readonly ParamValue[] {
  if (dimension.kind === 'categorical') return dimension.choices;
  const count = Math.min(countValues(dimension), dimension.step === null ? GRID_LEVELS : Infinity);
  if (dimension.step !== null) return Array.from({ length: count }, (_, i) => atStep(dimension, i));
  if (count === 1) return [dimension.low];
  return Array.from({ length: count }, (_, i) => between(dimension, i / (count - 1)));
}

/** The value that stands at position `index` of a dimension with a step, free of the rounding of repeated addition. */
export function atStep({ low, step }: NumericDimension, index: number): number {
  const size = step ?? 1;
  return Number((low + index * size).toPrecision(12));
}

/** Number of whole steps from low to high; a hair of tolerance, so that 0 … 1 in steps of 0.1 has ten. */
const stepsOf = (low: number, high: number, step: number): number => Math.floor((high - low) / step + 1e-9);

/** The value at a fraction 0 … 1 of a continuous range; the ends are met exactly. */
function between({ low, high, log }: NumericDimension, fraction: number): number {
  if (fraction <= 0) return low;
  if (fraction >= 1) return high;
  return log ? low * (high / low) ** fraction : low + (high - low) * fraction;
}

/** Levels of a continuous dimension on a grid. */
const GRID_LEVELS = 10;
