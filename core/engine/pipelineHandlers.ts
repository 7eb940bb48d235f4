import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '#core/base/errors.ts';
import type { HandlersOf } from '#core/contract/handlers.ts';
import type { PipelineTemplate } from '#core/contract/pipelines.ts';
import { spread } from '#core/engine/datasetHandlers.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { previewSteps } from '#core/engine/previewSteps.ts';
import { chooseData } from '#core/engine/unitData.ts';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import type { DataFacts } from '#core/pipeline/dataFacts.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';

type Calls =
  | 'pipelines.list'
  | 'pipelines.templates'
  | 'pipelines.save'
  | 'pipelines.remove'
  | 'pipelines.check'
  | 'pipelines.preview';

/** A preview learns from at most so many training samples, and says so. */
const PREVIEW_SAMPLES = 500;

/** Pipeline documents: the library, the validator, the live preview. */
export function pipelineHandlers(parts: EngineParts): HandlersOf<Calls> {
  const { workspace } = parts;
  return {
    'pipelines.list': () => workspace.pipelines.list(),
    'pipelines.templates': () => templates(join(parts.resources, 'presets')),
    'pipelines.save': ({ id, name, text }) => {
      const now = new Date(parts.clock.epoch()).toISOString();
      return workspace.pipelines.save({ id: id ?? `pl_${parts.randomDigits(12)}`, name, text }, now);
    },
    'pipelines.remove'({ id }) {
      workspace.pipelines.remove(id);
      return {};
    },
    'pipelines.check': ({ text, datasetId }) =>
      fullCheck(text, enginePipelineCatalog, datasetId === null ? null : factsOf(parts, datasetId)),
    async 'pipelines.preview'({ text, datasetId, path, from, lines }) {
      const { dataset } = await parts.datasets.load(datasetId);
      const { contentHash } = workspace.datasets.get(datasetId);
      const { document } = parsePipeline(text, enginePipelineCatalog);
      const steps = previewSteps(document, path);
      const { data } = chooseDataForPreview(dataset, contentHash);
      const train = spread(data.train.length, PREVIEW_SAMPLES).map((k) => data.train[k] ?? 0);
      const rows = spread(data.rows, lines);
      // The worker transforms whole matrices; beyond the limit only the samples that matter are sent through it.
      const result = await parts.view.preview(
        { ...data, key: `${data.key} | preview`, train },
        { steps, beforeSteps: from === 'start' ? 0 : Math.max(0, steps.length - 1), rows, seed: document.seed ?? 0 },
      );
      return {
        rows,
        ids: Array.from(rows, (row) => dataset.sampleIds[row] ?? String(row + 1)),
        before: result.before,
        after: result.after,
        computedOn: train.length,
        samples: data.train.length,
        milliseconds: result.milliseconds,
      };
    },
  };

  /** A preview needs no reference values: without a target every sample takes part. */
  function chooseDataForPreview(dataset: Parameters<typeof chooseData>[0], contentHash: string) {
    const everything = {
      ...dataset,
      split: null,
      targets: [{ name: 'preview', unit: null, values: new Float64Array(dataset.sampleIds.length) }],
    };
    return chooseData(everything, contentHash, { target: null, trainSplit: null, testSplit: null });
  }
}

function factsOf({ workspace }: EngineParts, datasetId: string): DataFacts {
  const summary = workspace.datasets.get(datasetId);
  return {
    samples: summary.samples,
    wavelengths: summary.wavelengths,
    metadata: summary.metadata,
    ...(summary.split === null ? {} : { splitLabels: summary.split.map((one) => one.label) }),
  };
}

/** The documents shipped with the application; name and description stand in them. */
async function templates(folder: string): Promise<PipelineTemplate[]> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  } catch (error) {
    throw new EngineError('data.unreadable', { file: 'presets', reason: 'the folder of examples is missing. Install the application again.' }, { cause: error });
  }
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const { document } = parsePipeline(text, enginePipelineCatalog);
      return { name: document.name ?? name.replace(/\.yaml$/, ''), description: document.description ?? '', text };
    }),
  );
}
