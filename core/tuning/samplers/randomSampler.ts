import type { RandomState } from '#core/base/randomState.ts';
import type { Dimension, ParamValue } from '#core/tuning/dimension.ts';
import { countValues, levelsOf } from '#core/tuning/dimension.ts';
import type { SamplerInput } from '#core/tuning/samplers/sampler.ts';
import { countPoints, type NamedDimension, type Point } from '#core/tuning/searchSpace.ts';
import { unitScale } from '#core/tuning/unitScale.ts';

/** Every parameter on its own, evenly (on the logarithmic axis where it has one), and no point twice. */
export function randomSampler(input: SamplerInput): Point | null {
  const { dimensions, random, taken } = input;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const point = drawPoint(dimensions, random);
    if (!taken(point)) return point;
  }
  return leftPoint(input);
}

export const drawPoint = (dimensions: readonly NamedDimension[], random: RandomState): Point =>
  Object.fromEntries(dimensions.map(({ name, dimension }) => [name, drawValue(dimension, random)]));

function drawValue(dimension: Dimension, random: RandomState): ParamValue {
  if (dimension.kind === 'categorical') return dimension.choices[random.interval(dimension.choices.length - 1)] ?? null;
  // Even on a linear axis without the detour over positions, so that every value is exactly as likely.
  if (dimension.step !== null && !dimension.log) {
    const values = countValues(dimension);
    return unitScale(dimension).value((random.interval(values - 1) + 0.5) / values);
  }
  return unitScale(dimension).value(random.random());
}

/** One of the points that are left, found by looking at all of them; null when none is left. */
function leftPoint({ dimensions, random, taken }: SamplerInput): Point | null {
  const count = countPoints(dimensions);
  if (count > MOST_LISTED) return drawPoint(dimensions, random);
  const left: Point[] = [];
  for (let index = 0; index < count; index++) {
    const point = pointAt(
      dimensions,
      dimensions.map(({ dimension }) => levelsOf(dimension)),
      index,
    );
    if (!taken(point)) left.push(point);
  }
  return left.length === 0 ? null : (left[random.interval(left.length - 1)] ?? null);
}

/** The point with this number when all are counted through, the last dimension fastest. */
export function pointAt(
  dimensions: readonly NamedDimension[],
  levels: readonly (readonly ParamValue[])[],
  index: number,
): Point {
  const values: [string, ParamValue][] = [];
  let rest = index;
  for (let d = dimensions.length - 1; d >= 0; d--) {
    const own = levels[d];
    values.unshift([dimensions[d].name, own[rest % own.length]]);
    rest = Math.floor(rest / own.length);
  }
  return Object.fromEntries(values);
}

/** Draws before all points of a finite space are looked at. */
const MOST_ATTEMPTS = 50;
/** Spaces with more points are never nearly used up. */
const MOST_LISTED = 100_000;
