import type { FuzzRandom } from '#tests/fuzz/lib/target.ts';

/** A small generator (splitmix32: Steele, Lea and Flood 2014); quality is not the point, repeatability is. */
export function fuzzRandom(seed: number): FuzzRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const below = (limit: number): number => (limit <= 1 ? 0 : next() % Math.floor(limit));
  return {
    below,
    once: (times) => below(times) === 0,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T, // callers pass lists that are not empty
  };
}
