import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { componentModels } from '#core/models/latent/componentModels.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { sparsePlsCoefficients } from '#core/numerics/sparsePlsCoefficients.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

interface Params {
  n_components: number;
  alpha: number;
  threshold: 'absolute' | 'relative';
  scale: boolean;
  max_iter: number;
  tol: number;
  backend: string;
}

/** Sparse PLS of one response: channels whose covariance with the target is small get no weight. */
export const sparsePls = defineModel<Params, LinearState>({
  id: 'SparsePLS',
  version: 1,
  title: 'Sparse PLS',
  group: 'regression',
  task: 'regression',
  summary: 'PLS whose weights are zero for channels that covary little with the target.',
  whenToUse: 'To find the channels that carry the calibration while it is fitted; sweep alpha.',
  whenNotToUse: 'When broad overlapping bands all contribute: PLS keeps their information, a sparse model drops it.',
  references: [
    'Lê Cao, K.-A., Rossouw, D., Robert-Granié, C. & Besse, P. (2008) Statistical Applications in Genetics and Molecular Biology 7, 35. doi:10.2202/1544-6115.1390',
    'Chun, H. & Keleş, S. (2010) Journal of the Royal Statistical Society B 72, 3–25. doi:10.1111/j.1467-9868.2009.00723.x',
  ],
  aliases: [
    'SPLS',
    'nirs4all.operators.models.SparsePLS',
    'nirs4all.operators.models.sklearn.pls.SparsePLS',
    'nirs4all.operators.models.sklearn.SparsePLS',
    'nirs4all.operators.models.sklearn.sparsepls.SparsePLS',
  ],
  params: z.strictObject({
    n_components: plsParameters.components(5),
    alpha: z.number().min(0).default(1).meta({
      title: 'Threshold',
      description: 'What is taken off the size of every entry of X′y; smaller entries become zero. 0 is PLS.',
    }),
    threshold: z
      .enum(['absolute', 'relative'])
      .default('absolute')
      .meta({
        title: 'Threshold is',
        description:
          'absolute: in units of X′y of the scaled data, so that it grows with the number of samples. ' +
          'relative: a share below 1 of the largest entry of each component.',
      }),
    scale: z.boolean().default(true).meta({
      title: 'Scale',
      description: 'Divide each channel and the target by their standard deviations (n).',
    }),
    max_iter: z.int().min(1).default(500).meta({
      title: 'Iterations',
      description: 'Accepted for compatibility and not used: with one target, the weights need no iteration.',
      unused: true,
    }),
    tol: z.number().positive().default(1e-6).meta({
      title: 'Tolerance',
      description: 'Accepted for compatibility and not used: with one target, the weights need no iteration.',
      unused: true,
    }),
    backend: plsParameters.backend,
  }),
  ...componentModels('SparsePLS', (x, y, { alpha, threshold, scale }: Params, components, { cancel }) => {
    const problem = scaledProblem(x, y, scale);
    const coefs = sparsePlsCoefficients(
      problem.x,
      problem.y,
      components,
      { alpha, relative: threshold === 'relative' },
      cancel,
    );
    return coefs.map((coef) => problem.toRaw(coef));
  }),
  ...linearModel('SparsePLS'),
});

/** Centred and, with `scale`, divided by deviations with divisor n, target included: the threshold depends on both. */
function scaledProblem(x: Matrix, y: Float64Array, scale: boolean) {
  requireTrainingData('SparsePLS', x, y);
  const means = columnMeans(x);
  const yMean = mean(y);
  const xScale = scale ? columnDeviations(x, means, 0) : null;
  const yScale = scale ? columnDeviations(matrix(y.length, 1, y), Float64Array.of(yMean), 0)[0] : 1;
  return {
    x: standardiseColumns(x, means, xScale),
    y: y.map((value) => (value - yMean) / yScale),
    toRaw(b: Float64Array): LinearState {
      const coef = b.map((value, j) => (value * yScale) / (xScale ? xScale[j] : 1));
      return { coef, intercept: yMean - dot(means, coef) };
    },
  };
}
