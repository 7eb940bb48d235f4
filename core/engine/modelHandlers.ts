import { basename } from 'node:path';
import type { CancelToken } from '#core/base/cancellation.ts';
import type { HandlersOf } from '#core/contract/handlers.ts';
import type { ModelSummary } from '#core/contract/models.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { exportModel } from '#core/engine/exportModel.ts';
import { openModelFile } from '#core/engine/openModelFile.ts';
import { predictDataset, readToPredict } from '#core/engine/predictFiles.ts';
import type { ReadyModel } from '#core/engine/readyModel.ts';
import { loadFinalModel } from '#core/engine/finalModel.ts';
import { predictInChunks } from '#core/engine/predictInChunks.ts';

type Calls = 'models.list' | 'models.export' | 'models.open' | 'models.predict';

/** Refitted models: listed, exported with proof, used. */
export function modelHandlers(parts: EngineParts): HandlersOf<Calls> {
  const { workspace } = parts;

  /** The refitted model of a run, predicting through the same operators as the run. */
  async function modelOfRun(runId: string, cancel: CancelToken): Promise<ReadyModel> {
    const run = workspace.runs.get(runId);
    const { chain } = await loadFinalModel(workspace, runId);
    const [train] = workspace.predictions.read({ runId, foldId: 'final', partition: 'train' });
    const measured = train?.arrays.measured ?? new Float64Array(0);
    return {
      name: `${run.name} · ${run.target}`,
      target: chain.target,
      axis: chain.inputAxis,
      range:
        measured.length === 0 ? null : { low: smallest(measured), high: -smallest(measured.map((value) => -value)) },
      predict: (x) => predictInChunks(chain, x, cancel),
    };
  }

  return {
    'models.list': () => workspace.chains.refits().map((record) => modelSummary(parts, record)),
    'models.export': ({ runId, file, format }, context) => exportModel(parts, runId, context.path(file), format),
    async 'models.open'({ file }, context) {
      const path = context.path(file);
      const { about } = await openModelFile(parts, path);
      return { name: basename(path), ...about };
    },
    'models.predict': ({ model, spectra, jobId }, context) =>
      parts.jobs.run(jobId, async (cancel) => {
        const ready =
          model.from === 'run'
            ? await modelOfRun(model.runId, cancel)
            : (await openModelFile(parts, context.path(model.file))).model;
        const dataset =
          spectra.from === 'dataset'
            ? (await parts.datasets.load(spectra.datasetId)).dataset
            : await readToPredict(
                parts.files,
                spectra.files.map((grant) => context.path(grant)),
                cancel,
              );
        return predictDataset(ready, dataset, parts.clock);
      }),
  };
}

function modelSummary(
  { workspace }: EngineParts,
  record: ReturnType<EngineParts['workspace']['chains']['refits']>[number],
): ModelSummary {
  const run = workspace.runs.get(record.runId);
  const variant = workspace.variants.get(record.runId, record.variant);
  const summary = workspace.datasets.get(run.datasetId);
  return {
    runId: run.id,
    name: run.name,
    target: run.target,
    targetUnit: run.result?.targetUnit ?? null,
    steps: variant.steps,
    axis: { ...summary.axis, count: summary.wavelengths },
    datasetName: run.datasetName,
    nTrain: run.result?.nTrain ?? 0,
    nTest: run.result?.nTest ?? 0,
    rmsecv: run.result?.rmsecv ?? null,
    rmsec: run.result?.rmsec ?? null,
    rmsep: run.result?.rmsep ?? null,
    createdAt: record.createdAt,
  };
}

const smallest = (values: Float64Array): number => values.reduce((low, value) => Math.min(low, value), Infinity);
