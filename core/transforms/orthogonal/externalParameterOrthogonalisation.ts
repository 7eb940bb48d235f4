import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { lowRankMapOf, lowRankTransform, type LowRankMap } from '#core/transforms/orthogonal/lowRankMap.ts';
import { replicateDifferences } from '#core/transforms/orthogonal/replicateDifferences.ts';
import { conditionParameter, sampleParameter } from '#core/transforms/orthogonal/sampleParameters.ts';

interface Params {
  n_components: number;
  sample: string;
  condition: string | null;
  scale: boolean;
  copy: boolean;
}

/** External parameter orthogonalisation: removes the directions in which replicates of a sample differ. */
export const externalParameterOrthogonalisation = defineTransform<Params, LowRankMap>({
  id: 'EPO',
  version: 1,
  title: 'External parameter orthogonalisation',
  group: 'orthogonal',
  summary: 'Removes the directions in which measurements of one sample differ, such as those of temperature.',
  whenToUse:
    'When some samples were measured under several conditions (temperatures, instruments, days, moistures) and the model should not see the condition.',
  whenNotToUse:
    'When the effect of the condition looks like the analyte: what is removed is gone. Compare loadings first.',
  references: [
    'Roger, J.-M., Chauchard, F. & Bellon-Maurel, V. (2003) Chemometrics and Intelligent Laboratory Systems 66, 191–204. doi:10.1016/S0169-7439(03)00051-0',
  ],
  aliases: [
    'ExternalParameterOrthogonalization',
    'nirs4all.operators.transforms.EPO',
    'nirs4all.operators.transforms.orthogonalization.EPO',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(100).default(1).meta({
      title: 'Components',
      description: 'Number of directions to remove.',
    }),
    sample: sampleParameter,
    condition: conditionParameter,
    scale: z.boolean().default(true).meta({
      title: 'Centre',
      description: 'Accepted for compatibility and not used: differences need no centring.',
      unused: true,
    }),
    copy: copyParameter,
  }),
  stateful: true,
  readsMetadata: true,
  target: false,
  fit(x, params, context) {
    const differences = replicateDifferences('EPO', x, params, context);
    const { v } = leadingSingularVectors(differences, params.n_components, context.cancel);
    if (v.length < params.n_components)
      context.notice(
        `EPO: ${params.n_components} directions were to be removed, but replicates differ in ${v.length}.`,
      );
    return lowRankMapOf(
      x.cols,
      v,
      v.map((direction) => direction.map((value) => -value)),
    );
  },
  ...lowRankTransform('EPO'),
});
