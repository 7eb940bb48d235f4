import type { Trial } from '#core/contract/results.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';

/** Names of all parameters that the trials tried, in the order in which they appear. */
export const paramNames = (trials: readonly Trial[]): string[] => [
  ...new Set(trials.flatMap(({ params }) => Object.keys(params))),
];

/** Keys of the searches: one for all folds, or one for each. */
export const studyKeys = (trials: readonly Trial[]): (number | null)[] => [...new Set(trials.map(({ fold }) => fold))];

const PARAM = 'param:';
export const paramKey = (name: string): string => `${PARAM}${name}`;

/** Sorted by a column: `trial`, `value`, `state`, `sampler`, `time` or `param:…`. Missing values last both ways. */
export function sortTrials(trials: readonly Trial[], key: string, descending: boolean): Trial[] {
  const sign = descending ? -1 : 1;
  const collator = new Intl.Collator(undefined, { numeric: true });
  return trials.toSorted((a, b) => {
    const [x, y] = [valueOf(a, key), valueOf(b, key)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)));
  });
}

function valueOf(trial: Trial, key: string): number | string | null {
  if (key.startsWith(PARAM)) return plain(trial.params[key.slice(PARAM.length)]);
  switch (key) {
    case 'value':
      return trial.value;
    case 'state':
      return trial.state;
    case 'sampler':
      return trial.sampler;
    case 'time':
      return trial.milliseconds;
    default:
      return trial.trial;
  }
}

/** Every trial with its parameters and the score of each of its folds, full precision. */
export function trialsCsv(trials: readonly Trial[], score: string): PlotTable {
  const names = paramNames(trials);
  const folds = Math.max(0, ...trials.map(({ foldScores }) => foldScores.length));
  return {
    columns: [
      t('results.trials.fold'),
      t('results.trials.axis'),
      ...names,
      score,
      t('results.trials.state'),
      t('results.trials.sampler'),
      'milliseconds',
      ...Array.from({ length: folds }, (_, k) => `${score} ${t('runs.fold', { k: k + 1 })}`),
    ],
    rows: trials.map((trial) => [
      trial.fold === null ? null : trial.fold + 1,
      trial.trial + 1,
      ...names.map((name) => plain(trial.params[name])),
      trial.value,
      t(`results.trials.state.${trial.state}`),
      trial.sampler,
      Math.round(trial.milliseconds),
      ...Array.from({ length: folds }, (_, k) => trial.foldScores[k] ?? null),
    ]),
  };
}

const plain = (value: unknown): string | number | null =>
  typeof value === 'number' || typeof value === 'string'
    ? value
    : value === null || value === undefined
      ? null
      : JSON.stringify(value);
