import type { CancelToken } from '#core/base/cancellation.ts';
import { neverCancelled } from '#core/base/cancellation.ts';
import type { PredictionTable } from '#core/contract/models.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { openModelFile } from '#core/engine/openModelFile.ts';
import { predictDataset } from '#core/engine/predictDataset.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';

/**
 * New spectra, read like any dataset; reference values in them are taken along. Columns of the names `metadata` are
 * metadata, whatever they look like (a season written as a number, a site that differs in every row).
 */
export async function readToPredict(
  files: FilePort,
  paths: readonly string[],
  cancel: CancelToken,
  metadata: readonly string[],
): Promise<Dataset> {
  const { options, files: found } = await inspectImport(paths, files);
  const roles = Object.fromEntries(metadata.map((name) => [name, 'metadata' as const]));
  const withRoles = Object.fromEntries(
    found.map(({ file }) => [file, { ...options.files[file], columns: { ...options.files[file]?.columns, ...roles } }]),
  );
  const wanted = metadata.length === 0 ? options : { ...options, files: { ...options.files, ...withRoles } };
  return (await importDataset(paths, files, wanted, { cancel })).dataset;
}

/** Prediction with files alone, without a workspace: a model file, and the spectra's files. */
export async function predictFiles(
  ports: { readonly files: FilePort; readonly onnx: OnnxRuntime },
  modelPath: string,
  paths: readonly string[],
): Promise<PredictionTable> {
  const { model } = await openModelFile(ports, modelPath);
  return predictDataset(model, await readToPredict(ports.files, paths, neverCancelled, model.columns), {
    now: () => performance.now(),
  });
}
