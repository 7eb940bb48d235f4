import { keyFromSeed, mersenneTwister } from '#core/base/mersenneTwister.ts';

/**
 * NumPy's legacy `RandomState`: the Mersenne Twister MT19937 of Matsumoto & Nishimura (1998, ACM TOMACS 8, 3–30) with
 * the derived draws that `numpy.random.RandomState` makes from it. The same seed gives the same draws as NumPy, so that
 * seeded scikit-learn folds can be reproduced. Not for cryptography.
 */
export interface RandomState {
  /** The next 32 raw bits, as an unsigned integer. */
  uint32(): number;
  /** Uniform on [0, 1) with 53 bits, as `random_sample`. */
  random(): number;
  /** A uniform integer 0 … max, both included, by masked rejection; max < 2³². */
  interval(max: number): number;
  /** `size` uniform integers low … high − 1, as `randint`. */
  randint(low: number, high: number, size: number): Int32Array;
  /** Shuffles in place (Fisher–Yates from the end, as NumPy). */
  shuffleInto(values: Int32Array): void;
  /** A permutation of 0 … n − 1. */
  permutation(n: number): Int32Array;
  /** `size` different integers of 0 … n − 1, as `choice(n, size, replace=False)`. */
  choice(n: number, size: number): Int32Array;
  /** A standard normal value by the polar method, as the legacy `standard_normal`. */
  normal(): number;
}

/** @param seed integer 0 … 2³² − 1 */
export function randomState(seed: number): RandomState {
  const uint32 = mersenneTwister(keyFromSeed(seed));
  let spareNormal: number | null = null;

  function random(): number {
    const high = uint32() >>> 5; // 27 bits, then 26: NumPy's order
    const low = uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  function interval(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (uint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  function shuffleInto(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = interval(i);
      const held = values[i] as number;
      values[i] = values[j] as number;
      values[j] = held;
    }
  }

  function permutation(n: number): Int32Array {
    const values = Int32Array.from({ length: n }, (_, i) => i);
    shuffleInto(values);
    return values;
  }

  function normal(): number {
    if (spareNormal !== null) {
      const value = spareNormal;
      spareNormal = null;
      return value;
    }
    for (;;) {
      const x1 = 2 * random() - 1;
      const x2 = 2 * random() - 1;
      const r2 = x1 * x1 + x2 * x2;
      if (r2 >= 1 || r2 === 0) continue;
      const f = Math.sqrt((-2 * Math.log(r2)) / r2);
      spareNormal = f * x1;
      return f * x2;
    }
  }

  return {
    uint32,
    random,
    interval,
    randint: (low, high, size) => Int32Array.from({ length: size }, () => low + interval(high - 1 - low)),
    shuffleInto,
    permutation,
    choice: (n, size) => permutation(n).slice(0, size),
    normal,
  };
}
