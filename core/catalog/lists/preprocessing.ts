import type { AnyTransform } from '#core/data/operator.ts';
import { adaptiveReweighted } from '#core/transforms/baseline/adaptiveReweighted.ts';
import { asymmetricLeastSquares } from '#core/transforms/baseline/asymmetricLeastSquares.ts';
import { asymmetricReweighted } from '#core/transforms/baseline/asymmetricReweighted.ts';
import { detrend } from '#core/transforms/baseline/detrend.ts';
import { improvedAsymmetricLeastSquares } from '#core/transforms/baseline/improvedAsymmetricLeastSquares.ts';
import { improvedModifiedPolynomial } from '#core/transforms/baseline/improvedModifiedPolynomial.ts';
import { modifiedPolynomial } from '#core/transforms/baseline/modifiedPolynomial.ts';
import { polynomialBaseline } from '#core/transforms/baseline/polynomialBaseline.ts';
import { rollingBall } from '#core/transforms/baseline/rollingBall.ts';
import { rubberBand } from '#core/transforms/baseline/rubberBand.ts';
import { snip } from '#core/transforms/baseline/snip.ts';
import { derivate } from '#core/transforms/derivative/derivate.ts';
import { firstDerivative } from '#core/transforms/derivative/firstDerivative.ts';
import { norrisWilliams } from '#core/transforms/derivative/norrisWilliams.ts';
import { savitzkyGolay } from '#core/transforms/derivative/savitzkyGolay.ts';
import { secondDerivative } from '#core/transforms/derivative/secondDerivative.ts';
import { maxAbsScaler } from '#core/transforms/scale/maxAbsScaler.ts';
import { meanCenter } from '#core/transforms/scale/meanCenter.ts';
import { minMaxScaler } from '#core/transforms/scale/minMaxScaler.ts';
import { normalize } from '#core/transforms/scale/normalize.ts';
import { paretoScaling } from '#core/transforms/scale/paretoScaling.ts';
import { robustScaler } from '#core/transforms/scale/robustScaler.ts';
import { standardScaler } from '#core/transforms/scale/standardScaler.ts';
import { areaNormalization } from '#core/transforms/scatter/areaNormalization.ts';
import { extendedMultiplicativeScatterCorrection } from '#core/transforms/scatter/extendedMultiplicativeScatterCorrection.ts';
import { localStandardNormalVariate } from '#core/transforms/scatter/localStandardNormalVariate.ts';
import { minMaxNormalization } from '#core/transforms/scatter/minMaxNormalization.ts';
import { multiplicativeScatterCorrection } from '#core/transforms/scatter/multiplicativeScatterCorrection.ts';
import { robustStandardNormalVariate } from '#core/transforms/scatter/robustStandardNormalVariate.ts';
import { standardNormalVariate } from '#core/transforms/scatter/standardNormalVariate.ts';
import { vectorNormalization } from '#core/transforms/scatter/vectorNormalization.ts';
import { absorbanceToReflectance } from '#core/transforms/signal/absorbanceToReflectance.ts';
import { fractionToPercent } from '#core/transforms/signal/fractionToPercent.ts';
import { kubelkaMunk } from '#core/transforms/signal/kubelkaMunk.ts';
import { logTransform } from '#core/transforms/signal/logTransform.ts';
import { percentToFraction } from '#core/transforms/signal/percentToFraction.ts';
import { reflectanceToAbsorbance } from '#core/transforms/signal/reflectanceToAbsorbance.ts';
import { toAbsorbance } from '#core/transforms/signal/toAbsorbance.ts';
import { gaussian } from '#core/transforms/smooth/gaussian.ts';
import { movingAverage } from '#core/transforms/smooth/movingAverage.ts';
import { waveletDenoise } from '#core/transforms/smooth/waveletDenoise.ts';

/** Scatter, scale, smoothing, derivatives, baselines and signal conversions, in the order of the palette. */
export const preprocessing: readonly AnyTransform[] = [
  standardNormalVariate,
  multiplicativeScatterCorrection,
  extendedMultiplicativeScatterCorrection,
  localStandardNormalVariate,
  robustStandardNormalVariate,
  vectorNormalization,
  areaNormalization,
  minMaxNormalization,
  savitzkyGolay,
  firstDerivative,
  secondDerivative,
  derivate,
  norrisWilliams,
  gaussian,
  movingAverage,
  waveletDenoise,
  detrend,
  polynomialBaseline,
  modifiedPolynomial,
  improvedModifiedPolynomial,
  asymmetricLeastSquares,
  improvedAsymmetricLeastSquares,
  adaptiveReweighted,
  asymmetricReweighted,
  snip,
  rollingBall,
  rubberBand,
  reflectanceToAbsorbance,
  toAbsorbance,
  absorbanceToReflectance,
  percentToFraction,
  fractionToPercent,
  kubelkaMunk,
  logTransform,
  standardScaler,
  minMaxScaler,
  maxAbsScaler,
  robustScaler,
  paretoScaling,
  normalize,
  meanCenter,
];
