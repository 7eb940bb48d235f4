import type { PredictionTable } from '#core/contract/models.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { measuredClasses } from '#core/engine/measuredClasses.ts';
import { matchSources, sourcesInWords } from '#core/engine/matchSources.ts';
import type { ReadyModel } from '#core/engine/readyModel.ts';
import { scoresOf } from '#core/engine/runMetrics.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import type { Clock } from '#core/execution/ports.ts';
import { axisMatchInWords, checkAxis, pickColumns } from '#core/export/checkAxis.ts';

type Found = Pick<
  PredictionTable,
  'measured' | 'measuredLabels' | 'scores' | 'confusion' | 'range' | 'warnings' | 'probabilities'
>;

/** Matches the axis, predicts in one pass, and compares with reference values or labels where the data have them. */
export async function predictDataset(
  model: ReadyModel,
  given: Dataset,
  clock: Pick<Clock, 'now'>,
): Promise<PredictionTable> {
  const started = clock.now();
  const { sources = [] } = model;
  const bySource = model.axis === null ? null : matchSources(sources, model.axis.values.length, given);
  const dataset = bySource?.dataset ?? given;
  const { x, axis } = dataset.source;
  const match = model.axis === null ? null : checkAxis(model.axis, axis);
  const metadata = Object.fromEntries([
    // A column that the model asks for may have been imported as a reference value.
    ...dataset.targets
      .filter(({ name }) => model.columns.includes(name))
      .map(
        ({ name, values }) =>
          [name, Array.from(values, (value) => (Number.isNaN(value) ? '' : String(value)))] as const,
      ),
    ...dataset.metadata.map(({ name, values }) => [name, values] as const),
  ]);
  const found = await model.predict(match === null ? x : pickColumns(x, match), { metadata });
  const { name, unit, classes } = model.target;
  return {
    modelName: model.name,
    target: name,
    targetUnit: unit,
    task: classes === null ? 'regression' : 'classification',
    classes: classes === null ? null : [...classes],
    sampleIds: [...dataset.sampleIds],
    predicted: found.predicted,
    ...(classes === null ? comparedValues(model, dataset, found) : comparedClasses(name, classes, dataset, found)),
    axisNote:
      bySource !== null
        ? sourcesInWords(sources, bySource)
        : match === null || model.axis === null
          ? 'The model does not say which axis it expects; only the number of points was checked.'
          : axisMatchInWords(match, model.axis),
    milliseconds: clock.now() - started,
  };
}

function comparedValues(model: ReadyModel, dataset: Dataset, { predicted }: Predicted): Found {
  const measured = dataset.targets.find((target) => target.name === model.target.name)?.values ?? null;
  const known = measured === null ? [] : [...measured.keys()].filter((i) => Number.isFinite(measured[i]));
  const at = (values: Float64Array) => Float64Array.from(known, (i) => values[i] ?? NaN);
  const { range } = model;
  const outside = range === null ? 0 : predicted.filter((value) => value < range.low || value > range.high).length;
  return {
    probabilities: null,
    measured: known.length > 0 ? measured : null,
    measuredLabels: null,
    scores:
      measured === null || known.length === 0
        ? null
        : scoresOf({ measured: at(measured), predicted: at(predicted), probabilities: null }, 0),
    confusion: null,
    range,
    warnings:
      outside === 0
        ? []
        : [`${outside} of ${predicted.length} predictions lie outside the calibrated range and are extrapolations.`],
  };
}

function comparedClasses(target: string, classes: readonly string[], dataset: Dataset, found: Predicted): Found {
  const { predicted, probabilities } = found;
  const none = predicted.filter((code) => code < 0).length;
  const compared = measuredClasses(target, classes, dataset, found);
  return {
    probabilities: probabilities?.data ?? null,
    measured: compared?.measured ?? null,
    measuredLabels: compared?.labels ?? null,
    scores: compared?.scores ?? null,
    confusion: compared?.confusion ?? null,
    range: null,
    warnings: [
      ...(none === 0 ? [] : [`${none} of ${predicted.length} spectra belong to none of the classes.`]),
      ...(compared?.warnings ?? []),
    ],
  };
}
