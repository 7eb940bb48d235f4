import type { Matrix } from '#core/numerics/matrix.ts';
import { quantile } from '#core/numerics/quantile.ts';

/** Where a model was trained: predictions outside it are extrapolations. */
export interface ApplicabilityDomain {
  /** Training samples. */
  readonly samples: number;
  /** Range of the target over the training samples, in its unit; null in classification. */
  readonly y: { readonly min: number; readonly max: number } | null;
  /** 5 % and 95 % quantiles of the raw training spectra at each wavelength. */
  readonly x: { readonly low: Float64Array; readonly high: Float64Array };
}

export interface DomainFlags {
  /** Predictions outside the range of the training targets; none in classification. */
  readonly outsideY: readonly boolean[];
  /** For each spectrum the share of wavelengths, 0 to 1, outside the 5–95 % band of the training spectra. */
  readonly outsideX: Float64Array;
}

/**
 * Describes the training data: x n × p raw spectra, y n target values (missing ones, NaN, are left out of the range), or
 * null where the target is a class.
 */
export function applicabilityDomain(x: Matrix, y: Float64Array | null): ApplicabilityDomain {
  const low = new Float64Array(x.cols);
  const high = new Float64Array(x.cols);
  const used = Math.min(x.rows, MOST_ROWS);
  const column = new Float64Array(used);
  for (let j = 0; j < x.cols; j++) {
    for (let k = 0; k < used; k++) column[k] = x.data[Math.floor((k * x.rows) / used) * x.cols + j] ?? NaN;
    low[j] = quantile(column, LOW);
    high[j] = quantile(column, HIGH);
  }
  return { samples: x.rows, y: y === null ? null : rangeOf(y), x: { low, high } };
}

function rangeOf(y: Float64Array): { min: number; max: number } {
  const known = y.filter((value) => !Number.isNaN(value));
  return {
    min: known.reduce((a, b) => Math.min(a, b), Infinity),
    max: known.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

/** Compares new spectra (n × p, same axis) and their predictions with the training data. */
export function domainFlags(domain: ApplicabilityDomain, x: Matrix, predictions: Float64Array): DomainFlags {
  const { low, high } = domain.x;
  const outsideX = new Float64Array(x.rows);
  for (let i = 0; i < x.rows; i++) {
    let outside = 0;
    for (let j = 0; j < x.cols; j++) {
      const value = x.data[i * x.cols + j] ?? NaN;
      if (!(value >= (low[j] ?? NaN) && value <= (high[j] ?? NaN))) outside++;
    }
    outsideX[i] = outside / Math.max(1, x.cols);
  }
  const { y } = domain;
  const outsideY = Array.from(predictions, (value) => y !== null && !(value >= y.min && value <= y.max));
  return { outsideY, outsideX };
}

const LOW = 0.05;
const HIGH = 0.95;
/** Spread evenly over the training samples: enough for these quantiles, and an export of a large set stays quick. */
const MOST_ROWS = 1000;
