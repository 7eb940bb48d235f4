import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest, verifyManifest } from '#core/artifacts/manifest.ts';
import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { predictDeployed } from '#core/data/deployedModel.ts';
import { loadDeployed, loadFinalModel } from '#core/engine/finalModel.ts';
import {
  chainsOf,
  contentsOf,
  inDatabase,
  intact,
  predictionsOf,
} from '#tests/unit/core/engine/support/lifecycleFacts.ts';
import { lifecycleHost, smallData, type LifecycleHost } from '#tests/unit/core/engine/support/lifecycleHost.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** What is kept of a run, and until when (specification: workspace, "Artifact lifecycle"). */
const DATA = 'ds_000000000000000a';
const SIMPLE = 'pipeline:\n  - KFold: {n_splits: 3}\n  - SNV\n  - PLS: {n_components: {_range_: [1, 3]}}\n';
const STACK = `pipeline:
  - KFold: {n_splits: 3}
  - branch: {a: [SNV, {PLS: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;

async function host(): Promise<LifecycleHost> {
  const made = await lifecycleHost();
  await made.addDataset(DATA, 1);
  return made;
}
/** Checksums of all contents but the spectra. */
const kept = ({ workspace }: LifecycleHost): string[] =>
  workspace.artifacts.list().flatMap(({ sha256, kind }) => (kind === 'matrix' ? [] : [sha256]));
const refitContents = ({ workspace }: LifecycleHost, runId: string): string[] =>
  [
    ...new Set(
      workspace.chains
        .ofRun(runId)
        .filter(({ phase }) => phase === 'refit')
        .flatMap(contentsOf),
    ),
  ].sort();
/** What a run's model says of every sample. */
async function saidBy({ workspace }: LifecycleHost, runId: string, variant?: number): Promise<number[]> {
  const { deployed } = await loadDeployed(workspace, runId, variant);
  return [...predictDeployed(deployed, smallData(1).source.x, operatorsByKind.any).predicted];
}
const meanOfFolds = ({ workspace }: LifecycleHost, runId: string, variant: number): number[] => {
  const [mean] = workspace.predictions.read({ runId, variant, foldId: 'avg', partition: 'test' });
  return [...(mean?.arrays.predicted ?? [])];
};
const ofTest = (values: readonly number[]): number[] => values.filter((_, row) => row % 4 === 3);

describe.each([
  ['a simple pipeline', SIMPLE, 1, 1e-9],
  // In cross-validation a stack sees the mean of what the folds' base models say of the test set; a fold model its own.
  ['a stack', STACK, 3, 0.1],
])('%s', (_, pipeline, models, nearly) => {
  test('after a successful refit only the refit chains are kept, and every prediction', async () => {
    const at = await host();
    const { runId, refits } = await at.run(DATA, pipeline);
    expect(refits.map(({ problem }) => problem)).toEqual([null]);
    expect(kept(at)).toEqual(refitContents(at, runId));
    expect(at.workspace.artifacts.list().filter(({ kind }) => kind === 'model')).toHaveLength(models);
    const folds = Object.keys(predictionsOf(at.workspace, runId)).filter((name) => name.includes(' fold_'));
    expect(folds).toHaveLength(3 * 3 * 3); // three variants or models, folds and partitions
    expect(await at.workspace.verify()).toMatchObject(intact);
  });

  test('after a failed refit everything stays and the fold models predict; they go when the refit succeeds', async () => {
    const at = await host();
    const undisturbed = await at.run(DATA, pipeline, false);
    const wanted = { chains: chainsOf(at.workspace, undisturbed.runId), kept: kept(at) };
    const figures = predictionsOf(at.workspace, undisturbed.runId);
    const winner = undisturbed.refits[0]?.variant ?? NaN;
    await at.remove(undisturbed.runId);
    expect(kept(at)).toEqual([]);

    at.fitting.fail = 'refits';
    const result = await at.run(DATA, pipeline, false);
    const { runId } = result;
    expect(result.refits[0]?.problem).toMatch(/fitting a model/);
    expect(result.foldEnsemble).toBe(3);
    const failedChains = at.workspace.chains.ofRun(runId);
    expect(failedChains.filter(({ phase, variant }) => phase === 'cv' && variant === winner)).toHaveLength(3);
    expect(relativeError(ofTest(await saidBy(at, runId)), meanOfFolds(at, runId, winner))).toBeLessThan(nearly);
    expect(await at.workspace.verify()).toMatchObject(intact);
    // Whatever a manifest lists is there as long as the manifest is.
    const listed = async () => {
      const manifest = await readManifest(at.folder, `runs/${runId}/manifest.json`);
      return manifest && verifyManifest(at.folder, manifest);
    };
    expect(await listed()).toEqual({ missing: [], altered: [] });

    await at.open(); // the fold models live through a restart
    await expect(at.refit(runId, winner)).rejects.toThrow('fitting a model');
    expect(at.workspace.chains.members(runId)).toHaveLength(3);
    expect(await saidBy(at, runId)).toHaveLength(24);

    at.fitting.fail = 'nothing';
    const again = await at.refit(runId, winner);
    expect(again).toMatchObject({ problem: null, rmsep: undisturbed.rmsep, finalScore: undisturbed.finalScore });
    expect(kept(at)).toEqual(wanted.kept);
    expect(chainsOf(at.workspace, runId)).toMatchObject(wanted.chains);
    expect(predictionsOf(at.workspace, runId)).toEqual(figures);
    expect(at.workspace.chains.ofRun(runId).filter(({ phase }) => phase === 'cv')).toHaveLength(3); // rows stay
    expect(at.workspace.chains.members(runId)).toEqual([]);
    expect(await at.engine.handlers['models.list']({}, { path: (grant) => grant })).toMatchObject([
      { content: 'refit' },
    ]);
    const { refits, foldEnsemble, rmsep, finalParams } = at.workspace.runs.get(runId).result ?? {};
    expect({ refits, foldEnsemble, rmsep, finalParams }).toEqual({
      refits: undisturbed.refits,
      foldEnsemble: 0,
      rmsep: undisturbed.rmsep,
      finalParams: undisturbed.finalParams,
    });
    expect(await listed()).toEqual({ missing: [], altered: [] });
    expect(await at.workspace.verify()).toMatchObject(intact);
    const { fits } = at.fitting;
    expect(await at.refit(runId, winner)).toMatchObject({ rmsep: again.rmsep });
    expect(at.fitting.fits).toBe(fits);
  });

  test('with refit: false the fold models stay, also when a variant is refitted later', async () => {
    const at = await host();
    const { runId, foldEnsemble, cvBest } = await at.run(DATA, `refit: false\n${pipeline}`);
    expect(foldEnsemble).toBe(3);
    const before = kept(at);
    expect(relativeError(ofTest(await saidBy(at, runId)), meanOfFolds(at, runId, cvBest?.variant ?? 0))).toBeLessThan(
      nearly,
    );
    await at.refit(runId, cvBest?.variant ?? 0);
    expect(kept(at)).toEqual(expect.arrayContaining(before));
    expect(at.workspace.chains.members(runId)).toHaveLength(3);
    expect(await at.workspace.verify()).toMatchObject(intact);
  });

  test('with keepFoldArtifacts the fold models stay beside the refit, also beside one that succeeds later', async () => {
    const at = await host();
    const pipelineKeeping = `refit: {keepFoldArtifacts: true}\n${pipeline}`;
    const { runId, refits } = await at.run(DATA, pipelineKeeping);
    expect(at.workspace.chains.members(runId)).toHaveLength(3);
    const both = kept(at);
    await at.remove(runId);
    at.fitting.fail = 'refits';
    const failed = await at.run(DATA, pipelineKeeping, false);
    at.fitting.fail = 'nothing';
    await at.refit(failed.runId, refits[0]?.variant ?? NaN);
    expect(at.workspace.chains.members(failed.runId)).toHaveLength(3);
    expect(at.workspace.runs.get(failed.runId).result?.foldEnsemble).toBe(3);
    expect(kept(at)).toEqual(both);
  });
});

describe('several refits', () => {
  const TWO = `refit: {criteria: [{top_k: 2}]}\n${SIMPLE}`;

  test('every failed one has its fold models, and they go after the last has succeeded', async () => {
    const at = await host();
    at.fitting.fail = 'refits';
    const { runId, refits } = await at.run(DATA, TWO, false);
    expect(refits).toHaveLength(2);
    const [first, second] = refits.map(({ variant }) => variant);
    expect(at.workspace.chains.members(runId).map(({ variant }) => variant)).toEqual(
      [first, first, first, second, second, second], // the selected one first
    );
    for (const variant of [first, second])
      expect(
        relativeError(ofTest(await saidBy(at, runId, variant)), meanOfFolds(at, runId, variant ?? 0)),
      ).toBeLessThan(1e-9);
    expect(await saidBy(at, runId)).toEqual(await saidBy(at, runId, first));
    at.fitting.fail = 'nothing';
    await at.refit(runId, second ?? 0);
    expect(at.workspace.chains.members(runId)).toHaveLength(6); // one has still failed
    expect(at.workspace.runs.get(runId).result).toMatchObject({ rmsep: null, foldEnsemble: 3 });
    await at.refit(runId, first ?? 0);
    expect(at.workspace.chains.members(runId)).toEqual([]);
    expect(kept(at)).toEqual(refitContents(at, runId));
    const { result } = at.workspace.runs.get(runId);
    expect(result?.refits.map(({ problem }) => problem)).toEqual([null, null]);
    expect(result?.rmsep).toBeGreaterThan(0);
  });

  test('a second that fails leaves the first as it is', async () => {
    const at = await host();
    const clean = await at.run(DATA, TWO, false);
    const [first, second] = clean.refits;
    await at.remove(clean.runId);
    at.fitting.fail = ({ fold, steps }) => {
      const model = steps.at(-1);
      const { n_components: components } = model?.role === 'model' ? model.params : {};
      return fold.validation.length === 0 && components === second?.params['n_components'];
    };
    const { runId, refits, foldEnsemble, rmsep } = await at.run(DATA, TWO, false);
    expect(refits.map(({ problem }) => problem === null)).toEqual([true, false]);
    expect({ foldEnsemble, rmsep }).toEqual({ foldEnsemble: 0, rmsep: first?.rmsep });
    expect(new Set(at.workspace.chains.members(runId).map(({ variant }) => variant))).toEqual(
      new Set([second?.variant]),
    );
    expect(await saidBy(at, runId, second?.variant)).toHaveLength(24);
  });
});

test('what two runs share stays until the second of them goes, and its data until then', async () => {
  const at = await host();
  await at.addDataset('ds_000000000000000b', 1); // the same data once more
  const one = await at.run(DATA, SIMPLE);
  const other = await at.run('ds_000000000000000b', `refit: {keepFoldArtifacts: true}\n${SIMPLE}`);
  const shared = refitContents(at, one.runId);
  const counts = () => at.workspace.artifacts.list().filter(({ sha256 }) => shared.includes(sha256));
  expect(counts().every(({ refCount }) => refCount >= 2)).toBe(true);
  const said = await saidBy(at, other.runId);
  await at.remove(one.runId);
  expect(counts()).toHaveLength(shared.length);
  expect(await saidBy(at, other.runId)).toEqual(said);
  await at.workspace.datasets.remove(DATA); // the spectra belong to both datasets
  expect(await at.workspace.verify()).toMatchObject(intact);
  await expect(at.workspace.datasets.remove('ds_000000000000000b')).rejects.toMatchObject({
    code: 'workspace.referenced',
  });
  await at.remove(other.runId);
  await at.workspace.datasets.remove('ds_000000000000000b');
  expect(at.workspace.artifacts.list()).toEqual([]);
  expect(await at.workspace.artifacts.store.list()).toEqual([]);
});

test('a refit that was stopped before its predictions were stored is done again when it is asked for', async () => {
  const at = await host();
  const { runId, cvBest } = await at.run(DATA, `refit: false\n${SIMPLE}`);
  const variant = cvBest?.variant ?? 0;
  const refit = await at.refit(runId, variant);
  const before = predictionsOf(at.workspace, runId);
  await at.close();
  inDatabase(at.folder, "DELETE FROM predictions WHERE fold_id = 'final'");
  inDatabase(at.folder, "DELETE FROM units WHERE fold_id = 'final'");
  await at.open();
  expect(await at.refit(runId, variant)).toEqual(refit);
  expect(predictionsOf(at.workspace, runId)).toEqual(before);
});

test('contents of a chain that was never finished go at the next start; storing it again counts them once', async () => {
  const at = await host();
  const { runId } = await at.run(DATA, SIMPLE);
  const model = await loadFinalModel(at.workspace, runId);
  const counts = at.workspace.artifacts.list();
  await at.close();
  // As if the process had been killed after the contents and before the row that names them.
  inDatabase(at.folder, 'DELETE FROM chains');
  inDatabase(at.folder, "UPDATE runs SET status = 'interrupted'");
  await rm(join(at.folder, 'runs', runId, 'manifest.json'));
  await at.open();
  expect(kept(at)).toEqual([]);
  expect(await at.workspace.verify()).toMatchObject(intact);
  const again = await at.run(DATA, SIMPLE);
  expect((await loadFinalModel(at.workspace, again.runId)).chain).toEqual(model.chain);
  expect(again.warnings.join()).toMatch(/has no refitted model.*It was trained again/);
  await at.remove(runId);
  expect(at.workspace.artifacts.list()).toEqual(counts);
});

test.each([
  ['a simple pipeline', SIMPLE],
  ['a stack', STACK],
])(
  '%s: a disk that is full in the refit interrupts the run, which is no failed refit, and it goes on',
  async (_, pipeline) => {
    const at = await host();
    const undisturbed = await at.run(DATA, pipeline, false);
    const wanted = chainsOf(at.workspace, undisturbed.runId);
    await at.remove(undisturbed.runId);
    const { put } = at.workspace.artifacts.store;
    Object.assign(at.workspace.artifacts.store, {
      put: () => Promise.reject(new EngineError('workspace.disk-full', { path: 'model' })),
    });
    const runId = await at.start(DATA, pipeline, false);
    expect(await at.ended(runId)).toMatchObject({ type: 'run.interrupted', code: 'workspace.disk-full' });
    Object.assign(at.workspace.artifacts.store, { put });
    expect(await at.resume(runId)).toMatchObject({ type: 'run.completed' });
    expect(chainsOf(at.workspace, runId)).toEqual(wanted);
    expect(await at.workspace.verify()).toMatchObject(intact);
  },
);
