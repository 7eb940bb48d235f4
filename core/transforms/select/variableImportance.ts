import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { importanceOf } from '#core/transforms/select/importanceOf.ts';
import { plsOfResponses } from '#core/transforms/select/plsOfResponses.ts';
import { responsesOf } from '#core/transforms/select/responses.ts';
import { columnsWhere, selectedColumns, type SelectedColumns } from '#core/transforms/select/selectedColumns.ts';

interface Params {
  n_components: number;
  threshold: number;
  scale: boolean;
}

/** Keeps the channels whose importance in a PLS model (VIP) reaches a threshold. */
export const variableImportance = defineTransform<Params, SelectedColumns>({
  id: 'VIP',
  version: 1,
  title: 'Variable importance (VIP)',
  group: 'reduce',
  summary: 'Keeps the channels that matter in a PLS model: variable importance in projection of 1 or more.',
  whenToUse: 'To drop channels without information before a final model, with a simple and well-known rule.',
  whenNotToUse:
    'Before the splitter: the choice knows the target. Put it behind the splitter. And not with few samples, where the choice differs from fold to fold.',
  references: [
    'Wold, S., Johansson, E. & Cocchi, M. (1993) in Kubinyi, H. (ed.) 3D QSAR in Drug Design, 523–550. ESCOM',
    'Chong, I.-G. & Jun, C.-H. (2005) Chemometrics and Intelligent Laboratory Systems 78, 103–112. doi:10.1016/j.chemolab.2004.12.011',
  ],
  aliases: ['VIPSelection', 'VIPSelector', 'VariableImportance'],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(10).meta({
      title: 'Components',
      description: 'Number of components of the PLS model that weighs the channels.',
    }),
    threshold: z.number().min(0).max(100).default(1).meta({
      title: 'Threshold',
      description: 'Channels with at least this importance are kept. The mean of the squared importance is 1.',
      step: 0.1,
    }),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation in the training samples (n − 1).',
    }),
  }),
  stateful: true,
  supervised: true,
  target: false,
  fit(x, { n_components, threshold, scale }, context) {
    const responses = responsesOf('VIP', x, context);
    const { components } = plsOfResponses(x, responses, n_components, scale, context.cancel);
    const importance = importanceOf(components, x.cols);
    const kept = columnsWhere(x.cols, (j) => importance[j] >= threshold);
    if (kept.columns.length === 0)
      throw new EngineError('numerics.parameter', {
        operator: 'VIP',
        parameter: 'threshold',
        problem: `keeps no channel: the largest importance is ${importance.reduce((a, b) => Math.max(a, b), 0).toPrecision(3)}.`,
      });
    return kept;
  },
  ...selectedColumns('VIP'),
});
