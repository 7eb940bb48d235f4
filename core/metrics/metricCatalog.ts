import {
  bias,
  intercept,
  mae,
  maxError,
  nrmse,
  r2,
  rmse,
  rpd,
  rpiq,
  sep,
  slope,
} from '#core/metrics/regressionMetrics.ts';

/** A figure of merit by which variants can be ranked. */
export interface Metric {
  /** The name in pipeline documents. */
  readonly id: string;
  readonly title: string;
  /** Whether smaller or larger values are better. */
  readonly direction: 'lower' | 'higher';
  /** True when the value carries the unit of the target. */
  readonly hasUnit: boolean;
  /** y: measured, p: predicted, both of length n. NaN where it cannot be computed. */
  readonly compute: (y: Float64Array, p: Float64Array) => number;
}

/** The metrics that a pipeline can name, the default first. */
export const metricCatalog: readonly Metric[] = [
  { id: 'rmse', title: 'RMSE', direction: 'lower', hasUnit: true, compute: rmse },
  { id: 'mae', title: 'MAE', direction: 'lower', hasUnit: true, compute: mae },
  { id: 'r2', title: 'R²', direction: 'higher', hasUnit: false, compute: r2 },
  { id: 'sep', title: 'SEP', direction: 'lower', hasUnit: true, compute: sep },
  { id: 'rpd', title: 'RPD', direction: 'higher', hasUnit: false, compute: rpd },
  { id: 'rpiq', title: 'RPIQ', direction: 'higher', hasUnit: false, compute: rpiq },
  { id: 'nrmse', title: 'nRMSE', direction: 'lower', hasUnit: false, compute: nrmse },
  { id: 'maxError', title: 'Largest error', direction: 'lower', hasUnit: true, compute: maxError },
];

/** The metric with this name in any case, or undefined. */
export const findMetric = (id: string): Metric | undefined =>
  metricCatalog.find((metric) => metric.id.toLowerCase() === id.toLowerCase());

/** Every figure of merit of a set of predictions. NaN where one cannot be computed. */
export interface RegressionSummary {
  readonly n: number;
  readonly rmse: number;
  readonly mae: number;
  readonly r2: number;
  readonly bias: number;
  readonly sep: number;
  readonly rpd: number;
  readonly rpiq: number;
  readonly nrmse: number;
  readonly slope: number;
  readonly intercept: number;
  readonly maxError: number;
}

/** The table that results, reports and the command line show for one partition. */
export const regressionSummary = (y: Float64Array, p: Float64Array): RegressionSummary => ({
  n: y.length,
  rmse: rmse(y, p),
  mae: mae(y, p),
  r2: r2(y, p),
  bias: bias(y, p),
  sep: sep(y, p),
  rpd: rpd(y, p),
  rpiq: rpiq(y, p),
  nrmse: nrmse(y, p),
  slope: slope(y, p),
  intercept: intercept(y, p),
  maxError: maxError(y, p),
});
