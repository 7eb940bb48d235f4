import type { Fold } from '#core/data/operator.ts';

/** The fold that trains on the chosen samples and validates on all others, both in sample order. */
export function foldOfTraining(n: number, chosen: Iterable<number>): Fold {
  const trains = new Uint8Array(n);
  for (const row of chosen) trains[row] = 1;
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  return { train: rows.filter((row) => trains[row] === 1), validation: rows.filter((row) => trains[row] === 0) };
}
