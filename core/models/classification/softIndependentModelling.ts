import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { classModelling, type ClassModels } from '#core/models/classification/classModels.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { fitSubspace } from '#core/models/classification/classSubspace.ts';
import { hotellingLimit } from '#core/numerics/hotellingLimit.ts';
import { residualLimit } from '#core/numerics/residualLimit.ts';

interface Params {
  n_components: number;
  scale: boolean;
  alpha: number;
}

/** SIMCA: a principal component model of each class, with limits of T² and Q. */
export const softIndependentModelling = defineModel<Params, ClassModels>({
  id: 'SIMCA',
  version: 1,
  title: 'SIMCA',
  group: 'classification',
  task: 'classification',
  oneClass: true,
  summary:
    'A principal component model of each class; a spectrum belongs to the nearest class that accepts it, or to none.',
  whenToUse: 'When samples may belong to none of the classes, or when only one class is known.',
  whenNotToUse: 'To tell similar classes apart: it describes each class without looking at the others (use PLSDA).',
  references: [
    'Wold, S. (1976) Pattern Recognition 8, 127–139. doi:10.1016/0031-3203(76)90014-5',
    'Jackson, J. E. & Mudholkar, G. S. (1979) Technometrics 21, 341–349. doi:10.1080/00401706.1979.10489779',
  ],
  aliases: ['SoftIndependentModelling', 'mdatools.simca'],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(2).meta({
      title: 'Components',
      description: 'Number of principal components of each class model.',
    }),
    scale: z.boolean().default(false).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation within the class (n − 1).',
    }),
    alpha: z.number().gt(0).max(0.5).default(0.05).meta({
      title: 'Significance',
      description: 'Share of members that each of the two limits may reject.',
    }),
  }),
  fit(x, y, { n_components, scale, alpha }, context) {
    const problem = classProblem('SIMCA', x, y, context, 1);
    const options = { components: n_components, scale };
    return {
      classCount: problem.classCount,
      models: problem.present.map((code) => {
        const { subspace, residuals } = fitSubspace('SIMCA', problem.spectraOf(code), code, options, context);
        return {
          subspace,
          perScores: 1 / hotellingLimit(subspace.variances.length, subspace.samples, alpha),
          perResidual: 1 / residualLimit(residuals, alpha),
        };
      }),
    };
  },
  complexity: ({ n_components }) => n_components,
  ...classModelling('SIMCA', 'larger'),
});
