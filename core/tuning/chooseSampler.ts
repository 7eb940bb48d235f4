import type { Phase, SamplerName } from '#core/tuning/finetuneSettings.ts';
import { gridLevels } from '#core/tuning/samplers/gridSampler.ts';
import { countPoints, type NamedDimension } from '#core/tuning/searchSpace.ts';

/**
 * What `auto` means: the whole grid when the space is finite and the trials suffice for it; a search for the minimum of
 * one integer when that is all there is; else the tree-structured Parzen estimator.
 *
 * @param asked number of trials; null: 50, or as many as the grid that was asked for has points
 */
export function chooseSampler(
  sampler: SamplerName,
  asked: number | null,
  dimensions: readonly NamedDimension[],
): Phase {
  if (sampler === 'grid') {
    const points = gridLevels(dimensions).reduce((product, levels) => product * levels.length, 1);
    return { sampler, nTrials: asked ?? Math.min(points, MOST_GRID_TRIALS) };
  }
  const nTrials = asked ?? DEFAULT_TRIALS;
  if (sampler !== 'auto') return { sampler, nTrials };
  if (countPoints(dimensions) <= nTrials) return { sampler: 'grid', nTrials };
  const [first] = dimensions;
  if (dimensions.length === 1 && first?.dimension.kind === 'int') return { sampler: 'binary', nTrials };
  return { sampler: 'tpe', nTrials };
}

const DEFAULT_TRIALS = 50;
/** A larger grid is a mistake; n_trials says otherwise. */
const MOST_GRID_TRIALS = 10_000;
