import {
  accuracy,
  balancedAccuracy,
  f1Macro,
  f1Weighted,
  kappa,
  mcc,
  precisionMacro,
  recallMacro,
} from '#core/metrics/classificationMetrics.ts';
import { confusionMatrix } from '#core/metrics/confusionMatrix.ts';
import { brier, expectedCalibrationError, logLoss, rocAuc } from '#core/metrics/probabilityMetrics.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Predicted classes beside the truth. */
export interface ScoredClasses {
  /** Class codes 0 … classCount − 1, length n. */
  readonly measured: Float64Array;
  /** Class codes, length n; −1 for "none of the classes". */
  readonly predicted: Float64Array;
  /** n × K; null for models without probabilities. */
  readonly probabilities: Matrix | null;
  readonly classCount: number;
}

/** Every figure of merit of a set of predicted classes. NaN where one cannot be computed. */
export interface ClassificationSummary {
  readonly n: number;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly precisionMacro: number;
  readonly recallMacro: number;
  readonly f1Macro: number;
  readonly f1Weighted: number;
  readonly mcc: number;
  readonly kappa: number;
  readonly logLoss: number;
  readonly rocAuc: number;
  readonly ece: number;
  readonly brier: number;
}

/** The table that results, reports and the command line show for one partition of a classification. */
export function classificationSummary({
  measured,
  predicted,
  probabilities,
  classCount,
}: ScoredClasses): ClassificationSummary {
  const counts = confusionMatrix(measured, predicted, classCount);
  const ofProbabilities = (figure: (y: Float64Array, p: Matrix) => number): number =>
    probabilities === null ? NaN : figure(measured, probabilities);
  return {
    n: measured.length,
    accuracy: accuracy(counts),
    balancedAccuracy: balancedAccuracy(counts),
    precisionMacro: precisionMacro(counts),
    recallMacro: recallMacro(counts),
    f1Macro: f1Macro(counts),
    f1Weighted: f1Weighted(counts),
    mcc: mcc(counts),
    kappa: kappa(counts),
    logLoss: ofProbabilities(logLoss),
    rocAuc: ofProbabilities(rocAuc),
    ece: ofProbabilities(expectedCalibrationError),
    brier: ofProbabilities(brier),
  };
}
