import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { powerColumns, type PowerState } from '#core/transforms/target/powerColumns.ts';
import { standardizeParameter } from '#core/transforms/target/standardizeParameter.ts';

interface Params {
  standardize: boolean;
  copy: boolean;
}

/** Box–Cox power transform. Agrees with scikit-learn's `PowerTransformer(method='box-cox')`. */
export const boxCox = defineTransform<Params, PowerState>({
  id: 'BoxCox',
  version: 1,
  title: 'Box–Cox transform',
  group: 'target',
  summary: 'Makes a skewed, positive target more symmetric by a power that is found from the training samples.',
  whenToUse: 'For positive targets with a long tail, such as concentrations over several orders of magnitude.',
  whenNotToUse: 'For targets with zeros or negative values (use YeoJohnson), or that are already symmetric.',
  references: [
    'Box, G. E. P. & Cox, D. R. (1964) Journal of the Royal Statistical Society B 26, 211–252. doi:10.1111/j.2517-6161.1964.tb00553.x',
  ],
  aliases: ['Box-Cox', 'BoxCoxTransformer'],
  params: z.strictObject({ standardize: standardizeParameter, copy: copyParameter }),
  stateful: true,
  target: true,
  ...powerColumns<Params>('BoxCox', () => 'box-cox'),
});
