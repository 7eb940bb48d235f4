import type { AnyModel } from '#core/data/operator.ts';
import { gaussianProcess } from '#core/models/kernel/gaussianProcess.ts';
import { kernelRidge } from '#core/models/kernel/kernelRidge.ts';
import { supportVectorRegression } from '#core/models/kernel/supportVectorRegression.ts';
import { adaptiveOperatorPls } from '#core/models/latent/adaptiveOperatorPls.ts';
import { improvedKernelPlsRegression } from '#core/models/latent/improvedKernelPlsRegression.ts';
import { intervalPls } from '#core/models/latent/intervalPls.ts';
import { kernelPls } from '#core/models/latent/kernelPls.ts';
import { orthogonalPls } from '#core/models/latent/orthogonalPls.ts';
import { simplsRegression } from '#core/models/latent/simplsRegression.ts';
import { sparsePls } from '#core/models/latent/sparsePls.ts';
import { elasticNet } from '#core/models/linear/elasticNet.ts';
import { lasso } from '#core/models/linear/lasso.ts';
import { linearRegression } from '#core/models/linear/linearRegression.ts';
import { locallyWeightedPls } from '#core/models/local/locallyWeightedPls.ts';
import { partialLeastSquares } from '#core/models/partialLeastSquares.ts';
import { principalComponentRegression } from '#core/models/principalComponentRegression.ts';
import { ridge } from '#core/models/ridge.ts';

/** The PLS family, linear and kernel regressors, in the order of the palette. */
export const regressors: readonly AnyModel[] = [
  partialLeastSquares,
  improvedKernelPlsRegression,
  simplsRegression,
  principalComponentRegression,
  orthogonalPls,
  locallyWeightedPls,
  kernelPls,
  sparsePls,
  intervalPls,
  adaptiveOperatorPls,
  ridge,
  linearRegression,
  lasso,
  elasticNet,
  supportVectorRegression,
  kernelRidge,
  gaussianProcess,
];
