import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';

/** A smooth function of few variables, with its gradient. */
export type Objective = (at: Float64Array) => { readonly value: number; readonly gradient: Float64Array };

export interface DescentResult {
  readonly at: Float64Array;
  readonly value: number;
  readonly settled: boolean;
}

/**
 * A local minimum within bounds for a handful of variables: BFGS on the variables that are free to move, projected steps
 * with backtracking (Bertsekas 1982, SIAM J. Control Optim. 20, 221–246). Ends when the projected gradient is below
 * 1e-6 or a step lowers the value by less than 2e-9 of it. Values that are not finite count as uphill.
 *
 * @param start length m, moved into the bounds if it lies outside
 */
export function boxedDescent(
  objective: Objective,
  start: Float64Array,
  bounds: readonly (readonly [number, number])[],
  cancel: CancelToken,
): DescentResult {
  const inside = (v: Float64Array): Float64Array =>
    v.map((value, k) => Math.min(bounds[k][1], Math.max(bounds[k][0], value)));
  let at = inside(start);
  let { value, gradient } = objective(at);
  let inverse = identity(at.length);

  for (let step = 0; step < LARGEST_STEPS; step++) {
    cancel.check();
    const blocked = Array.from(at, (x, k) => (gradient[k] > 0 ? x <= bounds[k][0] : x >= bounds[k][1]));
    const free = gradient.map((g, k) => (blocked[k] ? 0 : g));
    if (Math.max(0, ...free.map(Math.abs)) < FLAT) return { at, value, settled: true };
    let direction = Float64Array.from(inverse, (row, k) => (blocked[k] ? 0 : -dot(row, free)));
    if (!(dot(direction, free) < 0)) {
      inverse = identity(at.length);
      direction = free.map((g) => -g);
    }
    const next = lineSearch(objective, at, value, free, direction, inside);
    if (!next) {
      // A poor model of the curvature can hide a way down; without one, this is the end of double precision.
      if (isIdentity(inverse)) return { at, value, settled: true };
      inverse = identity(at.length);
      continue;
    }
    const gained = value - next.value;
    const s = next.at.map((x, k) => x - at[k]);
    // Curvature along variables that stand at a bound says nothing about those that move.
    const g = next.gradient.map((x, k) => (blocked[k] ? 0 : x - gradient[k]));
    inverse = dot(s, g) > 1e-12 * dot(g, g) ? updated(inverse, s, g) : inverse;
    ({ at, value, gradient } = next);
    if (gained <= SMALLEST_GAIN * Math.max(1, Math.abs(value))) return { at, value, settled: true };
  }
  return { at, value, settled: false };
}

function lineSearch(
  objective: Objective,
  at: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  inside: (v: Float64Array) => Float64Array,
) {
  // The variables are logarithms: a first step beyond e² explores nothing useful.
  const longest = Math.max(...direction.map(Math.abs));
  for (let length = Math.min(1, LONGEST_MOVE / longest), k = 0; k < LARGEST_HALVINGS; k++, length /= 2) {
    const moved = at.slice();
    addScaledInto(length, direction, moved);
    const there = inside(moved);
    const found = objective(there);
    const moves = there.map((x, j) => x - at[j]);
    const expected = dot(gradient, moves);
    if (Number.isFinite(found.value) && found.value < value && found.value <= value + SUFFICIENT * expected)
      return { at: there, ...found };
  }
  return null;
}

const identity = (n: number): Float64Array[] =>
  Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));

const isIdentity = (h: readonly Float64Array[]): boolean =>
  h.every((row, i) => row.every((value, j) => value === (i === j ? 1 : 0)));

/** The BFGS update of the inverse Hessian (Nocedal & Wright 2006, eq. 6.17). */
function updated(h: readonly Float64Array[], s: Float64Array, g: Float64Array): Float64Array[] {
  const rho = 1 / dot(s, g);
  const hg = Float64Array.from(h, (row) => dot(row, g));
  const scale = rho * (1 + rho * dot(g, hg));
  return h.map((row, i) => row.map((value, j) => value + scale * s[i] * s[j] - rho * (hg[i] * s[j] + s[i] * hg[j])));
}

const LARGEST_STEPS = 500;
const LARGEST_HALVINGS = 40;
const FLAT = 1e-6;
/** Relative to the value; likelihoods of nearly singular covariances carry rounding errors of this size. */
const SMALLEST_GAIN = 2e-9;
const SUFFICIENT = 1e-4;
const LONGEST_MOVE = 2;
