// Makes the frozen workspace of the present version, once, before that version is released:
//   node tests/migrations/freeze.ts
// A folder that exists is never touched: what people have on their disks does not change either.
import { access, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { writeManifest } from '#core/artifacts/manifest.ts';
import { openWorkspace } from '#core/workspace/index.ts';
import { migrations } from '#core/workspace/migrations/all.ts';
import {
  aNewDataset,
  aPrediction,
  aResult,
  aRun,
  aTrial,
  aUnit,
  aVariant,
  fixedNow,
  RUN_ID,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';

const folder = fileURLToPath(new URL(`v${migrations.length}/`, import.meta.url));
const exists = await access(folder).then(
  () => true,
  () => false,
);
if (exists) throw new Error(`${folder} is frozen.`);

const at = fixedNow().toISOString();
const workspace = await openWorkspace(folder, { now: fixedNow });
await workspace.datasets.save(aNewDataset());
workspace.pipelines.add('pl_aaaaaa', 'Protein by PLS', 'pipeline:\n  - SNV\n', at);
workspace.preferences.set({ theme: 'dark' });
workspace.runs.add(aRun());
workspace.variants.put(RUN_ID, [aVariant(0), aVariant(1), aVariant(2)]);
workspace.variants.rank(RUN_ID, [2, 1, 0], 2);
workspace.units.put(RUN_ID, [{ unit: aUnit(), blocks: null }]);
workspace.trials.put(RUN_ID, 'study', aTrial());
const final = { foldId: 'final', partition: 'test', refitContext: 'standalone', variant: 2 } as const;
workspace.predictions.put([
  { record: aPrediction(), arrays: someArrays() },
  { record: aPrediction(final), arrays: someArrays(2) },
]);
const use = {
  kind: 'model',
  role: 'step',
  runId: RUN_ID,
  variant: 2,
  phase: 'refit',
  foldId: 'final',
  transient: false,
} as const;
const model = await workspace.artifacts.keep(Uint8Array.of(1, 2, 3), use, ({ sha256 }) =>
  workspace.chains.put({
    ...{ runId: RUN_ID, variant: 2, modelName: 'PLS', foldId: 'final', phase: 'refit', refitContext: 'standalone' },
    ...{ chainPathHash: 'aa', inputDataHash: 'bb', info: { mean: Float64Array.of(0.5, 1) }, createdAt: at },
    steps: [{ role: 'model', operator: 'PLSRegression', version: 1, params: { n_components: 3 }, sha256 }],
  }),
);
workspace.events.append([
  { runId: RUN_ID, seq: 1, phase: 'cv', fraction: 0.1, elapsedMs: 5, eta: null, type: 'variant.started', group: 0 },
]);
await writeManifest(workspace.folder, `runs/${RUN_ID}/manifest.json`, {
  ...{
    format: 1,
    step: 'run',
    runId: RUN_ID,
    what: {},
    inputs: {},
    configHash: '',
    metrics: {},
    startedAt: at,
    endedAt: at,
  },
  ...{
    app: { version: '0.1.0', revision: null },
    platform: { os: 'linux', arch: 'x64', node: '24' },
    seeds: { run: 7 },
  },
  artifacts: [{ path: workspace.artifacts.store.relativePath(model.sha256), ...model }],
});
workspace.runs.finish(RUN_ID, { status: 'completed', endedAt: at, result: aResult(), error: null });
workspace.close();

const db = new Sqlite(`${folder}workspace.db`);
db.exec('VACUUM');
db.close();
await rm(`${folder}workspace.lock`);
