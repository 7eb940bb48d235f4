import { atStep, countValues, type NumericDimension } from '#core/tuning/dimension.ts';

/**
 * A numeric dimension seen as the interval [0, 1], linear or logarithmic. Values of a dimension with steps own a cell
 * around them, so that equally likely positions give equally likely values, also at the ends.
 */
export interface UnitScale {
  /** The position of a value; values beyond the range are moved to its ends. */
  position(value: number): number;
  /** The cell of the value; both ends are its position in a continuous dimension. */
  cell(value: number): readonly [number, number];
  /** The nearest value at a position. */
  value(position: number): number;
}

export function unitScale(dimension: NumericDimension): UnitScale {
  const { low, high, step, log } = dimension;
  const forward = (value: number): number => (log ? Math.log(value) : value);
  const last = countValues(dimension) - 1;
  const top = step === null ? high : atStep(dimension, last);
  const margin = step === null ? 0 : step / 2;
  const start = forward(low - margin);
  const span = forward(top + margin) - start;
  const at = (value: number): number => (span === 0 ? 0.5 : clamp((forward(value) - start) / span, 0, 1));
  const inside = (value: number): number => clamp(value, low, top);
  return {
    position: (value) => at(inside(value)),
    cell: (value) => [at(inside(value) - margin), at(inside(value) + margin)],
    value(position) {
      const raw = start + span * clamp(position, 0, 1);
      const found = log ? Math.exp(raw) : raw;
      if (step === null) return inside(found);
      return atStep(dimension, clamp(Math.round((found - low) / step), 0, last));
    },
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
