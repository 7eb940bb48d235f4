import type { CancelToken } from '#core/base/cancellation.ts';
import { neverCancelled } from '#core/base/cancellation.ts';
import type { PredictionTable } from '#core/contract/models.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { openModelFile } from '#core/engine/openModelFile.ts';
import type { ReadyModel } from '#core/engine/readyModel.ts';
import { scoresOf } from '#core/engine/runMetrics.ts';
import type { Clock } from '#core/execution/ports.ts';
import { axisMatchInWords, checkAxis, pickColumns } from '#core/export/checkAxis.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { writeCsv } from '#core/io/tableWriter.ts';

/** New spectra, read like any dataset; reference values in them are taken along. */
export async function readToPredict(files: FilePort, paths: readonly string[], cancel: CancelToken): Promise<Dataset> {
  const { options } = await inspectImport(paths, files);
  return (await importDataset(paths, files, options, { cancel })).dataset;
}

/** Matches the axis, predicts in one pass, and compares with reference values where the data have them. */
export async function predictDataset(
  model: ReadyModel,
  dataset: Dataset,
  clock: Pick<Clock, 'now'>,
): Promise<PredictionTable> {
  const started = clock.now();
  const { x, axis } = dataset.source;
  const match = model.axis === null ? null : checkAxis(model.axis, axis);
  const predicted = await model.predict(match === null ? x : pickColumns(x, match));
  const measured = dataset.targets.find((target) => target.name === model.target.name)?.values ?? null;
  const known = measured === null ? [] : [...measured.keys()].filter((i) => Number.isFinite(measured[i]));
  const at = (values: Float64Array) => Float64Array.from(known, (i) => values[i] ?? NaN);
  const warnings: string[] = [];
  const { range } = model;
  const outside = range === null ? 0 : predicted.filter((value) => value < range.low || value > range.high).length;
  if (outside > 0)
    warnings.push(
      `${outside} of ${predicted.length} predictions lie outside the calibrated range and are extrapolations.`,
    );
  return {
    modelName: model.name,
    target: model.target.name,
    targetUnit: model.target.unit,
    sampleIds: [...dataset.sampleIds],
    predicted,
    measured: known.length > 0 ? measured : null,
    scores: measured === null || known.length === 0 ? null : scoresOf(at(measured), at(predicted)),
    range,
    axisNote:
      match === null || model.axis === null
        ? 'The model does not say which axis it expects; only the number of points was checked.'
        : axisMatchInWords(match, model.axis),
    warnings,
    milliseconds: clock.now() - started,
  };
}

/** Prediction with files alone, without a workspace: a model file, and the spectra's files. */
export async function predictFiles(
  ports: { readonly files: FilePort; readonly onnx: OnnxRuntime },
  modelPath: string,
  paths: readonly string[],
): Promise<PredictionTable> {
  const { model } = await openModelFile(ports, modelPath);
  return predictDataset(model, await readToPredict(ports.files, paths, neverCancelled), {
    now: () => performance.now(),
  });
}

/** The table as CSV: id, prediction, and the reference value with its residual where there is one. */
export function predictionCsv(table: PredictionTable): string {
  const name = table.target;
  return writeCsv(
    [
      { name: 'sample_id', values: table.sampleIds },
      { name: `${name}_predicted`, values: table.predicted },
      ...(table.measured === null
        ? []
        : [
            { name: `${name}_measured`, values: table.measured },
            {
              name: `${name}_residual`,
              values: table.predicted.map((value, i) => value - (table.measured?.[i] ?? NaN)),
            },
          ]),
    ],
    { separator: ',', decimal: '.' },
  );
}
