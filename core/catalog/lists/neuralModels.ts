import type { AnyModel } from '#core/data/operator.ts';
import { multilayerPerceptronClassifier } from '#core/models/neural/multilayerPerceptronClassifier.ts';
import { multilayerPerceptronRegressor } from '#core/models/neural/multilayerPerceptronRegressor.ts';

/** Neural networks and linear models trained by stochastic descent. */
export const neuralModels: readonly AnyModel[] = [multilayerPerceptronRegressor, multilayerPerceptronClassifier];
