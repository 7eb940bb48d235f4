import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '#core/base/errors.ts';
import type { HandlersOf } from '#core/contract/handlers.ts';
import type { PipelineTemplate } from '#core/contract/pipelines.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { previewSteps } from '#core/engine/previewSteps.ts';
import { spread } from '#core/engine/spread.ts';
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

/** Pipeline documents: the library, the validator, the live preview. */
export function pipelineHandlers(parts: EngineParts): HandlersOf<Calls> {
  const { workspace } = parts;
  return {
    'pipelines.list': () => workspace.pipelines.list(),
    'pipelines.templates': () => templates(join(parts.resources, 'presets')),
    'pipelines.save'({ id, name, text }) {
      const now = new Date(parts.clock.epoch()).toISOString();
      return id === null
        ? workspace.pipelines.add(`pl_${parts.randomDigits(12)}`, name, text, now)
        : workspace.pipelines.save(id, name, text, now);
    },
    'pipelines.remove'({ id }) {
      workspace.pipelines.remove(id);
      return {};
    },
    'pipelines.check': ({ text, datasetId }) =>
      fullCheck(text, enginePipelineCatalog, datasetId === null ? null : factsOf(parts, datasetId)),
    async 'pipelines.preview'({ text, datasetId, path, from, lines }) {
      const loaded = await parts.datasets.load(datasetId);
      const { data, rows } = loaded.preview();
      const { document } = parsePipeline(text, enginePipelineCatalog);
      const steps = previewSteps(document, path);
      const drawn = spread(rows.length, lines);
      const result = await parts.view.preview(data, {
        steps,
        beforeSteps: from === 'start' ? 0 : Math.max(0, steps.length - 1),
        rows: drawn,
        seed: document.seed ?? 0,
      });
      const shown = drawn.map((k) => rows[k] ?? 0);
      return {
        rows: shown,
        ids: Array.from(shown, (row) => loaded.dataset.sampleIds[row] ?? String(row + 1)),
        before: result.before,
        after: result.after,
        computedOn: rows.length,
        samples: loaded.dataset.sampleIds.length,
        milliseconds: result.milliseconds,
      };
    },
  };
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
    throw new EngineError(
      'data.unreadable',
      { file: 'presets', reason: 'the folder of examples is missing. Install the application again.' },
      { cause: error },
    );
  }
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const { document } = parsePipeline(text, enginePipelineCatalog);
      return { name: document.name ?? name.replace(/\.yaml$/, ''), description: document.description ?? '', text };
    }),
  );
}
