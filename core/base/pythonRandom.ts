import { keyFromWords, mersenneTwister } from '#core/base/mersenneTwister.ts';

/**
 * Python's `random.Random(seed).randint`: a uniform integer low … high, both included. Some splitters of the field draw
 * with it instead of NumPy. The same seed gives the same integers as Python.
 *
 * @param seed integer 0 … 2³² − 1
 */
export function pythonRandom(seed: number): { randint(low: number, high: number): number } {
  const next = mersenneTwister(keyFromWords([seed]));
  return {
    randint(low, high) {
      const count = high - low + 1; // below 2³²
      const shift = Math.clz32(count); // the leading bits of each word count, by rejection
      for (;;) {
        const value = next() >>> shift;
        if (value < count) return low + value;
      }
    },
  };
}
