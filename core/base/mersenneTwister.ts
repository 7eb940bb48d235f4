/**
 * The raw generator MT19937 of Matsumoto & Nishimura (1998, ACM TOMACS 8, 3–30): returns a function that draws the next
 * 32 bits as an unsigned integer. Not for cryptography.
 *
 * @param key 624 words, as `keyFromSeed` or `keyFromWords` makes them; the generator writes to it
 */
export function mersenneTwister(key: Uint32Array): () => number {
  let position = N;
  return () => {
    if (position === N) {
      refill(key);
      position = 0;
    }
    let y = key[position++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  };
}

/** Knuth's initialisation, as `init_genrand` of the authors' 2002 code: what NumPy uses for an integer seed. */
export function keyFromSeed(seed: number): Uint32Array {
  const key = new Uint32Array(N);
  key[0] = seed >>> 0;
  for (let i = 1; i < N; i++) {
    const previous = key[i - 1] as number;
    key[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  return key;
}

/** The authors' `init_by_array`: what Python's own `random` module uses for an integer seed. */
export function keyFromWords(words: readonly number[]): Uint32Array {
  const key = keyFromSeed(19650218);
  const at = (i: number): number => key[i] as number;
  let i = 1;
  const step = (): void => {
    if (++i < N) return;
    key[0] = at(N - 1);
    i = 1;
  };
  for (let k = 0; k < Math.max(N, words.length); k++) {
    const j = k % words.length;
    key[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1664525)) + (words[j] as number) + j;
    step();
  }
  for (let k = 1; k < N; k++) {
    key[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1566083941)) - i;
    step();
  }
  key[0] = 0x80000000;
  return key;
}

function refill(key: Uint32Array): void {
  for (let i = 0; i < N; i++) {
    const y = ((key[i] as number) & 0x80000000) | ((key[(i + 1) % N] as number) & 0x7fffffff);
    key[i] = (key[(i + M) % N] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

/** Length of the state and shift of the recurrence, from the paper. */
const N = 624;
const M = 397;
