import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { rightSingularVectors } from '#core/numerics/rightSingularVectors.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';
import {
  instrumentPairs,
  needsTransfer,
  type TransferParameters,
} from '#core/transforms/orthogonal/instrumentPairs.ts';
import {
  applyLowRankMap,
  lowRankMapGraph,
  lowRankMapOf,
  type LowRankMap,
} from '#core/transforms/orthogonal/lowRankMap.ts';
import {
  instrumentParameter,
  referenceParameter,
  sampleParameter,
} from '#core/transforms/orthogonal/sampleParameters.ts';

interface Params extends TransferParameters {
  n_components: number | null;
}

/** Direct standardisation: one linear map from whole spectra of an instrument to those of the reference instrument. */
export const directStandardisation = defineTransform<Params, LowRankMap & Readonly<{ reference: string }>>({
  id: 'DS',
  version: 1,
  title: 'Direct standardisation',
  group: 'orthogonal',
  summary: 'Brings spectra of another instrument to the reference instrument, each channel from the whole spectrum.',
  whenToUse: 'When a fair number of samples (20 or more) was measured on both instruments.',
  whenNotToUse: 'With few common samples: the map then also learns their chemistry and noise. Use PDS or SST.',
  references: [
    'Wang, Y., Veltkamp, D. J. & Kowalski, B. R. (1991) Analytical Chemistry 63, 2750–2756. doi:10.1021/ac00023a016',
  ],
  aliases: ['DirectStandardization', 'DirectStandardisation'],
  params: z.strictObject({
    n_components: z.int().min(1).max(1000).nullable().default(null).meta({
      title: 'Components',
      description: 'Principal components of the other instrument that the map uses. Empty: all that the samples hold.',
    }),
    sample: sampleParameter,
    instrument: instrumentParameter,
    reference: referenceParameter,
  }),
  stateful: true,
  readsMetadata: true,
  target: false,
  fit(x, params, context) {
    const { reference, primary, secondary } = instrumentPairs('DS', x, params, context);
    const shift = columnMeans(secondary);
    const base = columnMeans(primary);
    const from = standardiseColumns(secondary, shift, null);
    const to = standardiseColumns(primary, base, null);
    const { s, v } = rightSingularVectors(from, context.cancel);
    const smallest = Math.max(from.rows, from.cols) * Number.EPSILON * s[0];
    const rank = Math.min(s.filter((value) => value > smallest).length, params.n_components ?? Infinity);
    // x V S⁻¹ are scores of length 1; the reference spectra regressed on them give the other factor.
    const left = v.slice(0, rank).map((vector, k) => vector.map((value) => value / s[k]));
    const right = left.map((vector) => transposeTimesVector(to, matrixTimesVector(from, vector)));
    return { ...lowRankMapOf(x.cols, left, right, { keep: false, shift, base }), reference };
  },
  apply: (x, state, { instrument }, rows) =>
    applyLowRankMap('DS', x, state, needsTransfer(rows, instrument, state.reference)),
  onnx: lowRankMapGraph,
});
