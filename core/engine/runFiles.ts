import { stringify } from 'yaml';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import { ensureFolder } from '#core/artifacts/ensureFolder.ts';
import { writeManifest } from '#core/artifacts/manifest.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import type { RunRecord, Workspace } from '#core/workspace/index.ts';

/** `runs/<id>/run.yaml`: the exact input of a run, enough to do it again. */
export async function writeRunInput(workspace: Workspace, run: RunRecord): Promise<void> {
  await ensureFolder(workspace.path(`runs/${run.id}`));
  const text = stringify({
    run: run.id,
    name: run.name,
    dataset: { id: run.datasetId, name: run.datasetName, contentHash: run.datasetHash },
    target: run.target,
    trainSplit: run.trainSplit,
    testSplit: run.testSplit,
    seed: run.seed,
    metric: run.metric,
    appVersion: run.appVersion,
    pipelineSha256: run.pipelineHash,
    pipeline: run.pipeline,
  });
  await atomicWrite(workspace.path(`runs/${run.id}/run.yaml`), new TextEncoder().encode(text));
}

/** `runs/<id>/manifest.json`, written last: where it exists, everything it lists exists. */
export async function writeRunManifest(
  parts: Pick<EngineParts, 'workspace' | 'appVersion' | 'appRevision'>,
  run: RunRecord,
  result: RunResult,
  contents: readonly { sha256: string; bytes: number }[],
  endedAt: string,
): Promise<void> {
  const { workspace } = parts;
  await writeManifest(workspace.folder, `runs/${run.id}/manifest.json`, {
    format: 1,
    step: 'run',
    runId: run.id,
    what: { name: run.name, target: run.target, winner: result.cvBest?.label ?? null, variants: result.variants },
    inputs: { dataset: run.datasetHash, pipeline: run.pipelineHash },
    configHash: run.pipelineHash,
    artifacts: contents.map(({ sha256, bytes }) => ({
      path: workspace.artifacts.store.relativePath(sha256),
      bytes,
      sha256,
    })),
    metrics: { cvBestScore: result.cvBestScore, rmsecv: result.rmsecv, rmsec: result.rmsec, rmsep: result.rmsep },
    startedAt: run.startedAt,
    endedAt,
    app: { version: parts.appVersion, revision: parts.appRevision },
    platform: { os: process.platform, arch: process.arch, node: process.version },
    seeds: { run: run.seed },
  });
}
