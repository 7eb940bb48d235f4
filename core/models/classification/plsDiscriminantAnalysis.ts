import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { clippedLink, linearClassifier, type ClassScores } from '#core/models/classification/classScores.ts';
import { indicatorProblem } from '#core/models/classification/indicatorProblem.ts';
import { rankNotice } from '#core/models/rankNotice.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { multiResponsePls } from '#core/numerics/multiResponsePls.ts';

interface Params {
  n_components: number;
  scale: boolean;
  max_iter: number;
  tol: number;
}

/**
 * PLS-DA: PLS regression of class indicators (1 and 0) on spectra; the class with the largest response wins. Agrees
 * with scikit-learn's `PLSRegression` on one-hot classes.
 */
export const plsDiscriminantAnalysis = defineModel<Params, ClassScores>({
  id: 'PLSDA',
  version: 1,
  title: 'PLS discriminant analysis',
  group: 'classification',
  task: 'classification',
  summary: 'Regresses class membership on the few components of the spectra that covary most with it.',
  whenToUse: 'The standard classifier of spectra: many correlated channels, few samples, classes of similar size.',
  whenNotToUse:
    'When samples may belong to none of the classes (use SIMCA or DDSIMCA), or when one class lies between two others.',
  references: [
    'Barker, M. & Rayens, W. (2003) Journal of Chemometrics 17, 166–173. doi:10.1002/cem.785',
    'Brereton, R. G. & Lloyd, G. R. (2014) Journal of Chemometrics 28, 213–225. doi:10.1002/cem.2609',
    'Dayal, B. S. & MacGregor, J. F. (1997) Journal of Chemometrics 11, 73–85 (algorithm 1)',
  ],
  aliases: [
    'PLS-DA',
    'PLSDiscriminantAnalysis',
    'PLSDAClassifier',
    'nirs4all.operators.models.PLSDA',
    'nirs4all.operators.models.sklearn.PLSDA',
    'nirs4all.operators.models.sklearn.pls.PLSDA',
    'nirs4all.operators.models.sklearn.plsda.PLSDA',
  ],
  params: z.strictObject({
    n_components: plsParameters.components(5),
    scale: z.boolean().default(true).meta({
      title: 'Scale',
      description: 'Divide channels and class indicators by their standard deviations in the training samples (n − 1).',
    }),
    ...plsParameters.notIterating,
  }),
  path: { param: 'n_components', fit: fitPath },
  fit(x, y, params, context) {
    const { models, mean } = allModels(x, y, params, params.n_components, context);
    return models.at(-1) ?? mean;
  },
  complexity: ({ n_components }) => n_components,
  ...linearClassifier('PLSDA', clippedLink),
});

function fitPath(x: Matrix, y: Float64Array, params: Params, values: readonly number[], context: FitContext) {
  const { models } = allModels(x, y, params, Math.max(0, ...values), context);
  return values.map((components) => models[components - 1] ?? null);
}

function allModels(x: Matrix, y: Float64Array, params: Params, components: number, context: FitContext) {
  const { classCount } = classProblem('PLSDA', x, y, context);
  const problem = indicatorProblem(x, y, classCount, { x: params.scale, y: params.scale });
  const { coefs, rank } = multiResponsePls(problem.x, problem.targets, components, context.cancel);
  rankNotice('PLSDA', components, rank, context);
  return {
    models: coefs.map((coef) => problem.toScores(coef)),
    /** Without any component: the share of each class. */
    mean: problem.toScores(problem.targets.map(() => new Float64Array(x.cols))),
  };
}
