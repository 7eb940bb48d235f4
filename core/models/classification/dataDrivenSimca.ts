import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { classModelling, type ClassModel, type ClassModels } from '#core/models/classification/classModels.ts';
import { classProblem, type ClassProblem } from '#core/models/classification/classProblem.ts';
import { fitSubspace, subspaceDistances } from '#core/models/classification/classSubspace.ts';
import { chiSquareQuantile } from '#core/numerics/chiSquareQuantile.ts';
import { classicChiSquare } from '#core/numerics/classicChiSquare.ts';
import { rowOf } from '#core/numerics/matrix.ts';
import { robustChiSquare } from '#core/numerics/robustChiSquare.ts';

interface Params {
  n_components: number;
  scale: boolean;
  alpha: number;
  gamma: number;
  estimator: 'classic' | 'robust';
  target_class: number | string | null;
}

/** DD-SIMCA: a principal component model of the target class with an acceptance area from the data. */
export const dataDrivenSimca = defineModel<Params, ClassModels>({
  id: 'DDSIMCA',
  version: 1,
  title: 'Data-driven SIMCA',
  group: 'classification',
  task: 'classification',
  oneClass: true,
  summary:
    'A principal component model of a class whose two distances are joined into one, with a limit from the data.',
  whenToUse: 'Authentication: to ask whether a sample belongs to the one class that is known well.',
  whenNotToUse: 'To tell several known classes apart: use PLSDA; or with fewer than about 25 samples of the class.',
  references: [
    'Pomerantsev, A. L. & Rodionova, O. Ye. (2014) Journal of Chemometrics 28, 429–438. doi:10.1002/cem.2506',
    'Kucheryavskiy, S., Rodionova, O. & Pomerantsev, A. (2024) Journal of Chemometrics 38, e3556. doi:10.1002/cem.3556',
  ],
  aliases: ['DD-SIMCA', 'DataDrivenSIMCA', 'mdatools.ddsimca'],
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
      description: 'Share of members that the limit rejects.',
    }),
    gamma: z.number().gt(0).max(0.5).default(0.01).meta({
      title: 'Outlier significance',
      description: 'Probability of a false warning about outliers among the training samples. They are not removed.',
    }),
    estimator: z.enum(['classic', 'robust']).default('classic').meta({
      title: 'Estimator',
      description: '`classic`: limits from means and standard deviations; `robust`: from medians and quartiles.',
    }),
    target_class: z
      .union([z.string().min(1), z.int().min(0)])
      .nullable()
      .default(null)
      .meta({
        title: 'Target class',
        description:
          'Name of the class to model, or its number in the order of names, from 0; empty: a model for each.',
      }),
  }),
  fit(x, y, params, context) {
    const problem = classProblem('DDSIMCA', x, y, context, 1);
    const codes = params.target_class === null ? problem.present : [codeOf(params.target_class, context)];
    const missing = codes.find((code) => !problem.present.includes(code));
    if (missing !== undefined)
      throw new EngineError('numerics.parameter', {
        operator: 'DDSIMCA',
        parameter: 'target_class',
        problem: `is ${String(params.target_class)}, but there are no training samples of that class. The classes are ${context.classNames?.join(', ') ?? `0 to ${problem.classCount - 1}`}.`,
      });
    return {
      classCount: problem.classCount,
      models: codes.map((code) => acceptanceArea(problem, code, params, context)),
    };
  },
  complexity: ({ n_components }) => n_components,
  ...classModelling('DDSIMCA', 'sum'),
});

/** A name where the classes have names; −1 for one that is none. */
function codeOf(target: string | number, { classNames }: FitContext): number {
  const named = classNames?.indexOf(String(target)) ?? -1;
  if (named >= 0) return named;
  return typeof target === 'number' ? target : -1;
}

/** The full distance f = N_h h / h₀ + N_q q / q₀ of members follows chi-square; the area is f up to its quantile. */
function acceptanceArea(problem: ClassProblem, code: number, params: Params, context: FitContext): ClassModel {
  const x = problem.spectraOf(code);
  const { n_components: components, scale, alpha, gamma } = params;
  const { subspace } = fitSubspace('DDSIMCA', x, code, { components, scale }, context);
  const distances = Array.from({ length: x.rows }, (_, i) => subspaceDistances(rowOf(x, i), subspace));
  const estimate = params.estimator === 'robust' ? robustChiSquare : classicChiSquare;
  const scores = estimate(Float64Array.from(distances, (d) => d.scores));
  const residual = estimate(Float64Array.from(distances, (d) => d.residual));
  const degrees = scores.degrees + residual.degrees;
  const perScores = scores.degrees / scores.scale;
  const perResidual = residual.degrees / residual.scale;
  const outlierLimit = chiSquareQuantile((1 - gamma) ** (1 / x.rows), degrees);
  const outliers = distances.filter((d) => d.scores * perScores + d.residual * perResidual > outlierLimit);
  if (outliers.length > 0)
    context.notice(
      `DDSIMCA: ${outliers.length} of ${x.rows} training samples of class ${code + 1} look like outliers. Check them, or use the robust estimator.`,
    );
  const limit = chiSquareQuantile(1 - alpha, degrees);
  return { subspace, perScores: perScores / limit, perResidual: perResidual / limit };
}
