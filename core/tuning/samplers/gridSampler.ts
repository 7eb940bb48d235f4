import { EngineError } from '#core/base/errors.ts';
import { randomState } from '#core/base/randomState.ts';
import { levelsOf, type ParamValue } from '#core/tuning/dimension.ts';
import { pointAt } from '#core/tuning/samplers/randomSampler.ts';
import type { SamplerInput } from '#core/tuning/samplers/sampler.ts';
import type { NamedDimension, Point } from '#core/tuning/searchSpace.ts';

/**
 * All combinations of the levels, the last parameter fastest. When the trials do not suffice for all of them, they are
 * taken in a shuffled order that the seed decides, so that the part which is tried covers the whole grid.
 */
export function gridSampler({ dimensions, nTrials, seed, taken }: SamplerInput): Point | null {
  const levels = gridLevels(dimensions);
  const count = levels.reduce((product, own) => product * own.length, 1);
  if (count > MOST_POINTS)
    throw new EngineError('tuning.setting', {
      setting: 'sampler',
      problem: `is grid, but the grid has ${count} points; at most ${MOST_POINTS} are allowed. Use tpe or random.`,
    });
  const order = count > nTrials ? randomState(seed).permutation(count) : null;
  for (let i = 0; i < count; i++) {
    const point = pointAt(dimensions, levels, order?.[i] ?? i);
    if (!taken(point)) return point;
  }
  return null;
}

/** The levels of each dimension. */
export const gridLevels = (dimensions: readonly NamedDimension[]): (readonly ParamValue[])[] =>
  dimensions.map(({ dimension }) => levelsOf(dimension));

const MOST_POINTS = 1_000_000;
