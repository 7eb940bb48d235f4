import { z } from 'zod';
import { defineSplitter, type SplitInput } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { maximinOrder } from '#core/numerics/maximinOrder.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';

interface Params {
  test_size: number;
  metric: 'euclidean' | 'mahalanobis';
  pca_components: number | null;
}

/** Kennard–Stone: one fold whose training part covers the spectra evenly. */
export const kennardStone = defineSplitter<Params>({
  id: 'KennardStone',
  version: 1,
  title: 'Kennard–Stone',
  group: 'split',
  summary: 'Chooses training samples that cover the range of the spectra evenly; the rest validates.',
  whenToUse: 'To set aside one validation part when the calibration must span all the variation seen.',
  whenNotToUse:
    'To estimate the error on new samples: extremes always train, so the validation part looks easy. One fold also gives no spread.',
  references: ['Kennard, R. W. & Stone, L. A. (1969) Technometrics 11, 137–148. doi:10.1080/00401706.1969.10490666'],
  aliases: [
    'KennardStoneSplitter',
    'nirs4all.operators.splitters.KennardStoneSplitter',
    'nirs4all.operators.splitters.splitters.KennardStoneSplitter',
    'kennard_stone.KFold',
  ],
  params: z
    .strictObject({
      test_size: z
        .number()
        .positive()
        .refine((size) => size < 1 || Number.isInteger(size), 'must be a fraction below 1 or a whole number of samples')
        .default(0.25)
        .meta({ title: 'Validation part', description: 'A fraction below 1, rounded up, or a number of samples.' }),
      metric: z.enum(['euclidean', 'mahalanobis']).default('euclidean').meta({
        title: 'Distance',
        description: 'euclidean, or mahalanobis: principal component scores divided by their standard deviations.',
      }),
      pca_components: z.int().min(1).max(200).nullable().default(null).meta({
        title: 'Principal components',
        description: 'Measure distances in this many principal components. Empty: in all channels.',
      }),
    })
    .refine((p) => p.metric === 'euclidean' || p.pca_components !== null, {
      path: ['pca_components'],
      message: 'must be given for the mahalanobis distance',
    }),
  describe: ({ test_size }) => `KennardStone(${test_size})`,
  countFolds: () => 1,
  split(input, params) {
    requireSamples('KennardStone', input.n, 3);
    const { validation, train } = splitSizes('KennardStone', input.n, params.test_size, null);
    const space = distanceSpace(input, params);
    const chosen = maximinOrder(space, Math.max(train, 2), input.cancel).slice(0, train);
    const held = new Uint8Array(input.n).fill(1);
    for (const row of chosen) held[row] = 0;
    const rest = new Int32Array(validation);
    let at = 0;
    for (let row = 0; row < input.n; row++) if (held[row] === 1) rest[at++] = row;
    return foldsFromValidation(input.n, [rest]);
  },
});

/** The spectra themselves, or their principal component scores. */
function distanceSpace({ x, cancel }: SplitInput, { metric, pca_components }: Params): Matrix {
  if (pca_components === null) return x;
  const centred = standardiseColumns(x, columnMeans(x), null);
  const { s, v } = leadingSingularVectors(centred, Math.min(pca_components, x.rows - 1, x.cols), cancel);
  const scores = zeros(x.rows, v.length);
  v.forEach((loading, k) => {
    const size = metric === 'mahalanobis' ? s[k] / Math.sqrt(x.rows - 1) : 1;
    matrixTimesVector(centred, loading).forEach((score, i) => {
      scores.data[i * v.length + k] = score / size;
    });
  });
  return scores;
}
