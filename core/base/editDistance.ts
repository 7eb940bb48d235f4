/**
 * Number of single-character slips between two words: insertions, deletions, replacements and swapped neighbours
 * (optimal string alignment; Damerau 1964, Communications of the ACM 7, 171–176).
 */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(older, j - 2) + 1 : Infinity;
      current.push(Math.min(replaced, swapped, at(previous, j) + 1, at(current, j - 1) + 1));
    }
    [older, previous] = [previous, current];
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], j: number): number => row[j] ?? Infinity;
