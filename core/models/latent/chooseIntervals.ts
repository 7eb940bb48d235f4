/**
 * Stepwise choice of intervals: `single` takes the best one, `forward` adds the one that raises the score most while it
 * rises, `backward` starts with all and removes the one whose loss raises the score most. Ties go to the first.
 *
 * @param score of a set of intervals, larger is better; NaN is never chosen
 * @returns numbers of the chosen intervals in the order of choice, at least one
 */
export function chooseIntervals(
  count: number,
  mode: 'single' | 'forward' | 'backward',
  score: (intervals: readonly number[]) => number,
): number[] {
  const all = Array.from({ length: count }, (_, k) => k);
  if (mode === 'backward') return eliminate(all, score);
  const chosen: number[] = [];
  let reached = -Infinity;
  while (chosen.length < count) {
    const open = all.filter((k) => !chosen.includes(k));
    const best = bestOf(open.map((k) => score([...chosen, k])));
    if (!(best.score > reached)) break;
    chosen.push(open[best.at]);
    reached = best.score;
    if (mode === 'single') break;
  }
  return chosen.length > 0 ? chosen : all.slice(0, 1);
}

function eliminate(all: readonly number[], score: (intervals: readonly number[]) => number): number[] {
  let kept = [...all];
  let reached = score(kept);
  while (kept.length > 1) {
    const without = kept.map((removed) => kept.filter((k) => k !== removed));
    const best = bestOf(without.map(score));
    if (!(best.score > reached)) break;
    kept = without[best.at];
    reached = best.score;
  }
  return kept;
}

function bestOf(scores: readonly number[]): { at: number; score: number } {
  let at = 0;
  let score = -Infinity;
  scores.forEach((value, k) => {
    if (value > score) [at, score] = [k, value];
  });
  return { at, score };
}
