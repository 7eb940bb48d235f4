import type { AnyModel } from '#core/data/operator.ts';
import { stochasticClassifier } from '#core/models/linear/stochasticClassifier.ts';
import { stochasticRegressor } from '#core/models/linear/stochasticRegressor.ts';
import { convolutionClassifier } from '#core/models/neural/convolutionClassifier.ts';
import { convolutionRegressor } from '#core/models/neural/convolutionRegressor.ts';
import { multilayerPerceptronClassifier } from '#core/models/neural/multilayerPerceptronClassifier.ts';
import { multilayerPerceptronRegressor } from '#core/models/neural/multilayerPerceptronRegressor.ts';

/** Neural networks and linear models trained by stochastic descent. */
export const neuralModels: readonly AnyModel[] = [
  multilayerPerceptronRegressor,
  convolutionRegressor,
  stochasticRegressor,
  multilayerPerceptronClassifier,
  convolutionClassifier,
  stochasticClassifier,
];
