/**
 * How a sequence goes on beyond its ends, named as in SciPy: `reflect` (d c b a | a b c d), `mirror`
 * (d c b | a b c d), `nearest` (a a a | a b c d), `wrap` (b c d | a b c d), `constant` (a fixed value).
 */
export type EdgeMode = 'reflect' | 'mirror' | 'nearest' | 'wrap' | 'constant';

/** The place in 0 … n − 1 that stands for any whole number i, or −1 in mode `constant` beyond the ends. */
export function edgeIndex(i: number, n: number, mode: EdgeMode): number {
  if (i >= 0 && i < n) return i;
  switch (mode) {
    case 'constant':
      return -1;
    case 'nearest':
      return i < 0 ? 0 : n - 1;
    case 'wrap':
      return modulo(i, n);
    case 'reflect': {
      const at = modulo(i, 2 * n);
      return at < n ? at : 2 * n - 1 - at;
    }
    case 'mirror': {
      if (n === 1) return 0;
      const at = modulo(i, 2 * n - 2);
      return at < n ? at : 2 * n - 2 - at;
    }
  }
}

const modulo = (i: number, n: number): number => ((i % n) + n) % n;
