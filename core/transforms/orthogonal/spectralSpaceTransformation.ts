import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { joinColumns } from '#core/numerics/matrix.ts';
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
  n_components: number;
}

/** Spectral space transformation: moves spectra from the spectral space of an instrument to that of the reference. */
export const spectralSpaceTransformation = defineTransform<Params, LowRankMap & Readonly<{ reference: string }>>({
  id: 'SST',
  version: 1,
  title: 'Spectral space transformation',
  group: 'orthogonal',
  summary: 'Brings spectra of another instrument to the reference instrument by the common components of both.',
  whenToUse: 'With few common samples: what the components do not describe stays as measured.',
  whenNotToUse:
    'When the common samples do not span the variation of later ones: the missing components are not moved.',
  references: ['Du, W. et al. (2011) Analytica Chimica Acta 690, 64–70. doi:10.1016/j.aca.2011.02.014'],
  aliases: ['SpectralSpaceTransformation'],
  params: z.strictObject({
    n_components: z.int().min(1).max(1000).default(3).meta({
      title: 'Components',
      description: 'Number of common components of the spectra of both instruments.',
    }),
    sample: sampleParameter,
    instrument: instrumentParameter,
    reference: referenceParameter,
  }),
  stateful: true,
  readsMetadata: true,
  target: false,
  fit(x, params, context) {
    const { reference, primary, secondary } = instrumentPairs('SST', x, params, context);
    const p = x.cols;
    const asked = Math.min(params.n_components, primary.rows);
    const { v } = leadingSingularVectors(joinColumns([primary, secondary]), asked, context.cancel);
    if (v.length < params.n_components)
      context.notice(`SST: ${params.n_components} components were asked for, but the common samples hold ${v.length}.`);
    const first = v.map((loading) => loading.subarray(0, p));
    const second = v.map((loading) => loading.subarray(p));
    // x + x (P₂')⁺ (P₁' − P₂'), with P₂ = U S W' and so (P₂')⁺ = U S⁻¹ W'.
    const { s, u, v: w } = jacobiSvd(second);
    const smallest = p * Number.EPSILON * s[0];
    const used = [...s.keys()].filter((k) => s[k] > smallest);
    const right = used.map((k) => {
      const row = new Float64Array(p);
      w[k].forEach((weight, a) => {
        addScaledInto(weight, first[a], row);
        addScaledInto(-weight, second[a], row);
      });
      return row;
    });
    const left = used.map((k) => u[k].map((value) => value / s[k]));
    return { ...lowRankMapOf(p, left, right), reference };
  },
  apply: (x, state, { instrument }, rows) =>
    applyLowRankMap('SST', x, state, needsTransfer(rows, instrument, state.reference)),
  onnx: lowRankMapGraph,
});
