import { levelsOf } from '#core/tuning/dimension.ts';
import type { SamplerInput } from '#core/tuning/samplers/sampler.ts';
import { pointKey, type Point } from '#core/tuning/searchSpace.ts';

/**
 * `binary`: Fibonacci search (Kiefer 1953, Proc. AMS 4, 502–506) for the minimum of one integer whose score falls
 * and then rises, such as the number of components. About 1.44 log₂(n) trials find it among n values, and no value is
 * tried twice. With several parameters it searches along one after the other, again and again, until none improves;
 * choices without an order are all tried.
 *
 * It keeps no state: it follows its own steps through the losses that are known and asks for the first one that is not.
 */
export function lineSampler({ dimensions, observations }: SamplerInput): Point | null {
  const losses = new Map(
    observations.map(({ point, loss }) => [pointKey(dimensions, point), loss ?? Infinity] as const),
  );
  const levels = dimensions.map(({ dimension }) => levelsOf(dimension));
  const pointOf = (indexes: readonly number[]): Point =>
    Object.fromEntries(dimensions.map(({ name }, d) => [name, levels[d][indexes[d]]]));

  let current = levels.map((own) => (own.length - 1) >> 1);
  for (;;) {
    const before = current;
    for (let d = 0; d < dimensions.length; d++) {
      const along = (index: number): number[] => current.map((own, e) => (e === d ? index : own));
      const lossAt = (index: number): number | undefined => losses.get(pointKey(dimensions, pointOf(along(index))));
      const ordered = dimensions[d].dimension.kind !== 'categorical';
      const step = ordered ? searchStep(levels[d].length, lossAt) : fullStep(levels[d].length, lossAt);
      if (step.kind === 'ask') return pointOf(along(step.index));
      // The search assumes one minimum; where the start was better than what it found, the start stays.
      const kept = lossAt(current[d]) ?? Infinity;
      if ((lossAt(step.index) ?? Infinity) < kept) current = along(step.index);
    }
    if (current === before) return null;
  }
}

type Step = { readonly kind: 'ask' | 'found'; readonly index: number };

/**
 * Fibonacci search on 0 … count − 1: the index to evaluate next, or the best one. The range is thought of as filled up
 * to a Fibonacci number less one, with infinite losses. Ties go to the left.
 */
function searchStep(count: number, lossAt: (index: number) => number | undefined): Step {
  let [smaller, larger] = [1, 1];
  while (smaller + larger - 1 < count) [smaller, larger] = [larger, smaller + larger];
  let low = 0;
  while (larger > 1) {
    const [left, right] = [low + smaller - 1, low + larger - 1];
    const lossLeft = left < count ? lossAt(left) : Infinity;
    if (lossLeft === undefined) return { kind: 'ask', index: left };
    const lossRight = right < count ? lossAt(right) : Infinity;
    if (lossRight === undefined) return { kind: 'ask', index: right };
    if (lossLeft > lossRight) low = left + 1;
    [smaller, larger] = [larger - smaller, smaller];
  }
  return { kind: lossAt(low) === undefined ? 'ask' : 'found', index: low };
}

/** All of them, one after the other. */
function fullStep(count: number, lossAt: (index: number) => number | undefined): Step {
  let best = 0;
  for (let index = 0; index < count; index++) {
    const loss = lossAt(index);
    if (loss === undefined) return { kind: 'ask', index: index };
    if (loss < (lossAt(best) ?? Infinity)) best = index;
  }
  return { kind: 'found', index: best };
}
