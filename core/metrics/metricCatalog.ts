import {
  accuracy,
  balancedAccuracy,
  f1Macro,
  f1Weighted,
  kappa,
  mcc,
  precisionMacro,
  precisionWeighted,
  recallMacro,
  recallWeighted,
} from '#core/metrics/classificationMetrics.ts';
import {
  classMetric,
  probabilityMetric,
  regressionMetric,
  type Metric,
  type MetricTask,
} from '#core/metrics/metric.ts';
import { brier, expectedCalibrationError, logLoss, rocAuc } from '#core/metrics/probabilityMetrics.ts';
import { mae, mape, maxError, medae, mse, nrmse, r2, rmse, rpd, rpiq, sep } from '#core/metrics/regressionMetrics.ts';

/** The metrics that a pipeline can name, the default of each task first. */
export const metricCatalog: readonly Metric[] = [
  regressionMetric('rmse', 'RMSE', 'lower', true, rmse, ['root_mean_squared_error', 'rmsecv', 'rmsep']),
  regressionMetric('mse', 'MSE', 'lower', false, mse, ['mean_squared_error']),
  regressionMetric('mae', 'MAE', 'lower', true, mae, ['mean_absolute_error']),
  regressionMetric('medae', 'Median absolute error', 'lower', true, medae, ['median_ae', 'median_absolute_error']),
  regressionMetric('mape', 'MAPE', 'lower', false, mape, ['mean_absolute_percentage_error']),
  regressionMetric('r2', 'R²', 'higher', false, r2, ['r2_score', 'q2']),
  regressionMetric('sep', 'SEP', 'lower', true, sep, []),
  regressionMetric('rpd', 'RPD', 'higher', false, rpd, []),
  regressionMetric('rpiq', 'RPIQ', 'higher', false, rpiq, []),
  regressionMetric('nrmse', 'nRMSE', 'lower', false, nrmse, []),
  regressionMetric('maxError', 'Largest error', 'lower', true, maxError, []),
  classMetric('balancedAccuracy', 'Balanced accuracy', balancedAccuracy, ['balanced_accuracy_score']),
  classMetric('accuracy', 'Accuracy', accuracy, ['accuracy_score']),
  classMetric('precisionMacro', 'Precision (macro)', precisionMacro, ['balanced_precision', 'macro_precision']),
  classMetric('precisionWeighted', 'Precision (weighted)', precisionWeighted, ['precision', 'precision_score']),
  classMetric('recallMacro', 'Recall (macro)', recallMacro, ['balanced_recall', 'macro_recall']),
  classMetric('recallWeighted', 'Recall (weighted)', recallWeighted, ['recall', 'recall_score']),
  classMetric('f1Macro', 'F1 (macro)', f1Macro, ['balanced_f1', 'macro_f1']),
  // As in nirs4all, whose documents these are: `f1` alone is the weighted mean (scikit-learn: F1 of the second class).
  classMetric('f1Weighted', 'F1 (weighted)', f1Weighted, ['f1', 'f1_score']),
  classMetric('mcc', 'Matthews correlation', mcc, ['matthews_corrcoef']),
  classMetric('kappa', 'Cohen’s kappa', kappa, ['cohen_kappa', 'cohen_kappa_score']),
  probabilityMetric('logLoss', 'Log loss', 'lower', logLoss, ['cross_entropy']),
  probabilityMetric('rocAuc', 'ROC AUC', 'higher', rocAuc, ['auc', 'roc_auc_score', 'roc_auc_ovr']),
  probabilityMetric('ece', 'Calibration error', 'lower', expectedCalibrationError, ['expected_calibration_error']),
  probabilityMetric('brier', 'Brier score', 'lower', brier, ['brier_score', 'brier_score_loss']),
];

/** The metric with this name or alias in any spelling, or undefined. */
export function findMetric(name: string): Metric | undefined {
  const wanted = plain(name);
  return metricCatalog.find(({ id, aliases }) => plain(id) === wanted || aliases.some((one) => plain(one) === wanted));
}

/** What a pipeline that names no metric is ranked by: RMSE, or balanced accuracy. */
export const defaultMetric = (task: MetricTask): Metric => {
  const metric = metricCatalog.find((one) => one.task === task);
  if (metric === undefined) throw new Error(`The metric catalog has no ${task} metric.`);
  return metric;
};

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^neg_/, '')
    .replace(/[\s_-]/g, '');
