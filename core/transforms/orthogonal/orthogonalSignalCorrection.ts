import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { multiResponseOrthogonalFilter } from '#core/numerics/multiResponseOrthogonalFilter.ts';
import { orthogonalFilter } from '#core/numerics/orthogonalFilter.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { lowRankMapOf, lowRankTransform, type LowRankMap } from '#core/transforms/orthogonal/lowRankMap.ts';
import { responsesOf } from '#core/transforms/select/responses.ts';

interface Params {
  n_components: number;
  scale: boolean;
  method: 'dosc';
  copy: boolean;
}

/**
 * Orthogonal signal correction: removes components of the spectra that are orthogonal to the target. The algorithm of
 * nirs4all's `OSC`, which is the filter of O-PLS (Trygg & Wold 2002).
 */
export const orthogonalSignalCorrection = defineTransform<Params, LowRankMap>({
  id: 'OSC',
  version: 1,
  title: 'Orthogonal signal correction',
  group: 'orthogonal',
  summary: 'Removes components of the spectra that have nothing to do with the target.',
  whenToUse:
    'To make a model with fewer components and clearer loadings, when much variation is unrelated to the target.',
  whenNotToUse:
    'Before the splitter: it knows the target, and errors would look too small. Put it behind the splitter. And not to predict better: a PLS model with as many more components predicts the same.',
  references: [
    'Wold, S. et al. (1998) Chemometrics and Intelligent Laboratory Systems 44, 175–185. doi:10.1016/S0169-7439(98)00109-9',
    'Trygg, J. & Wold, S. (2002) Journal of Chemometrics 16, 119–128. doi:10.1002/cem.695',
  ],
  aliases: [
    'DOSC',
    'OrthogonalSignalCorrection',
    'nirs4all.operators.transforms.OSC',
    'nirs4all.operators.transforms.orthogonalization.OSC',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(100).default(1).meta({
      title: 'Components',
      description: 'Number of components to remove. 1 to 3 are usual.',
    }),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Centre each channel and divide it by its standard deviation (n − 1) to find the components.',
    }),
    method: z.enum(['dosc']).default('dosc').meta({
      title: 'Variant',
      description: 'The direct form, without iterations.',
    }),
    copy: copyParameter,
  }),
  stateful: true,
  supervised: true,
  target: false,
  fit(x, { n_components, scale }, context) {
    const responses = responsesOf('OSC', x, context).map((response) => (scale ? centred(response) : response));
    const means = scale ? columnMeans(x) : new Float64Array(x.cols);
    const deviations = scale ? columnDeviations(x, means, 1) : means.map(() => 1);
    const prepared = scale ? standardiseColumns(x, means, deviations) : x;
    const { weights, loadings } = filterOf(prepared, responses, n_components);
    if (weights.length === 0)
      throw new EngineError('numerics.parameter', {
        operator: 'OSC',
        parameter: 'the target',
        problem: 'is constant in the training samples, or leaves nothing to remove.',
      });
    if (weights.length < n_components)
      context.notice(`OSC: ${n_components} components were to be removed, but only ${weights.length} could be found.`);
    return lowRankMapOf(
      x.cols,
      rotations(weights, loadings).map((rotation) => rotation.map((value, j) => value / deviations[j])),
      loadings.map((loading) => loading.map((value, j) => -value * deviations[j])),
      { shift: means },
    );

    function filterOf(spectra: Matrix, y: readonly Float64Array[], count: number) {
      return y.length === 1
        ? orthogonalFilter(spectra, y[0], count, context.cancel)
        : multiResponseOrthogonalFilter(spectra, y, count, context.cancel);
    }
  },
  ...lowRankTransform('OSC'),
});

function centred(y: Float64Array): Float64Array {
  const middle = mean(y);
  return y.map((value) => value - middle);
}

/** Weights belong to spectra without the earlier components; rotations give the same scores from the whole spectra. */
function rotations(weights: readonly Float64Array[], loadings: readonly Float64Array[]): Float64Array[] {
  const out: Float64Array[] = [];
  weights.forEach((weight) => {
    const rotation = weight.slice();
    out.forEach((earlier, k) => {
      addScaledInto(-dot(loadings[k], weight), earlier, rotation);
    });
    out.push(rotation);
  });
  return out;
}
