/** Uniform random numbers for generators: small, fast, and the same on every platform. */
export interface SeededRandom {
  /** In [0, 1), 32 random bits. */
  next(): number;
  /** Standard normal, by the Box–Muller transform. */
  normal(): number;
  /** Uniform in 0 … limit − 1. */
  below(limit: bigint): bigint;
}

/**
 * The SplitMix32 generator: the state advances by the golden ratio, and an avalanche mix makes the output. It only
 * chooses variants; folds and models use NumPy's generator.
 */
export function seededRandom(seed: number): SeededRandom {
  let state = (Math.trunc(seed) ^ SEED_SALT) >>> 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return {
    next: () => word() / 4_294_967_296,
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log((word() + 1) / 4_294_967_297));
      return radius * Math.cos((2 * Math.PI * word()) / 4_294_967_296);
    },
    below(limit) {
      if (limit <= 1n) return 0n;
      // 64 bits more than needed make the bias of the remainder immeasurable.
      let value = 0n;
      for (let bits = limit.toString(2).length + 64; bits > 0; bits -= 32) value = (value << 32n) | BigInt(word());
      return value % limit;
    },
  };
}

/** Keeps seed 0 from starting at a state of zeros. */
const SEED_SALT = 0x5eed_1234;

/** `wanted` different numbers of 0 … total − 1, ascending (Floyd's algorithm). All of them when total is smaller. */
export function sampleIndices(total: bigint, wanted: number, random: SeededRandom): bigint[] {
  const taken = new Set<bigint>();
  if (total <= BigInt(wanted)) {
    for (let index = 0n; index < total; index++) taken.add(index);
  } else {
    for (let top = total - BigInt(wanted); top < total; top++) {
      const candidate = random.below(top + 1n);
      taken.add(taken.has(candidate) ? top : candidate);
    }
  }
  return [...taken].sort((a, b) => (a < b ? -1 : 1));
}

/** As above, each index drawn with a chance proportional to its weight, without replacement. */
export function sampleWeighted(weights: readonly number[], wanted: number, random: SeededRandom): bigint[] {
  const left = weights.map((weight, index) => ({ weight: Math.max(0, weight), index }));
  const taken: number[] = [];
  while (taken.length < wanted && left.length > 0) {
    const total = left.reduce((sum, entry) => sum + entry.weight, 0);
    if (total <= 0) break;
    let mark = random.next() * total;
    let position = left.findIndex((entry) => (mark -= entry.weight) < 0);
    if (position < 0) position = left.length - 1;
    const [drawn] = left.splice(position, 1);
    if (drawn) taken.push(drawn.index);
  }
  return taken.sort((a, b) => a - b).map(BigInt);
}
