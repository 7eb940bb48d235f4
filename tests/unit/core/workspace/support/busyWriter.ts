// A program that writes to a workspace for ever, in every way there is, until it is killed. Argument: the folder.
import { writeManifest, type ManifestFile } from '#core/artifacts/manifest.ts';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import { openWorkspace, type Workspace } from '#core/workspace/index.ts';
import {
  aDataset,
  aNewDataset,
  aPrediction,
  aResult,
  aRun,
  aVariant,
  fixedNow,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';

async function oneRun(workspace: Workspace, round: number): Promise<void> {
  const unique = `${process.pid.toString(16).padStart(8, '0')}${round.toString(16).padStart(8, '0')}`;
  const datasetId = `ds_${unique}`;
  const runId = `20261122T031500.123Z-${(round % 0x10000).toString(16).padStart(4, '0')}`;
  if (workspace.runs.find(runId) !== null) await workspace.removeRun(runId);
  const dataset = aDataset(20 + (round % 5), 30);
  dataset.source.x.data[0] = round + process.pid; // contents differ between rounds
  await workspace.datasets.save(aNewDataset(datasetId, dataset));
  workspace.runs.add(aRun(runId, datasetId));
  workspace.runs.setStatus(runId, 'running');
  workspace.variants.put(runId, [aVariant(0), aVariant(1)]);

  const files: ManifestFile[] = [];
  for (let fold = 0; fold < 3; fold++) {
    const about = { kind: 'model', role: 'model', runId, variant: 0, phase: 'cv', foldId: `fold_${fold}` } as const;
    await workspace.artifacts.keep(content(round * 10 + fold), { ...about, transient: true });
    const record = aPrediction({ runId, foldId: `fold_${fold}` });
    workspace.predictions.put([{ record, arrays: someArrays(500) }]);
  }
  const kept = {
    kind: 'model',
    role: 'model',
    runId,
    variant: 0,
    phase: 'refit',
    foldId: 'final',
    transient: false,
  } as const;
  const model = await workspace.artifacts.keep(content(round * 10 + 7), kept);
  files.push({ path: workspace.artifacts.store.relativePath(model.sha256), ...model });
  const input = `runs/${runId}/run.yaml`;
  files.push({
    path: input,
    ...(await atomicWrite(workspace.path(input), new TextEncoder().encode(`round: ${round}\n`))),
  });
  await workspace.artifacts.releaseTransient(runId);
  const at = fixedNow().toISOString();
  await writeManifest(workspace.folder, `runs/${runId}/manifest.json`, {
    ...{ format: 1, step: 'run', runId, what: {}, inputs: {}, configHash: '', metrics: {}, startedAt: at, endedAt: at },
    ...{
      app: { version: '0.1.0', revision: null },
      platform: { os: '', arch: '', node: '' },
      seeds: {},
      artifacts: files,
    },
  });
  workspace.runs.finish(runId, { status: 'completed', endedAt: at, result: aResult(runId), error: null });
  if (round % 3 === 2) {
    await workspace.removeRun(runId);
    await workspace.datasets.remove(datasetId);
  }
}

const content = (k: number) => new Uint8Array(50_000).fill(k % 256).fill(k >> 8, 0, 100);

const workspace = await openWorkspace(process.argv[2] ?? '', { now: () => new Date() });
process.stdout.write('writing');
for (let round = 0; ; round++) await oneRun(workspace, round);
