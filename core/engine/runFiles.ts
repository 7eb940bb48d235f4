import { stringify } from 'yaml';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import { bytesOf } from '#core/artifacts/listFiles.ts';
import { writeManifest } from '#core/artifacts/manifest.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { sha256 } from '#core/engine/runIdentity.ts';
import type { RunRecord, Workspace } from '#core/workspace/index.ts';

/** `runs/<id>/run.yaml`: the exact input of a run, enough to do it again. */
export async function writeRunInput(workspace: Workspace, run: RunRecord): Promise<void> {
  await atomicWrite(workspace.path(inputPath(run)), new TextEncoder().encode(inputOf(run)));
}

const inputPath = (run: RunRecord): string => `runs/${run.id}/run.yaml`;

/** The same bytes whenever it is asked for. */
function inputOf(run: RunRecord): string {
  return stringify({
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
  const input = inputOf(run);
  const listed = { path: inputPath(run), bytes: new TextEncoder().encode(input).byteLength, sha256: sha256(input) };
  // Somebody may have deleted the folder of the run while it was going on.
  if ((await bytesOf(workspace.path(listed.path))) !== listed.bytes) await writeRunInput(workspace, run);
  await writeManifest(workspace.folder, `runs/${run.id}/manifest.json`, {
    format: 1,
    step: 'run',
    runId: run.id,
    what: { name: run.name, target: run.target, winner: result.cvBest?.label ?? null, variants: result.variants },
    inputs: { dataset: run.datasetHash, pipeline: run.pipelineHash },
    configHash: run.pipelineHash,
    artifacts: [
      listed,
      ...contents.map((content) => ({
        path: workspace.artifacts.store.relativePath(content.sha256),
        bytes: content.bytes,
        sha256: content.sha256,
      })),
    ],
    metrics: { cvBestScore: result.cvBestScore, rmsecv: result.rmsecv, rmsec: result.rmsec, rmsep: result.rmsep },
    startedAt: run.startedAt,
    endedAt,
    app: { version: parts.appVersion, revision: parts.appRevision },
    platform: { os: process.platform, arch: process.arch, node: process.version },
    seeds: { run: run.seed },
  });
}
