import { metricNamed } from '#core/pipeline/metricNames.ts';

/** What the window needs to know of the metric that a run compares. */
export interface RunMetric {
  readonly id: string;
  /** As headings print it. */
  readonly title: string;
  readonly higherIsBetter: boolean;
  /** It carries the unit of the target. */
  readonly hasUnit: boolean;
}

const LOWER_CLASSIFICATION = ['logLoss', 'ece', 'brier'];
const HIGHER_REGRESSION = ['r2', 'rpd', 'rpiq'];
const WITH_UNIT = ['rmse', 'mae', 'medae', 'sep', 'maxError'];

/** The metric of a run by any of its names; one that is not known is an error of its own name, as older runs have it. */
export function runMetric(name: string): RunMetric {
  const known = metricNamed(name.replace(/^neg_/i, ''));
  if (!known) return { id: name, title: name, higherIsBetter: false, hasUnit: false };
  const { id, title, task } = known;
  const higherIsBetter =
    task === 'classification' ? !LOWER_CLASSIFICATION.includes(id) : HIGHER_REGRESSION.includes(id);
  return { id, title, higherIsBetter, hasUnit: WITH_UNIT.includes(id) };
}
