import { basename } from 'node:path';
import type { CancelToken } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { HandlersOf } from '#core/contract/handlers.ts';
import { leadChain, requiredColumns } from '#core/data/deployedModel.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { exportModel } from '#core/engine/exportModel.ts';
import { loadDeployed } from '#core/engine/finalModel.ts';
import { listModels } from '#core/engine/listModels.ts';
import { chainSources } from '#core/data/chainSources.ts';
import { modelRows } from '#core/engine/modelRows.ts';
import { openModelFile } from '#core/engine/openModelFile.ts';
import { predictDataset } from '#core/engine/predictDataset.ts';
import { readToPredict } from '#core/engine/predictFiles.ts';
import type { ReadyModel } from '#core/engine/readyModel.ts';
import { predictInChunks } from '#core/engine/predictInChunks.ts';

type Calls = 'models.list' | 'models.export' | 'models.open' | 'models.predict';

/** Models of the workspace and of files: listed, exported with proof, used. */
export function modelHandlers(parts: EngineParts): HandlersOf<Calls> {
  const { workspace } = parts;

  /** A model of a run, predicting through the same operators as the run. */
  async function modelOfRun(runId: string, asked: number | null, cancel: CancelToken): Promise<ReadyModel> {
    const run = workspace.runs.get(runId);
    const { deployed, variant } = await loadDeployed(workspace, runId, asked ?? undefined);
    const { target, inputAxis, steps } = leadChain(deployed);
    const { measured } = modelRows(workspace, runId, variant, deployed.content);
    return {
      name: `${run.name} · ${run.target}`,
      sources: chainSources(steps),
      target,
      axis: inputAxis,
      columns: requiredColumns(deployed, operatorsByKind.any),
      range:
        measured.length === 0 || target.classes !== null
          ? null
          : { low: smallest(measured), high: -smallest(measured.map((value) => -value)) },
      predict: (x, rows) => predictInChunks(deployed, x, cancel, rows),
    };
  }

  return {
    'models.list': () => listModels(workspace),
    'models.export': ({ runId, variant, file, format }, context) =>
      exportModel(parts, { runId, variant }, context.path(file), format),
    async 'models.open'({ file }, context) {
      const path = context.path(file);
      const { about } = await openModelFile(parts, path);
      return { name: basename(path), ...about };
    },
    'models.predict': ({ model, spectra, jobId }, context) =>
      parts.jobs.run(jobId, async (cancel) => {
        const ready =
          model.from === 'run'
            ? await modelOfRun(model.runId, model.variant, cancel)
            : (await openModelFile(parts, context.path(model.file))).model;
        const dataset =
          spectra.from === 'dataset'
            ? (await parts.datasets.load(spectra.datasetId)).dataset
            : await readToPredict(
                parts.files,
                spectra.files.map((grant) => context.path(grant)),
                cancel,
                ready.columns,
              );
        return predictDataset(ready, dataset, parts.clock);
      }),
  };
}

const smallest = (values: Float64Array): number => values.reduce((low, value) => Math.min(low, value), Infinity);
