import { expect } from 'vitest';
import { loadDeployed } from '#core/engine/finalModel.ts';
import type { RunStatus } from '#core/contract/runTypes.ts';
import { chainsOf, predictionsOf } from '#tests/unit/core/engine/support/lifecycleFacts.ts';
import type { LifecycleHost } from '#tests/unit/core/engine/support/lifecycleHost.ts';

type Chains = Readonly<Record<string, readonly string[]>>;
type Predictions = Readonly<Record<string, string>>;
interface Left {
  readonly chains: Chains;
  readonly predictions: Predictions;
}

/** What a pipeline leaves on some data when nothing disturbs it. */
export interface Reference {
  /** After a run whose refits succeeded. */
  readonly whole: Left;
  /** After a run whose refits failed. */
  readonly failed: Left;
  /** What refitting one variant by itself adds. */
  readonly refits: readonly Left[];
  /** The variants that the run refits. */
  readonly wanted: readonly number[];
  /** Fold models stay beside a refit. */
  readonly keepsFolds: boolean;
}

export interface ModelRun {
  readonly id: string;
  readonly dataset: string;
  readonly reference: Reference;
  status: RunStatus;
  /** Whether its refits had succeeded when it ended. */
  atEnd: 'whole' | 'failed';
  /** Refits of the run that failed and have not succeeded since. */
  failed: Set<number>;
  /** Variants that were refitted by themselves. */
  refitted: Set<number>;
}

/** What a workspace must hold, without a database and files. */
export interface LifecycleModel {
  readonly datasets: Map<string, { readonly content: number }>;
  readonly runs: Map<string, ModelRun>;
  /** A process was killed: files without a row may be there, which are harmless. */
  orphans: boolean;
}

/** Runs everything once in a workspace of its own. */
export async function referenceOf(host: LifecycleHost, dataset: string, pipeline: string): Promise<Reference> {
  const left = (runId: string): Left => ({
    chains: chainsOf(host.workspace, runId),
    predictions: predictionsOf(host.workspace, runId),
  });
  host.fitting.fail = 'nothing';
  const result = await host.run(dataset, pipeline, false);
  const whole = left(result.runId);
  const refits: Left[] = [];
  for (const { variant } of host.workspace.variants.all(result.runId)) {
    const alone = await host.run(dataset, `refit: false\n${pipeline.replace(/^refit:.*\n/, '')}`, false);
    const before = left(alone.runId);
    await host.refit(alone.runId, variant);
    const after = left(alone.runId);
    refits.push({
      chains: without(after.chains, before.chains),
      predictions: without(after.predictions, before.predictions),
    });
  }
  host.fitting.fail = 'refits';
  const failed = left((await host.run(dataset, pipeline, false)).runId);
  host.fitting.fail = 'nothing';
  return {
    ...{ whole, failed, refits, wanted: result.refits.map(({ variant }) => variant) },
    keepsFolds: Object.keys(whole.chains).some((name) => name.includes(' cv ')),
  };
}

function without<T>(all: Readonly<Record<string, T>>, gone: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in gone)));
}

/** What a completed run must have left. */
function expectedOf({ reference, atEnd, refitted }: ModelRun): Left {
  const all = [reference[atEnd], ...[...refitted].map((variant) => reference.refits[variant])];
  return {
    chains: Object.assign({}, ...all.map((one) => one?.chains)) as Chains,
    predictions: Object.assign({}, ...all.map((one) => one?.predictions)) as Predictions,
  };
}

const isFold = (name: string): boolean => name.includes(' cv ');

/** Everything that the workspace says must be what the model says. */
export async function compare({ workspace }: LifecycleHost, model: LifecycleModel): Promise<void> {
  expect(
    workspace.datasets
      .list()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...model.datasets.keys()].sort());
  expect(Object.fromEntries(workspace.runs.list().map(({ id, status }) => [id, status]))).toEqual(
    Object.fromEntries([...model.runs.values()].map(({ id, status }) => [id, status])),
  );
  const counts = new Map<string, number>();
  const count = (sha256: string): void => void counts.set(sha256, (counts.get(sha256) ?? 0) + 1);
  for (const id of model.datasets.keys()) count(workspace.datasets.spectraSha256(id));
  for (const run of model.runs.values()) {
    const chains = chainsOf(workspace, run.id);
    const predictions = predictionsOf(workspace, run.id);
    const possible = everythingOf(run.reference);
    if (run.status === 'completed') {
      const expected = expectedOf(run);
      expect(predictions, `predictions of ${run.id}`).toEqual(expected.predictions);
      expect(chains, `chains of ${run.id}`).toMatchObject(expected.chains);
    } else expect(possible.predictions, `predictions of ${run.id}`).toMatchObject(predictions);
    expect(possible.chains, `chains of ${run.id}`).toMatchObject(chains);
    // Fold models that stood in for a refit are gone with its success; only their rows stay.
    const ended = run.status === 'completed' && run.failed.size === 0 && !run.reference.keepsFolds;
    const uses = Object.entries(chains).flatMap(([name, contents]) => {
      if (ended && isFold(name)) return [];
      const [variant, fold, phase] = name.split(' ');
      return contents.map((sha256) => [sha256, variant, fold, phase].join(' '));
    });
    for (const use of new Set(uses)) count(use.slice(0, 64));
    if (run.status === 'completed')
      expect((await loadDeployed(workspace, run.id)).deployed.chains.length).toBeGreaterThan(0);
  }
  const check = await workspace.verify();
  expect(check).toMatchObject({ sound: true, missing: [], altered: [] });
  expect(Object.fromEntries(workspace.artifacts.list().map(({ sha256, refCount }) => [sha256, refCount]))).toEqual(
    Object.fromEntries(counts),
  );
  const orphans = (await workspace.artifacts.store.list()).filter((sha256) => !counts.has(sha256));
  if (!model.orphans) expect(orphans).toEqual([]);
}

/** Whatever a run of this pipeline can have left at any moment. */
function everythingOf({ whole, failed, refits }: Reference): Left {
  const all = [whole, failed, ...refits];
  return {
    chains: Object.assign({}, ...all.map(({ chains }) => chains)) as Chains,
    predictions: Object.assign({}, ...all.map(({ predictions }) => predictions)) as Predictions,
  };
}
