import type { EngineParts } from '#core/engine/engineParts.ts';
import { withFoldFiles } from '#core/engine/foldFiles.ts';
import { laneFacts } from '#core/engine/laneFacts.ts';
import { parseDocument } from '#core/engine/parseDocument.ts';
import { planDocument, targetUse } from '#core/engine/planDocument.ts';
import { chooseData, type ChosenData, type DataChoice } from '#core/engine/unitData.ts';
import type { RunPlan } from '#core/execution/plan.ts';

/** What a run consists of: the same input gives the same plan over the same data, whenever it is asked for. */
export interface RunRequest extends DataChoice {
  readonly datasetId: string;
  readonly pipeline: string;
  /** Null: the document's own, or 0. */
  readonly seed: number | null;
  /** Contents of files with folds, by the name in the document. */
  readonly foldFiles: Readonly<Record<string, string>>;
}

export interface PlannedRun {
  readonly plan: RunPlan;
  readonly chosen: ChosenData;
  /** Of the dataset as it is now. */
  readonly contentHash: string;
}

/** Everything that can be wrong with a request is found here, before anything runs. */
export async function planRun(parts: EngineParts, request: RunRequest): Promise<PlannedRun> {
  const { dataset } = await parts.datasets.load(request.datasetId);
  const { contentHash } = parts.workspace.datasets.get(request.datasetId);
  const parsed = parseDocument(request.pipeline);
  const chosen = chooseData(dataset, contentHash, request, targetUse(parsed));
  const planned = planDocument(parsed, request.seed, laneFacts(chosen.data));
  const ids = Array.from(chosen.data.train, (row) => dataset.sampleIds[row] ?? '');
  return { plan: withFoldFiles(planned, request.foldFiles, ids), chosen, contentHash };
}
