import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { centring } from '#core/models/centredProblem.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { rankNotice } from '#core/models/rankNotice.ts';
import { plsFolds } from '#core/numerics/folds/plsFolds.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

interface Params {
  n_components: number;
  scale: boolean;
  max_iter: number;
  tol: number;
  copy: boolean;
}

/** PLS regression of one response (PLS1). Agrees with scikit-learn's `PLSRegression` and R's `pls::plsr`. */
export const partialLeastSquares = defineModel<Params, LinearState>({
  id: 'PLS',
  version: 1,
  title: 'Partial least squares',
  group: 'regression',
  task: 'regression',
  summary: 'Regresses the target on the few components of the spectra that covary most with it.',
  whenToUse: 'The standard calibration model: many correlated channels, few samples, a linear relation.',
  whenNotToUse:
    'When the relation is clearly curved over the range, or when distinct clusters need models of their own.',
  references: [
    'Wold, S., Sjöström, M. & Eriksson, L. (2001) Chemometrics and Intelligent Laboratory Systems 58, 109–130. doi:10.1016/S0169-7439(01)00155-1',
    'Dayal, B. S. & MacGregor, J. F. (1997) Journal of Chemometrics 11, 73–85 (algorithm 1)',
  ],
  aliases: [
    'PLSRegression',
    'sklearn.cross_decomposition.PLSRegression',
    'sklearn.cross_decomposition._pls.PLSRegression',
    'PLS1',
  ],
  params: z.strictObject({
    n_components: plsParameters.components(2),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation in the training samples (n − 1).',
    }),
    ...plsParameters.notIterating,
    copy: z.boolean().default(true).meta({
      title: 'Copy',
      description: 'Accepted for compatibility and not used: spectra are never overwritten.',
      unused: true,
    }),
  }),
  path: { param: 'n_components', fit: fitPath },
  folds: plsFolds,
  fit(x, y, params, context) {
    const models = allModels(x, y, params, params.n_components, context);
    // The largest model that the data allow; without any component that is the mean of the target.
    return models.at(-1) ?? meanModel(x, y);
  },
  complexity: ({ n_components }) => n_components,
  ...linearModel('PLS'),
});

function fitPath(x: Matrix, y: Float64Array, params: Params, values: readonly number[], context: FitContext) {
  const models = allModels(x, y, params, Math.max(0, ...values), context);
  return values.map((components) => models[components - 1] ?? null);
}

function allModels(x: Matrix, y: Float64Array, params: Params, components: number, context: FitContext): LinearState[] {
  const problem = centring('PLS', x, y, params.scale);
  const { coefs, rank } = improvedKernelPls(x, problem.y, components, context.cancel, problem);
  rankNotice('PLS', components, rank, context);
  return coefs.map((coef) => problem.toRaw(coef));
}

const meanModel = (x: Matrix, y: Float64Array): LinearState =>
  centring('PLS', x, y, false).toRaw(new Float64Array(x.cols));
