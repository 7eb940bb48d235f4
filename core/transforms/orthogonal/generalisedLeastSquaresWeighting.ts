import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { rightSingularVectors } from '#core/numerics/rightSingularVectors.ts';
import { lowRankMapOf, lowRankTransform, type LowRankMap } from '#core/transforms/orthogonal/lowRankMap.ts';
import { replicateDifferences } from '#core/transforms/orthogonal/replicateDifferences.ts';
import { conditionParameter, sampleParameter } from '#core/transforms/orthogonal/sampleParameters.ts';

interface Params {
  alpha: number;
  sample: string;
  condition: string | null;
}

/** Generalised least squares weighting: shrinks the directions in which replicates of a sample differ. */
export const generalisedLeastSquaresWeighting = defineTransform<Params, LowRankMap>({
  id: 'GLSW',
  version: 1,
  title: 'Generalised least squares weighting',
  group: 'orthogonal',
  summary: 'Shrinks the directions in which measurements of one sample differ, the more the larger the difference.',
  whenToUse: 'As EPO, when no sharp number of directions can be named: one parameter sets how strongly all are shrunk.',
  whenNotToUse: 'With very few replicates: noise of theirs is then shrunk as if it were an effect.',
  references: [
    'Martens, H., Høy, M., Wise, B. M., Bro, R. & Brockhoff, P. B. (2003) Journal of Chemometrics 17, 153–165. doi:10.1002/cem.780',
    'Preys, S., Roger, J.-M. & Boulet, J.-C. (2008) Chemometrics and Intelligent Laboratory Systems 91, 28–33. doi:10.1016/j.chemolab.2007.11.003',
  ],
  aliases: ['GLSWeighting', 'GeneralizedLeastSquaresWeighting'],
  params: z.strictObject({
    alpha: z.number().positive().default(0.02).meta({
      title: 'Strength',
      description:
        'Sum of squares along a direction at which it shrinks by √2. Smaller values shrink more; very large ones change nothing.',
      unit: 'squared signal',
    }),
    sample: sampleParameter,
    condition: conditionParameter,
  }),
  stateful: true,
  readsMetadata: true,
  target: false,
  fit(x, params, context) {
    const differences = replicateDifferences('GLSW', x, params, context);
    const { s, v } = rightSingularVectors(differences, context.cancel);
    const used = v.filter((_, k) => s[k] > 0);
    const shrunk = used.map((direction, k) => {
      const change = 1 / Math.sqrt((s[k] * s[k]) / params.alpha + 1) - 1;
      return direction.map((value) => change * value);
    });
    return lowRankMapOf(x.cols, used, shrunk);
  },
  ...lowRankTransform('GLSW'),
});
