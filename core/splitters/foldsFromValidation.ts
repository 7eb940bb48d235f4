import type { Fold } from '#core/data/operator.ts';

/** Folds whose training part is everything that is not in their validation part, in sample order. */
export function foldsFromValidation(n: number, validations: readonly Int32Array[]): Fold[] {
  return validations.map((validation) => {
    const held = new Uint8Array(n);
    for (const row of validation) held[row] = 1;
    const train = new Int32Array(n - validation.length);
    let at = 0;
    for (let row = 0; row < n; row++) if (held[row] === 0) train[at++] = row;
    return { train, validation };
  });
}
