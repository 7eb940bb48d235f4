import { registry } from '#core/catalog/registry.ts';
import type { AnyModel, AnyOperator, AnySplitter, AnyTransform } from '#core/data/operator.ts';
import { partialLeastSquares } from '#core/models/partialLeastSquares.ts';
import { principalComponentRegression } from '#core/models/principalComponentRegression.ts';
import { ridge } from '#core/models/ridge.ts';
import { kennardStone } from '#core/splitters/kennardStone.ts';
import { kFold } from '#core/splitters/kFold.ts';
import { leaveOneOut } from '#core/splitters/leaveOneOut.ts';
import { predefinedSplit } from '#core/splitters/predefinedSplit.ts';
import { repeatedKFold } from '#core/splitters/repeatedKFold.ts';
import { shuffleSplit } from '#core/splitters/shuffleSplit.ts';
import { crop } from '#core/transforms/axis/crop.ts';
import { detrend } from '#core/transforms/baseline/detrend.ts';
import { savitzkyGolay } from '#core/transforms/derivative/savitzkyGolay.ts';
import { meanCenter } from '#core/transforms/scale/meanCenter.ts';
import { minMaxScaler } from '#core/transforms/scale/minMaxScaler.ts';
import { standardScaler } from '#core/transforms/scale/standardScaler.ts';
import { multiplicativeScatterCorrection } from '#core/transforms/scatter/multiplicativeScatterCorrection.ts';
import { standardNormalVariate } from '#core/transforms/scatter/standardNormalVariate.ts';
import { vectorNormalization } from '#core/transforms/scatter/vectorNormalization.ts';

/** The one place that names operators, in the order in which the palette shows them. */
export const transforms: readonly AnyTransform[] = [
  standardNormalVariate,
  multiplicativeScatterCorrection,
  vectorNormalization,
  savitzkyGolay,
  detrend,
  standardScaler,
  minMaxScaler,
  meanCenter,
  crop,
];

export const splitters: readonly AnySplitter[] = [
  kFold,
  repeatedKFold,
  shuffleSplit,
  kennardStone,
  predefinedSplit,
  leaveOneOut,
];

export const models: readonly AnyModel[] = [partialLeastSquares, principalComponentRegression, ridge];

/** Every operator by id and alias. */
export const catalog = registry<AnyOperator>('operator', [...transforms, ...splitters, ...models]);
