import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import type { Reply } from '#core/contract/bridge.ts';
import type { FromEngine, ToEngine } from '#electron/ipc/messages.ts';
import { resources } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** The engine as a process of its own, as main starts it: what crosses the line, and how it ends. */
const engineFile = join(import.meta.dirname, '..', '..', '..', '..', 'dist', 'engine.mjs');

function startEngine(workspace: string) {
  const argument = JSON.stringify({ workspace, resources, appVersion: '0.0.0-test', workers: 1 });
  const child = fork(engineFile, [argument], { serialization: 'advanced', execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const replies = new Map<number, (reply: Reply) => void>();
  const events: FromEngine[] = [];
  let begun: (message: FromEngine) => void = () => undefined;
  const beginning = new Promise<FromEngine>((resolve) => (begun = resolve));
  child.on('message', (raw) => {
    const message = raw as FromEngine; // the engine file sends nothing else
    if (message.kind === 'reply') replies.get(message.id)?.(message.reply);
    else if (message.kind === 'event') events.push(message);
    else begun(message);
  });
  let id = 0;
  const call = (name: string, input: unknown): Promise<Reply> =>
    new Promise((resolve) => {
      replies.set(++id, resolve);
      child.send({ kind: 'call', id, name, input, paths: {} } satisfies ToEngine);
    });
  return { child, call, events, beginning };
}

test('answers calls with typed arrays, tells events, and closes when it is asked', async () => {
  const engine = startEngine(join(await temporaryFolder(), 'workspace'));
  expect(await engine.beginning).toEqual({ kind: 'ready' });
  const imported = await engine.call('datasets.importSample', { sample: 'tecator' });
  const id = (imported.ok ? imported.value : {}) as { id: string };
  const lines = await engine.call('datasets.lines', { ...id, rows: Int32Array.of(3, 1), limit: 5, target: 'fat' });
  expect(lines).toMatchObject({ ok: true, value: { p: 100, ids: expect.arrayContaining([]) as unknown } });
  const value = (lines.ok ? lines.value : {}) as { values: Float64Array; colour: Float64Array };
  expect(value.values).toBeInstanceOf(Float64Array);
  expect(value.values).toHaveLength(200);
  expect(value.colour).toHaveLength(2);
  for (const name of ['datasets.bands', 'datasets.get'])
    expect(await engine.call(name, id)).toMatchObject({ ok: true });

  const pipeline = 'pipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: 4}\n';
  const start = { datasetId: id.id, name: 'x', pipeline, target: 'fat', trainSplit: null, testSplit: null };
  expect(await engine.call('runs.start', start)).toMatchObject({ ok: true });
  await expect
    .poll(
      () =>
        engine.events.some((one) => one.kind === 'event' && (one.value as { type: string }).type === 'run.completed'),
      { timeout: 20_000 },
    )
    .toBe(true);

  engine.child.send({ kind: 'close' } satisfies ToEngine);
  expect(await once(engine.child, 'exit')).toEqual([0, null]);
});

test('ends by itself when main is gone, and frees the workspace', async () => {
  const workspace = join(await temporaryFolder(), 'workspace');
  const first = startEngine(workspace);
  await first.beginning;
  const second = startEngine(workspace);
  expect(await second.beginning).toMatchObject({ kind: 'fatal' });
  first.child.disconnect();
  expect(await once(first.child, 'exit')).toEqual([0, null]);
  const third = startEngine(workspace);
  expect(await third.beginning).toEqual({ kind: 'ready' });
});

test('says why it cannot open a workspace', async () => {
  const file = join(await temporaryFolder(), 'a-file');
  await writeFile(file, 'not a folder');
  const engine = startEngine(join(file, 'workspace'));
  const message = await engine.beginning;
  expect(message.kind).toBe('fatal');
  if (message.kind === 'fatal') expect(message.error.message).not.toMatch(/\n\s+at /);
  const [code] = (await once(engine.child, 'exit')) as [number];
  expect(code).toBe(1);
});
