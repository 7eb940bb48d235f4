import type { RandomState } from '#core/base/randomState.ts';
import type { Strata } from '#core/splitters/strata.ts';

/**
 * Cuts the samples into `parts` that hold each stratum in its proportion, part by part as scikit-learn's
 * `StratifiedKFold`: the sizes come from dealing out the samples sorted by stratum like cards, and within a stratum the
 * first samples go to the first part, unless `random` shuffles them. Strata are taken in their order of appearance.
 *
 * @returns sample numbers of each part, ascending
 */
export function stratifiedParts({ codes, sizes }: Strata, parts: number, random: RandomState | null): Int32Array[] {
  const part = new Int32Array(codes.length);
  let dealt = 0;
  for (const stratum of new Set(codes)) {
    const share = new Int32Array(parts);
    for (let i = 0; i < sizes[stratum]; i++) share[dealt++ % parts]++;
    const places = Int32Array.from([...share].flatMap((size, k) => new Array<number>(size).fill(k)));
    random?.shuffleInto(places);
    let next = 0;
    codes.forEach((code, row) => {
      if (code === stratum) part[row] = places[next++];
    });
  }
  return Array.from({ length: parts }, (_, k) => Int32Array.from([...part.keys()].filter((row) => part[row] === k)));
}
