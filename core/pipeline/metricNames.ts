/** A metric as documents and forms name it. */
export interface MetricName {
  readonly id: string;
  readonly title: string;
  readonly task: 'regression' | 'classification';
  readonly aliases: readonly string[];
}

const named = (task: MetricName['task'], list: readonly (readonly [id: string, title: string, aliases: string])[]) =>
  list.map(([id, title, aliases]): MetricName => ({ id, title, task, aliases: aliases.split(' ').filter(Boolean) }));

/**
 * The metrics that a pipeline can name, the usual one of each task first. The engine computes them; this table is what
 * the language and the window know of them.
 */
export const metricNames: readonly MetricName[] = [
  ...named('regression', [
    ['rmse', 'RMSE', 'root_mean_squared_error rmsecv rmsep'],
    ['mse', 'MSE', 'mean_squared_error'],
    ['mae', 'MAE', 'mean_absolute_error'],
    ['medae', 'Median absolute error', 'median_ae median_absolute_error'],
    ['mape', 'MAPE', 'mean_absolute_percentage_error'],
    ['r2', 'R²', 'r2_score q2'],
    ['sep', 'SEP', ''],
    ['rpd', 'RPD', ''],
    ['rpiq', 'RPIQ', ''],
    ['nrmse', 'nRMSE', ''],
    ['maxError', 'Largest error', ''],
  ]),
  ...named('classification', [
    ['balancedAccuracy', 'Balanced accuracy', 'balanced_accuracy_score'],
    ['accuracy', 'Accuracy', 'accuracy_score'],
    ['precisionMacro', 'Precision (macro)', 'balanced_precision macro_precision'],
    ['precisionWeighted', 'Precision (weighted)', 'precision precision_score'],
    ['recallMacro', 'Recall (macro)', 'balanced_recall macro_recall'],
    ['recallWeighted', 'Recall (weighted)', 'recall recall_score'],
    ['f1Macro', 'F1 (macro)', 'balanced_f1 macro_f1'],
    ['f1Weighted', 'F1 (weighted)', 'f1 f1_score'],
    ['mcc', 'Matthews correlation', 'matthews_corrcoef'],
    ['kappa', 'Cohen’s kappa', 'cohen_kappa cohen_kappa_score'],
    ['logLoss', 'Log loss', 'cross_entropy'],
    ['rocAuc', 'ROC AUC', 'auc roc_auc_score roc_auc_ovr'],
    ['ece', 'Calibration error', 'expected_calibration_error'],
    ['brier', 'Brier score', 'brier_score brier_score_loss'],
  ]),
];

/** The metric with this name in any spelling, or undefined. */
export function metricNamed(name: string): MetricName | undefined {
  const wanted = plain(name);
  return metricNames.find(({ id, aliases }) => plain(id) === wanted || aliases.some((one) => plain(one) === wanted));
}

/** `Balanced_Accuracy`, `balanced-accuracy` and `neg_balanced_accuracy` are one. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^neg_/, '')
    .replace(/[\s_-]/g, '');
