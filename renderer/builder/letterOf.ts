/** A, B … Z, then AA. */
export const letterOf = (k: number): string =>
  (k >= 26 ? letterOf(Math.floor(k / 26) - 1) : '') + String.fromCharCode(65 + (k % 26));
