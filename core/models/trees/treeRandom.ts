/** The small generator that draws channels and thresholds inside a tree. */
export interface TreeRandom {
  /** An integer low … high − 1. */
  integer(low: number, high: number): number;
  /** Uniform on [low, high]. */
  uniform(low: number, high: number): number;
}

/**
 * Marsaglia's 32-bit xorshift (2003, Journal of Statistical Software 8(14), doi:10.18637/jss.v008.i14) with shifts 13,
 * 17, 5, of which the low 31 bits are used: the stream of scikit-learn's trees, so that a seeded tree draws the same
 * channels there and here.
 *
 * @param seed integer 0 … 2³¹ − 2; 0 stands for 1
 */
export function treeRandom(seed: number): TreeRandom {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % 0x80000000;
  };
  return {
    integer: (low, high) => low + (next() % (high - low)),
    uniform: (low, high) => ((high - low) * next()) / 0x7fffffff + low,
  };
}
