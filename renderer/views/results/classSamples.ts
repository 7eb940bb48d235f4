import type { Predictions } from '#core/contract/results.ts';
import { nameOf } from '#renderer/charts/probabilityOption.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';

export type ClassSampleKey = 'id' | 'measured' | 'predicted' | 'result' | 'probability' | 'fold';

export interface ClassSample {
  readonly id: string;
  readonly measured: string;
  readonly predicted: string;
  readonly right: boolean;
  /** Of the predicted class; null for classifiers without probabilities. */
  readonly probability: number | null;
  /** From 1; null where no fold held it out. */
  readonly fold: number | null;
  /** Of every class, in the order of their codes; null without probabilities. */
  readonly probabilities: readonly number[] | null;
}

/** One row a sample, in the order of the predictions. */
export function classSamples(predictions: Predictions): ClassSample[] {
  const { classes, measured, predicted, probabilities, fold, sampleIds } = predictions;
  const names = classes ?? [];
  return sampleIds.map((id, at) => {
    const code = predicted[at] ?? -1;
    const own = probabilities?.subarray(at * names.length, (at + 1) * names.length) ?? null;
    const held = fold[at] ?? -1;
    return {
      id,
      measured: nameOf(names, measured[at]),
      predicted: nameOf(names, code),
      right: measured[at] === code,
      probability: own?.[code] ?? null,
      fold: held < 0 ? null : held + 1,
      probabilities: own === null ? null : Array.from(own),
    };
  });
}

/** Sorted by a column; ties keep their order, missing numbers come last both ways. Misclassified come before recognised. */
export function sortClassSamples(
  samples: readonly ClassSample[],
  key: ClassSampleKey,
  descending: boolean,
): ClassSample[] {
  const sign = descending ? -1 : 1;
  if (key === 'result') return samples.toSorted((a, b) => sign * (Number(a.right) - Number(b.right)));
  if (key === 'probability' || key === 'fold') {
    const rank = (sample: ClassSample): number => {
      const value = sample[key];
      return value === null ? Number.POSITIVE_INFINITY : sign * value;
    };
    return samples.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  }
  const collator = new Intl.Collator(undefined, { numeric: true });
  return samples.toSorted((a, b) => sign * collator.compare(a[key], b[key]));
}

/** What the CSV file holds: a probability for each class, full precision. */
export function classSamplesTable(samples: readonly ClassSample[], classes: readonly string[]): PlotTable {
  const hasProbabilities = samples.some(({ probabilities }) => probabilities !== null);
  return {
    columns: [
      t('results.samples.id'),
      t('results.samples.measuredClass'),
      t('results.samples.predictedClass'),
      t('results.samples.agrees'),
      ...(hasProbabilities ? classes.map((name) => t('results.samples.probabilityOf', { name })) : []),
      t('results.samples.fold'),
    ],
    rows: samples.map(({ id, measured, predicted, right, probabilities, fold }) => [
      id,
      measured,
      predicted,
      t(right ? 'results.samples.rightPlain' : 'results.samples.wrongPlain'),
      ...(hasProbabilities ? classes.map((_, k) => probabilities?.[k] ?? null) : []),
      fold,
    ]),
  };
}
