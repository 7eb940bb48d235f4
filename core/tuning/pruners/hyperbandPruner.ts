import { trialRandom } from '#core/tuning/trialRandom.ts';
import { halving, REDUCTION } from '#core/tuning/pruners/halvingPruner.ts';
import type { PrunerInput } from '#core/tuning/pruners/pruner.ts';

/**
 * Hyperband (Li et al. 2018, J. Machine Learning Research 18(185)): successive halving in several brackets that decide
 * for the first time after 1, 3, 9, … folds, as many as the folds allow, so that a parameter setting that starts
 * slowly has its chance. A trial belongs to a bracket by lot, with the chances of the paper, and is compared within it.
 */
export function hyperbandPruner(input: PrunerInput): boolean {
  const brackets = Math.floor(Math.log(Math.max(1, input.folds)) / Math.log(REDUCTION) + 1e-9) + 1;
  const bracketOf = (number: number): number => {
    // Bracket s of the paper starts with ⌈brackets / (s + 1) · η^s⌉ trials; s counts down as decisions come later.
    const sizes = Array.from({ length: brackets }, (_, rate) => {
      const s = brackets - 1 - rate;
      return Math.ceil((brackets * REDUCTION ** s) / (s + 1));
    });
    let mark = trialRandom(input.seed, number, 'bracket').random() * sizes.reduce((sum, size) => sum + size, 0);
    const found = sizes.findIndex((size) => (mark -= size) < 0);
    return found < 0 ? brackets - 1 : found;
  };
  const own = bracketOf(input.number);
  return halving({ ...input, others: input.others.filter(({ number }) => bracketOf(number) === own) }, own);
}
