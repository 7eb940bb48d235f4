import { confusionMatrix } from '#core/metrics/confusionMatrix.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export type MetricTask = 'regression' | 'classification';

/** Predictions beside the truth, for either task. */
export interface Scored {
  /** Length n; class codes 0 … classCount − 1 in classification. */
  readonly measured: Float64Array;
  /** Length n; class codes in classification, −1 for "none of the classes". */
  readonly predicted: Float64Array;
  /** Classification: n × K; null or absent for models without probabilities. */
  readonly probabilities?: Matrix | null;
  /** Classification: K; by default one more than the largest code. */
  readonly classCount?: number;
}

/** A figure of merit by which variants can be ranked. */
export interface Metric {
  /** The name in pipeline documents; case, underscores and a leading `neg_` do not matter there. */
  readonly id: string;
  readonly title: string;
  readonly task: MetricTask;
  /** Other spellings, those of scikit-learn and nirs4all included. */
  readonly aliases: readonly string[];
  /** Whether smaller or larger values are better. */
  readonly direction: 'lower' | 'higher';
  /** True when the value carries the unit of the target. */
  readonly hasUnit: boolean;
  /** True when it needs class probabilities; without them it is NaN. */
  readonly needsProbabilities: boolean;
  /** NaN where it cannot be computed. */
  readonly score: (scored: Scored) => number;
  /** `score` of values alone, y: measured, p: predicted, both of length n. */
  readonly compute: (y: Float64Array, p: Float64Array) => number;
}

type Direction = Metric['direction'];

/** A figure of predicted values. */
export function regressionMetric(
  id: string,
  title: string,
  direction: Direction,
  hasUnit: boolean,
  compute: Metric['compute'],
  aliases: readonly string[],
): Metric {
  const score = ({ measured, predicted }: Scored): number => compute(measured, predicted);
  return { id, title, task: 'regression', aliases, direction, hasUnit, needsProbabilities: false, score, compute };
}

/** A figure of predicted classes: larger is better. */
export function classMetric(
  id: string,
  title: string,
  figure: (counts: number[][]) => number,
  aliases: readonly string[],
): Metric {
  return classification(id, title, 'higher', aliases, false, (scored) =>
    figure(confusionMatrix(scored.measured, scored.predicted, scored.classCount ?? classesIn(scored))),
  );
}

/** A figure of class probabilities. */
export function probabilityMetric(
  id: string,
  title: string,
  direction: Direction,
  figure: (y: Float64Array, p: Matrix) => number,
  aliases: readonly string[],
): Metric {
  return classification(id, title, direction, aliases, true, (scored) =>
    scored.probabilities ? figure(scored.measured, scored.probabilities) : NaN,
  );
}

function classification(
  id: string,
  title: string,
  direction: Direction,
  aliases: readonly string[],
  needsProbabilities: boolean,
  score: Metric['score'],
): Metric {
  const compute = (measured: Float64Array, predicted: Float64Array): number => score({ measured, predicted });
  return { id, title, task: 'classification', aliases, direction, hasUnit: false, needsProbabilities, score, compute };
}

const classesIn = ({ measured, predicted }: Scored): number =>
  [measured, predicted].reduce((count, codes) => codes.reduce((most, code) => Math.max(most, code + 1), count), 0);
