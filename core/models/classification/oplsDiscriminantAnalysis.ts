import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { clippedLink, linearClassifier, type ClassScores } from '#core/models/classification/classScores.ts';
import { indicatorProblem } from '#core/models/classification/indicatorProblem.ts';
import { rankNotice } from '#core/models/rankNotice.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { multiResponseOrthogonalFilter } from '#core/numerics/multiResponseOrthogonalFilter.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { multiResponsePls } from '#core/numerics/multiResponsePls.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

interface Params {
  n_components: number;
  pls_components: number;
  scale: boolean;
  rescale: boolean;
}

/** OPLS-DA: removes components of the spectra that are orthogonal to the classes, then PLS-DA on what is left. */
export const oplsDiscriminantAnalysis = defineModel<Params, ClassScores>({
  id: 'OPLSDA',
  version: 1,
  title: 'Orthogonal PLS discriminant analysis',
  group: 'classification',
  task: 'classification',
  summary: 'Removes variation of the spectra that is unrelated to the classes, then classifies with PLS-DA.',
  whenToUse: 'When few predictive components are to be interpreted: what separates the classes, apart from the rest.',
  whenNotToUse: 'To gain accuracy: PLS-DA with as many components in all predicts about as well.',
  references: [
    'Bylesjö, M. et al. (2006) Journal of Chemometrics 20, 341–351. doi:10.1002/cem.1006',
    'Trygg, J. & Wold, S. (2002) Journal of Chemometrics 16, 119–128. doi:10.1002/cem.695',
    'Trygg, J. & Wold, S. (2003) Journal of Chemometrics 17, 53–64. doi:10.1002/cem.775',
  ],
  aliases: [
    'OPLS-DA',
    'nirs4all.operators.models.OPLSDA',
    'nirs4all.operators.models.sklearn.OPLSDA',
    'nirs4all.operators.models.sklearn.pls.OPLSDA',
    'nirs4all.operators.models.sklearn.oplsda.OPLSDA',
  ],
  params: z.strictObject({
    n_components: z.int().min(0).max(500).default(1).meta({
      title: 'Orthogonal components',
      description: 'Number of components unrelated to the classes that are removed.',
    }),
    pls_components: z.int().min(1).max(500).default(5).meta({
      title: 'Predictive components',
      description: 'Number of latent variables of PLS-DA. Sweep it: all numbers come from one fit.',
    }),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation (n − 1) before components are removed.',
    }),
    rescale: z.boolean().default(true).meta({
      title: 'Scale again',
      description: 'Scale the filtered channels once more before PLS-DA, as nirs4all does; the papers do not.',
    }),
  }),
  path: { param: 'pls_components', fit: fitPath },
  fit(x, y, params, context) {
    const { models, mean } = allModels(x, y, params, params.pls_components, context);
    return models.at(-1) ?? mean;
  },
  complexity: ({ n_components, pls_components }) => n_components + pls_components,
  ...linearClassifier('OPLSDA', clippedLink),
});

function fitPath(x: Matrix, y: Float64Array, params: Params, values: readonly number[], context: FitContext) {
  const { models } = allModels(x, y, params, Math.max(0, ...values), context);
  return values.map((components) => models[components - 1] ?? null);
}

function allModels(x: Matrix, y: Float64Array, params: Params, components: number, context: FitContext) {
  const { classCount } = classProblem('OPLSDA', x, y, context);
  const { n_components, scale, rescale } = params;
  const problem = indicatorProblem(x, y, classCount, { x: scale, y: scale || rescale });
  const filter = multiResponseOrthogonalFilter(problem.x, problem.targets, n_components, context.cancel);
  if (filter.count < n_components)
    context.notice(`OPLSDA: only ${filter.count} components unrelated to the classes could be found and removed.`);
  const centred = new Float64Array(x.cols); // filtered channels stay centred
  const deviations = rescale ? columnDeviations(filter.filtered, centred, 1) : centred.map(() => 1);
  const scaled = standardiseColumns(filter.filtered, centred, deviations);
  const { coefs, rank } = multiResponsePls(scaled, problem.targets, components, context.cancel);
  rankNotice('OPLSDA', components, rank, context);
  return {
    models: coefs.map((each) =>
      problem.toScores(each.map((coef) => filter.backInto(coef.map((value, j) => value / deviations[j])))),
    ),
    /** Without any component: the share of each class. */
    mean: problem.toScores(problem.targets.map(() => new Float64Array(x.cols))),
  };
}
