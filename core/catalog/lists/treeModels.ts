import type { AnyModel } from '#core/data/operator.ts';
import { kNeighborsClassifier } from '#core/models/neighbours/kNeighborsClassifier.ts';
import { kNeighborsRegressor } from '#core/models/neighbours/kNeighborsRegressor.ts';
import { decisionTreeClassifier } from '#core/models/trees/decisionTreeClassifier.ts';
import { decisionTreeRegressor } from '#core/models/trees/decisionTreeRegressor.ts';
import { extraTreesClassifier } from '#core/models/trees/extraTreesClassifier.ts';
import { extraTreesRegressor } from '#core/models/trees/extraTreesRegressor.ts';
import { gradientBoostingClassifier } from '#core/models/trees/gradientBoostingClassifier.ts';
import { gradientBoostingRegressor } from '#core/models/trees/gradientBoostingRegressor.ts';
import { histGradientBoostingClassifier } from '#core/models/trees/histGradientBoostingClassifier.ts';
import { histGradientBoostingRegressor } from '#core/models/trees/histGradientBoostingRegressor.ts';
import { randomForestClassifier } from '#core/models/trees/randomForestClassifier.ts';
import { randomForestRegressor } from '#core/models/trees/randomForestRegressor.ts';

/** Nearest neighbours, trees and ensembles of trees, for regression and classification. */
export const treeModels: readonly AnyModel[] = [
  kNeighborsRegressor,
  randomForestRegressor,
  extraTreesRegressor,
  gradientBoostingRegressor,
  histGradientBoostingRegressor,
  decisionTreeRegressor,
  kNeighborsClassifier,
  randomForestClassifier,
  extraTreesClassifier,
  gradientBoostingClassifier,
  histGradientBoostingClassifier,
  decisionTreeClassifier,
];
