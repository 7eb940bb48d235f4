import { fork } from 'node:child_process';
import { basename, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { EngineArguments, FromEngine } from '#electron/ipc/messages.ts';

/**
 * The main process without its window: starts the engine as main does, imports the example, starts a run, and prints
 * what it hears as JSON lines. `node engineHost.ts <workspace> <pipeline>`
 */
const [workspace = '', pipelineFile = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '..', '..');
const args: EngineArguments = {
  workspace,
  resources: join(root, 'resources'),
  appVersion: '0.0.0-test',
  workers: 2,
};
const child = fork(join(root, 'dist', 'engine.mjs'), [JSON.stringify(args)], {
  serialization: 'advanced',
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
const print = (value: unknown): void => {
  process.stdout.write(
    `${JSON.stringify(value, (_key, part: unknown) => (ArrayBuffer.isView(part) ? undefined : part))}\n`,
  );
};
print({ engine: child.pid });

const pipeline = await readFile(pipelineFile, 'utf8');
let id = 0;
const call = (name: string, input: unknown): void => {
  child.send({ kind: 'call', id: ++id, name, input, paths: {} });
};
child.on('message', (message) => {
  const heard = message as FromEngine; // the engine file sends nothing else
  if (heard.kind === 'ready') call('datasets.importSample', { sample: 'tecator' });
  if (heard.kind === 'fatal') print({ fatal: heard.error.message });
  if (heard.kind === 'reply') {
    if (!heard.reply.ok) throw new Error(heard.reply.error.message);
    if (heard.id === 1)
      call('runs.start', {
        datasetId: (heard.reply.value as { id: string }).id,
        name: basename(pipelineFile),
        pipeline,
        target: null,
        trainSplit: null,
        testSplit: null,
      });
  }
  if (heard.kind === 'event' && heard.name === 'runs.events') {
    const event = heard.value as RunEvent; // the stream of this name carries these
    print(event);
    if (event.type === 'run.completed') child.send({ kind: 'close' });
  }
});
child.once('exit', (code) => process.exit(code ?? 1));
