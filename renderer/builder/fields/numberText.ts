import type { ParameterDescriptor } from '#core/contract/operators.ts';

/** A typed number, or null for text that is none. A decimal comma counts as a point. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** Typed values separated by commas, semicolons or blanks: "1, 2, 5". Null where one of them is no number. */
export function parseNumbers(text: string): number[] | null {
  const parts = text.split(/[;,\s]+/).filter((part) => part !== '');
  const values = parts.map(parseNumber);
  return values.every((value) => value !== null) ? values : null;
}

/**
 * The next value when an arrow key scrubs a number: whole steps for counts, two at a time where only odd numbers are
 * allowed, the declared step, or one unit of the second significant digit. Stays within the limits.
 */
export function scrub(parameter: ParameterDescriptor, value: number, direction: 1 | -1, fast: boolean): number {
  const step = stepOf(parameter, value) * (fast ? FAST : 1);
  const moved = Number((value + direction * step).toPrecision(12));
  const { min = -Infinity, max = Infinity, exclusiveMin = -Infinity, exclusiveMax = Infinity } = parameter;
  if (moved <= exclusiveMin || moved >= exclusiveMax) return value;
  return Math.min(Math.max(moved, min), max);
}

/** Shift makes ten steps of one. */
const FAST = 10;

function stepOf({ type, step, odd }: ParameterDescriptor, value: number): number {
  if (type === 'integer') return odd === true ? 2 : (step ?? 1);
  if (step !== undefined) return step;
  return value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
}
