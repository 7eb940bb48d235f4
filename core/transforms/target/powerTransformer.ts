import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { powerColumns, type PowerState } from '#core/transforms/target/powerColumns.ts';
import type { PowerMethod } from '#core/transforms/target/powerOf.ts';
import { standardizeParameter } from '#core/transforms/target/standardizeParameter.ts';

interface Params {
  method: PowerMethod;
  standardize: boolean;
  copy: boolean;
}

/** Yeo–Johnson (or Box–Cox) power transform. Agrees with scikit-learn's `PowerTransformer`. */
export const powerTransformer = defineTransform<Params, PowerState>({
  id: 'PowerTransformer',
  version: 1,
  title: 'Power transform (Yeo–Johnson)',
  group: 'target',
  summary: 'Makes a skewed target more symmetric by a power that is found from the training samples.',
  whenToUse: 'For targets with a long tail, such as trace concentrations, also with zeros and negative values.',
  whenNotToUse: 'For targets that are already symmetric: predictions only become harder to explain.',
  references: [
    'Yeo, I.-K. & Johnson, R. A. (2000) Biometrika 87, 954–959. doi:10.1093/biomet/87.4.954',
    'Box, G. E. P. & Cox, D. R. (1964) Journal of the Royal Statistical Society B 26, 211–252. doi:10.1111/j.2517-6161.1964.tb00553.x',
  ],
  aliases: [
    'YeoJohnson',
    'Yeo-Johnson',
    'sklearn.preprocessing.PowerTransformer',
    'sklearn.preprocessing._data.PowerTransformer',
  ],
  params: z.strictObject({
    method: z.enum(['yeo-johnson', 'box-cox']).default('yeo-johnson').meta({
      title: 'Method',
      description: 'Box–Cox needs values above 0; Yeo–Johnson takes all.',
    }),
    standardize: standardizeParameter,
    copy: copyParameter,
  }),
  stateful: true,
  target: true,
  ...powerColumns<Params>('PowerTransformer', ({ method }) => method),
});
