import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import type { CancelToken } from '#core/base/cancellation.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { rowDistance } from '#core/splitters/rowDistance.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';

/** Data twinning: validation samples stand for their neighbours, as nirs4all's `SPlitSplitter`. */
export const splitSplitter = defineSplitter<{ test_size: number; random_state: number | null }>({
  id: 'SPlitSplitter',
  version: 1,
  title: 'SPlit (data twinning)',
  group: 'split',
  usesSpectra: true,
  summary: 'Chooses validation samples with the same distribution as all spectra: one of each few neighbours.',
  whenToUse: 'One validation part that resembles the whole set statistically.',
  whenNotToUse: 'To choose a small training part, or with repeated measurements: neighbours are split.',
  references: [
    'Vakayil, A. & Joseph, V. R. (2022) Statistical Analysis and Data Mining 15, 598–610. doi:10.1002/sam.11574',
  ],
  aliases: [
    'SPlit',
    'nirs4all.operators.splitters.SPlitSplitter',
    'nirs4all.operators.splitters.splitters.SPlitSplitter',
  ],
  params: z.strictObject({
    test_size: z.number().positive().max(0.5).default(0.25).meta({
      title: 'Validation part',
      description: 'A fraction up to 0.5. One of each ⌊1 / fraction⌋ neighbours validates.',
    }),
    random_state: splitterParameters.seed.meta({
      title: 'Seed',
      description: 'Seed of the first sample. Empty: 0, so that a repeated run gives the same split.',
    }),
  }),
  describe: ({ test_size }) => `SPlitSplitter(${test_size})`,
  countFolds: () => 1,
  split({ n, x, cancel }, { test_size, random_state }) {
    const size = Math.floor(1 / test_size);
    requireSamples('SPlitSplitter', n, 2 * size);
    const means = columnMeans(x);
    const scaled = standardiseColumns(x, means, columnDeviations(x, means, 0));
    const start = randomState(random_state ?? DEFAULT_SEED).interval(n - 1);
    return foldsFromValidation(n, [twins(scaled, size, start, cancel)]);
  },
});

/**
 * Takes the sample nearest to the current place, with its size − 1 nearest neighbours out of the running, and goes on
 * from the open sample that is nearest to the farthest of them. Returns the taken samples, ascending.
 */
function twins(x: Matrix, size: number, start: number, cancel: CancelToken): Int32Array {
  const distance = rowDistance('sqeuclidean');
  const open = new Set(Array.from({ length: x.rows }, (_, i) => i));
  const taken: number[] = [];
  let current = start;
  while (open.size >= size) {
    cancel.check();
    const near = nearestFirst(open, (i) => distance(x, i, x, current)).slice(0, size);
    taken.push(near[0]);
    for (const row of near) open.delete(row);
    const last = near[near.length - 1];
    if (open.size > 0) current = nearestFirst(open, (i) => distance(x, i, x, last))[0];
  }
  if (taken.length < Math.ceil(x.rows / size)) taken.push(current);
  return Int32Array.from(taken).sort();
}

function nearestFirst(open: ReadonlySet<number>, distance: (i: number) => number): number[] {
  const known = new Map([...open].map((i) => [i, distance(i)]));
  return [...open].sort((i, k) => (known.get(i) ?? 0) - (known.get(k) ?? 0)); // stable: ties go to the earlier sample
}
