import type { PredictionTable } from '#core/contract/models.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import { scoresOf } from '#core/engine/runMetrics.ts';
import { confusionMatrix } from '#core/metrics/confusionMatrix.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';

/** The reference labels of new spectra beside the classes that a model predicts for them. */
export interface ComparedClasses extends Pick<PredictionTable, 'scores' | 'confusion'> {
  /** Class codes; NaN where the label is missing or the model does not know it. */
  readonly measured: Float64Array;
  /** As the data have them; '' where missing. */
  readonly labels: string[];
  readonly warnings: readonly string[];
}

/** Compares with the column of the target's name; null where the data have none, or no label in it. */
export function measuredClasses(
  target: string,
  classes: readonly string[],
  dataset: Dataset,
  { predicted, probabilities }: Predicted,
): ComparedClasses | null {
  const labels = labelsOf(target, dataset);
  if (labels === null || labels.every((label) => label === '')) return null;
  const codes = new Map(classes.map((name, code) => [name, code]));
  const measured = Float64Array.from(labels, (label) => codes.get(label) ?? NaN);
  const known = [...measured.keys()].filter((i) => !Number.isNaN(measured[i]));
  const strange = labels.filter((label) => label !== '' && !codes.has(label));
  const [y, found] = [takeValues(measured, known), takeValues(predicted, known)];
  const withNone = found.includes(-1);
  return {
    measured,
    labels: [...labels],
    scores:
      known.length === 0
        ? null
        : scoresOf(
            {
              measured: y,
              predicted: found,
              probabilities: probabilities === null ? null : takeRows(probabilities, known).data,
            },
            classes.length,
          ),
    confusion:
      known.length === 0
        ? null
        : {
            columns: withNone ? [...classes, NONE] : [...classes],
            counts: confusionMatrix(y, found, classes.length),
          },
    warnings:
      strange.length === 0
        ? []
        : [
            `${strange.length} samples have a class that the model does not know ` +
              `(${[...new Set(strange)].slice(0, MOST_NAMED).join(', ')}); they are left out of the comparison.`,
          ],
  };
}

const NONE = 'none';
const MOST_NAMED = 5;

/** A label column stands among the metadata; classes written as numbers among the targets. */
function labelsOf(name: string, dataset: Dataset): readonly string[] | null {
  const column = dataset.metadata.find((one) => one.name === name);
  if (column !== undefined) return column.values;
  const target = dataset.targets.find((one) => one.name === name);
  return target === undefined ? null : Array.from(target.values, (value) => (Number.isNaN(value) ? '' : String(value)));
}
