import { parzenEstimator } from '#core/tuning/samplers/parzenEstimator.ts';
import { randomSampler } from '#core/tuning/samplers/randomSampler.ts';
import type { Observation, SamplerInput } from '#core/tuning/samplers/sampler.ts';
import type { Point } from '#core/tuning/searchSpace.ts';

/**
 * Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio & Kégl 2011, NIPS 24, 2546–2554): after ten random
 * trials, the finished ones are divided into the best tenth (25 at most) and the rest, each gets a density, and of 24
 * points drawn from the density of the good ones the one with the largest ratio of both is tried. A point that was
 * tried before is passed over.
 *
 * Pruned trials count as worse than all complete ones, the longer ones first; failed trials are left out.
 */
export function treeParzenSampler(input: SamplerInput): Point | null {
  const { dimensions, observations, random, taken } = input;
  const finished = observations.filter(({ loss, pruned }) => loss !== null || pruned !== null);
  if (finished.length < STARTUP_TRIALS) return randomSampler(input);

  const goodCount = Math.min(Math.ceil(GOOD_SHARE * finished.length), MOST_GOOD);
  const good = new Set([...finished].sort(byLoss).slice(0, goodCount));
  // Both groups stay in the order of the trials: of many observations the oldest count less.
  const estimate = (group: readonly Observation[]) =>
    parzenEstimator(
      dimensions,
      group.map(({ point }) => point),
      ageWeights(group.length),
    );
  const below = estimate(finished.filter((each) => good.has(each)));
  const above = estimate(finished.filter((each) => !good.has(each)));

  let best: Point | null = null;
  let bestRatio = -Infinity;
  for (let i = 0; i < CANDIDATES; i++) {
    const point = below.draw(random);
    const ratio = below.logDensity(point) - above.logDensity(point);
    if (ratio > bestRatio && !taken(point)) [best, bestRatio] = [point, ratio];
  }
  return best ?? randomSampler(input);
}

function byLoss(a: Observation, b: Observation): number {
  if (a.loss !== null && b.loss !== null) return a.loss - b.loss || a.number - b.number;
  if (a.loss !== null || b.loss !== null) return a.loss !== null ? -1 : 1;
  const [first, second] = [a.pruned, b.pruned];
  if (first === null || second === null) return a.number - b.number;
  return second.steps - first.steps || first.loss - second.loss || a.number - b.number;
}

/** 1 for the newest 25, falling evenly to 1/n for the oldest. */
const ageWeights = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    const ramp = count - FULL_WEIGHTS;
    if (i >= ramp) return 1;
    return ramp === 1 ? 1 / count : 1 / count + ((1 - 1 / count) * i) / (ramp - 1);
  });

const STARTUP_TRIALS = 10;
const GOOD_SHARE = 0.1;
const MOST_GOOD = 25;
const CANDIDATES = 24;
const FULL_WEIGHTS = 25;
