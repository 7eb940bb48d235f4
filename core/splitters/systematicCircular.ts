import { z } from 'zod';
import { pythonRandom } from '#core/base/pythonRandom.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { foldOfTraining } from '#core/splitters/foldOfTraining.ts';
import { numpyOrder } from '#core/splitters/numpyOrder.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';

/** Systematic sampling along the sorted target, from a random start, as nirs4all's `SystematicCircularSplitter`. */
export const systematicCircular = defineSplitter<{ test_size: number; random_state: number | null }>({
  id: 'SystematicCircular',
  version: 1,
  title: 'Systematic circular',
  group: 'split',
  summary: 'Sorts the samples by target and takes training samples at equal steps, from a random start.',
  whenToUse: 'One validation part with the same distribution of the target as the training part.',
  whenNotToUse: 'Classification, or repeated measurements: neighbours in the target order are split.',
  references: ['Bellhouse, D. R. & Rao, J. N. K. (1975) Biometrika 62, 694–697. doi:10.1093/biomet/62.3.694'],
  aliases: [
    'SystematicCircularSplitter',
    'nirs4all.operators.splitters.SystematicCircularSplitter',
    'nirs4all.operators.splitters.splitters.SystematicCircularSplitter',
  ],
  params: z.strictObject({
    test_size: splitterParameters.partSize,
    random_state: splitterParameters.seed.meta({
      title: 'Seed',
      description: 'Seed of the start, as in Python. Empty: 0, so that a repeated run gives the same split.',
    }),
  }),
  describe: ({ test_size }) => `SystematicCircular(${test_size})`,
  countFolds: () => 1,
  split({ n, y }, { test_size, random_state }) {
    requireSamples('SystematicCircular', n, 2);
    const { train } = splitSizes('SystematicCircular', n, test_size, null);
    const order = numpyOrder(y);
    const start = pythonRandom(random_state ?? DEFAULT_SEED).randint(0, n);
    const step = n / train;
    const chosen = Array.from({ length: train }, (_, i) => order[(roundHalfEven(step * i) - start + n) % n]);
    return [foldOfTraining(n, chosen)];
  },
});

/** Python's `round`: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return value % 1 === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
