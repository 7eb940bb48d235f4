import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { rankNotice } from '#core/models/rankNotice.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { pcrFolds } from '#core/numerics/folds/pcrFolds.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';

interface Params {
  n_components: number;
  scale: boolean;
}

/** Least squares on the scores of the first principal components. Agrees with R's `pls::pcr`. */
export const principalComponentRegression = defineModel<Params, LinearState>({
  id: 'PCR',
  version: 1,
  title: 'Principal component regression',
  group: 'regression',
  task: 'regression',
  summary: 'Regresses the target on the components of the spectra that vary most.',
  whenToUse: 'As a simple and stable reference beside PLS, or when components should not depend on the target.',
  whenNotToUse: 'When the target follows a small part of the spectral variation: PLS needs fewer components.',
  references: [
    'Massy, W. F. (1965) Journal of the American Statistical Association 60, 234–256. doi:10.1080/01621459.1965.10480787',
    'Jolliffe, I. T. (2002) Principal Component Analysis, 2nd ed., ch. 8. Springer',
  ],
  aliases: [
    'PrincipalComponentRegression',
    'nirs4all.operators.models.PCR',
    'nirs4all.operators.models.sklearn.PCR',
    'nirs4all.operators.models.sklearn.pcr.PCR',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(10).meta({
      title: 'Components',
      description: 'Number of principal components. Sweep it: all numbers of components come from one fit.',
    }),
    scale: z.boolean().default(false).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation in the training samples (n − 1).',
    }),
  }),
  path: { param: 'n_components', fit: fitPath },
  folds: pcrFolds,
  fit(x, y, params, context) {
    const { models, mean } = allModels(x, y, params, params.n_components, context);
    return models.at(-1) ?? mean;
  },
  complexity: ({ n_components }) => n_components,
  ...linearModel('PCR'),
});

function fitPath(x: Matrix, y: Float64Array, params: Params, values: readonly number[], context: FitContext) {
  const { models } = allModels(x, y, params, Math.max(0, ...values), context);
  return values.map((components) => models[components - 1] ?? null);
}

/** Scores are orthogonal, so each component adds (t'y / t't) v to the regression vector. */
function allModels(x: Matrix, y: Float64Array, params: Params, components: number, context: FitContext) {
  const problem = centredProblem('PCR', x, y, params.scale);
  const possible = Math.min(components, x.rows - 1, x.cols);
  const { v } = leadingSingularVectors(problem.x, possible, context.cancel);
  rankNotice('PCR', components, v.length, context);
  const coef = new Float64Array(x.cols);
  const models = v.map((loading) => {
    const t = matrixTimesVector(problem.x, loading);
    addScaledInto(dot(t, problem.y) / dot(t, t), loading, coef);
    return problem.toRaw(coef.slice());
  });
  return { models, mean: problem.toRaw(new Float64Array(x.cols)) };
}
