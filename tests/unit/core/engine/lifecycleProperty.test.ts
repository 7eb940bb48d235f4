import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { EngineError } from '#core/base/errors.ts';
import { lifecycleHost, type LifecycleHost } from '#tests/unit/core/engine/support/lifecycleHost.ts';
import {
  compare,
  referenceOf,
  type LifecycleModel,
  type ModelRun,
  type Reference,
} from '#tests/unit/core/engine/support/lifecycleModel.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/**
 * Random lives of a workspace, with a model in memory that says what there must be after every step. A few short ones
 * here; more with REFRACT_LIFECYCLE_RUNS=500. Another seed: REFRACT_PROPERTY_SEED.
 */
const LIVES = Number(process.env['REFRACT_LIFECYCLE_RUNS'] ?? 4);
const CHECKED = 'pipeline:\n  - KFold: {n_splits: 3}\n  - SNV\n  - PLS: {n_components: {_range_: [1, 2]}}\n';
const STACK = `pipeline:
  - KFold: {n_splits: 2}
  - branch: {a: [SNV, {PLS: {n_components: 2}}], b: [{Ridge: {alpha: 0.5}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;
const PIPELINES = [
  CHECKED,
  STACK,
  `refit: false\n${CHECKED}`,
  `refit: {keepFoldArtifacts: true}\n${CHECKED}`,
  `refit: {criteria: [{top_k: 2}]}\n${CHECKED}`,
  `refit: {keepFoldArtifacts: true}\n${STACK}`,
];
const CONTENTS = [1, 2];

const counts: Record<string, number> = {};
const note = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
afterAll(() => {
  console.info(`Lives of a workspace: ${LIVES}. Steps: ${JSON.stringify(counts)}`);
});

/** One step; the numbers choose among what there is. */
interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
const KINDS = [
  'run',
  'run',
  'run',
  'failing refit',
  'failing refit',
  'failing run',
  'cancel',
  'kill a run',
  'kill a run',
  'resume',
  'resume',
  'refit later',
  'refit later',
  'refit fails again',
  'kill a refit',
  'delete a run',
  'delete a run',
  'kill a deletion',
  'add a dataset',
  'delete a dataset',
  'collect garbage',
  'restart',
  'kill',
] as const;
const steps = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(1000), b: fc.nat(1000), c: fc.nat(1000) }),
  { minLength: 4, maxLength: LIVES > 20 ? 16 : 9 },
);
const chosen = <T>(all: Iterable<T>, number: number): T | undefined => {
  const list = [...all];
  return list[number % Math.max(1, list.length)];
};

test(`${LIVES} random lives of a workspace`, { timeout: 120_000 + LIVES * 60_000 }, async () => {
  const references = new Map<string, Promise<Reference>>();
  const clean = await lifecycleHost();
  for (const content of CONTENTS) await clean.addDataset(datasetId(content), content);
  const referenceFor = (content: number, pipeline: string): Promise<Reference> => {
    const key = `${content} ${pipeline}`;
    const known = references.get(key) ?? referenceOf(clean, datasetId(content), pipeline);
    references.set(key, known);
    return known;
  };
  const host = await lifecycleHost();
  await fc.assert(
    fc.asyncProperty(steps, async (life) => {
      await host.open(await temporaryFolder());
      host.fitting.fail = 'nothing';
      const model: LifecycleModel = { datasets: new Map(), runs: new Map(), orphans: false };
      for (const [at, step] of [{ kind: 'add a dataset', a: 0, b: 0, c: 0 } as const, ...life].entries()) {
        await live(host, model, step, referenceFor);
        host.fitting.fail = 'nothing';
        try {
          await compare(host, model);
        } catch (error) {
          throw new Error(`After step ${at} (${step.kind}): ${String(error)}`, { cause: error });
        }
      }
    }),
    { numRuns: LIVES, endOnFailure: true },
  );
});

const datasetId = (k: number): string => `ds_${k.toString(16).padStart(16, '0')}`;
const STATUSES = { 'run.completed': 'completed', 'run.cancelled': 'cancelled', 'run.failed': 'failed' } as const;

async function live(
  host: LifecycleHost,
  model: LifecycleModel,
  { kind, a, b, c }: Step,
  referenceFor: (content: number, pipeline: string) => Promise<Reference>,
): Promise<void> {
  const completed = [...model.runs.values()].filter(({ status }) => status === 'completed');
  const stopped = [...model.runs.values()].filter(({ status }) => status !== 'completed');

  /** Starts a run, of which the model knows what it will leave. */
  async function begin(cache: boolean): Promise<ModelRun | null> {
    const dataset = chosen(model.datasets.entries(), a);
    const pipeline = chosen(PIPELINES, b);
    if (dataset === undefined || pipeline === undefined) return null;
    const [id, { content }] = dataset;
    const { fail } = host.fitting;
    const reference = await referenceFor(content, pipeline);
    host.fitting.fail = fail;
    const run: ModelRun = {
      ...{ id: await host.start(id, pipeline, cache), dataset: id, reference },
      ...{ status: 'running', atEnd: 'whole', failed: new Set(), refitted: new Set() },
    };
    model.runs.set(run.id, run);
    return run;
  }
  /** After a kill only the workspace knows how far a run had come: completed, or it is interrupted. */
  function afterKill(run: ModelRun): void {
    const { status } = host.workspace.runs.get(run.id);
    expect(['completed', 'interrupted']).toContain(status);
    run.status = status;
  }
  /** A moment in the next milliseconds. */
  const aMoment = async (): Promise<void> => {
    if (c % 3 === 0) for (let k = 0; k < c % 40; k++) await breathe();
    else await wait(c % 90);
  };
  async function kill(): Promise<void> {
    await host.kill();
    model.orphans = true;
  }

  switch (kind) {
    case 'run':
    case 'failing refit':
    case 'failing run': {
      if (kind !== 'run') host.fitting.fail = kind === 'failing run' ? 'everything' : 'refits';
      const run = await begin(kind === 'run' && c % 4 !== 0);
      if (run === null) return;
      note(kind);
      const end = await host.ended(run.id);
      expect(end.type).toBe(kind === 'failing run' ? 'run.failed' : 'run.completed');
      run.status = kind === 'failing run' ? 'failed' : 'completed';
      if (kind !== 'failing refit') return;
      run.atEnd = 'failed';
      run.failed = new Set(run.reference.wanted);
      return;
    }
    case 'cancel': {
      const run = await begin(c % 2 === 0);
      if (run === null) return;
      await aMoment();
      await host.cancel(run.id);
      const { type } = await host.ended(run.id);
      expect(Object.keys(STATUSES)).toContain(type);
      run.status = STATUSES[type as keyof typeof STATUSES];
      note(`cancel: ${run.status}`);
      return;
    }
    case 'kill a run': {
      if (b % 5 === 0) host.fitting.fail = 'refits';
      const run = await begin(b % 5 !== 0 && c % 2 === 0);
      if (run === null) return;
      const failing = host.fitting.fail === 'refits';
      await aMoment();
      await kill();
      afterKill(run);
      note(`kill a run: ${run.status}`);
      if (run.status !== 'completed' || !failing) return;
      run.atEnd = 'failed';
      run.failed = new Set(run.reference.wanted);
      return;
    }
    case 'resume': {
      const run = chosen(stopped, a);
      if (run === undefined) return;
      note('resume');
      expect((await host.resume(run.id)).type).toBe('run.completed');
      run.status = 'completed';
      return;
    }
    case 'refit later':
    case 'refit fails again':
    case 'kill a refit': {
      const run = chosen(completed, a);
      const variant =
        (run?.reference.wanted.length ?? 0) > 0 && b % 3 > 0 ? chosen(run?.reference.wanted ?? [], c) : b % 2;
      if (run === undefined || variant === undefined) return;
      if (kind === 'refit fails again') {
        if (!run.failed.has(variant)) return;
        host.fitting.fail = 'refits';
        note(kind);
        await expect(host.refit(run.id, variant)).rejects.toThrow('fitting a model');
        return;
      }
      const refit = host.refit(run.id, variant);
      if (kind === 'refit later') {
        note(kind);
        await refit;
      } else {
        const ended = Promise.allSettled([refit]);
        await aMoment();
        note(kind);
        await kill();
        await ended;
        await host.refit(run.id, variant); // asked again, it is done
      }
      run.failed.delete(variant);
      run.refitted.add(variant);
      return;
    }
    case 'delete a run':
    case 'kill a deletion': {
      const run = chosen(model.runs.values(), a);
      if (run === undefined) return;
      const removal = host.remove(run.id);
      if (kind === 'delete a run') await removal;
      else {
        const ended = Promise.allSettled([removal]);
        for (let k = 0; k < c % 12; k++) await breathe();
        await kill();
        await ended;
        if (host.workspace.runs.find(run.id) !== null) return; // it had not begun
      }
      note(kind);
      model.runs.delete(run.id);
      return;
    }
    case 'add a dataset': {
      const id = datasetId(16 + model.datasets.size + (a % 1000) * 100);
      const content = CONTENTS[b % CONTENTS.length] ?? 1;
      if (model.datasets.has(id)) return;
      note(kind);
      await host.addDataset(id, content);
      model.datasets.set(id, { content });
      return;
    }
    case 'delete a dataset': {
      const id = chosen(model.datasets.keys(), a);
      if (id === undefined) return;
      const isUsed = [...model.runs.values()].some(({ dataset }) => dataset === id);
      note(`${kind}${isUsed ? ': refused' : ''}`);
      const removal = host.workspace.datasets.remove(id);
      if (isUsed) await expect(removal).rejects.toThrow(EngineError);
      else await removal;
      if (!isUsed) model.datasets.delete(id);
      return;
    }
    case 'collect garbage': {
      await host.workspace.collectGarbage(false);
      note(kind);
      model.orphans = false;
      return;
    }
    case 'restart':
      note(kind);
      await host.open();
      return;
    case 'kill':
      note(kind);
      await kill();
  }
}
