import type { FitContext } from '#core/data/operator.ts';
import { leadingSingularVectors, type LeadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * The first components of X: `wanted` of them, or, when it is below 1, as many as make the sum of their shares
 * (`shareOf` component k) exceed it. Null: all. Fewer, with a notice, where the rank of X is smaller.
 */
export function leadingComponents(
  operator: string,
  x: Matrix,
  wanted: number | null,
  shareOf: (components: LeadingSingularVectors, k: number) => number,
  context: FitContext,
): LeadingSingularVectors {
  const possible = Math.min(x.rows, x.cols);
  if (wanted === null) return leadingSingularVectors(x, possible, context.cancel);
  if (wanted >= 1) {
    const found = leadingSingularVectors(x, Math.min(wanted, possible), context.cancel);
    if (found.s.length < wanted)
      context.notice(`${operator}: ${wanted} components were asked for, but the spectra hold only ${found.s.length}.`);
    return found;
  }
  for (let count = 8; ; count *= 2) {
    const asked = Math.min(count, possible);
    const found = leadingSingularVectors(x, asked, context.cancel);
    let sum = 0;
    for (let k = 0; k < found.s.length; k++) {
      sum += shareOf(found, k);
      if (sum > wanted) return { s: found.s.slice(0, k + 1), v: found.v.slice(0, k + 1) };
    }
    if (found.s.length < asked || asked === possible) return found;
  }
}
