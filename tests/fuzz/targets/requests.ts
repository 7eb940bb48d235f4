import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EngineError } from '#core/base/errors.ts';
import { engineContract } from '#core/contract/contract.ts';
import { createEngine } from '#core/engine/index.ts';
import { wallClock } from '#core/engine/wallClock.ts';
import type { UnitPool, ViewWorker } from '#core/execution/ports.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { openWorkspace } from '#core/workspace/index.ts';
import { answer } from '#electron/ipc/serve.ts';
import { assetSegments } from '#electron/policy/assetPaths.ts';
import { fileGrants } from '#electron/policy/fileGrants.ts';
import { mayNavigate, mayRequest } from '#electron/policy/navigation.ts';
import { fuzzRandom } from '#tests/fuzz/lib/fuzzRandom.ts';
import { requestOf } from '#tests/fuzz/lib/requestOf.ts';
import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';

const encoder = new TextEncoder();
const PIPELINE = 'pipeline:\n  - KFold: {n_splits: 2}\n  - model: PLS\n    n_components: 2\n';
const TABLE = ['id,1100,1101,1102,1103,fat', ...Array.from({ length: 8 }, (_, i) => `s${i},${[1, 2, 3, 4].map((j) => (Math.sin(i * j) + 2).toFixed(3)).join(',')},${i}`)].join('\n'); // prettier-ignore

/** An engine with a workspace on a real disk, and ids of what it holds. */
async function openEngine() {
  const base = mkdtempSync(join(tmpdir(), 'refract-fuzz-engine-'));
  const folder = join(base, 'workspace');
  mkdirSync(join(base, 'granted'));
  const table = join(base, 'granted', 'X.csv');
  writeFileSync(table, TABLE);
  const workspace = await openWorkspace(folder, { now: () => new Date(0) });
  const refuse = (): never => {
    throw new EngineError('app.forbidden', { what: 'Drawing here' });
  };
  // Requests are the matter, and not what fits make of them.
  const pool: UnitPool = inProcessPool(1);
  const view: ViewWorker = { density: refuse, preview: refuse, bands: refuse } as unknown as ViewWorker; // never asked for more
  let digits = 0;
  const engine = createEngine({
    workspace,
    pool,
    view,
    clock: wallClock,
    files: nodeFiles,
    onnx: onnxRuntimeNode,
    resources: join(import.meta.dirname, '..', '..', '..', 'resources'),
    appVersion: '0.0.0',
    appRevision: null,
    randomDigits: (count) => String(++digits).padStart(count, '0'),
    emit: () => undefined,
  });
  const grant = 'grant_00000000000000aa';
  const saved = 'grant_00000000000000bb';
  const paths = { [grant]: table, [saved]: join(base, 'granted', 'saved.bin') };
  const ask = async (name: string, input: unknown) => answer(engine.handlers, name, input, paths);
  const options = { name: 'a', files: {}, axisUnit: 'auto', signal: 'auto', missing: 'refuse', nonNumeric: 'refuse', join: 'auto' };
  const imported = await ask('datasets.import', { files: [grant], options, jobId: 'job_00000001' });
  const pipeline = await ask('pipelines.save', { id: null, name: 'p', text: PIPELINE });
  if (!imported.ok || !pipeline.ok) throw new Error(`The engine could not be prepared: ${JSON.stringify([imported, pipeline])}`);
  const { id } = imported.value as { id: string };
  return { base, folder, engine, workspace, ask, words: [id, (pipeline.value as { id: string }).id, grant, saved, 'job_00000002', PIPELINE, 'fat', 'target:fat', 'X.csv', 'train'] };
} // prettier-ignore

/**
 * Every call of the contract. An input is four bytes that seed a request by the call's own schema, and bytes that choose
 * the call; so each case is small, and a new call is covered without a line here.
 */
export const requests: FuzzTarget = {
  name: 'requests',
  covers: ['electron/ipc/serve.ts', 'core/engine/createEngine.ts', 'core/contract/contract.ts'],
  patience: 10_000,
  allowance: 256 * 1024 * 1024,
  async open() {
    const { base, engine, workspace, ask, words } = await openEngine();
    const calls = Object.entries(engineContract).flatMap(([name, spec]) => (spec.kind === 'call' ? [{ name, schema: spec.in }] : []));
    const before = readdirSync(base).join();
    return {
      seeds: calls.flatMap((_, k) => [0, 1, 2].map((draw) => Uint8Array.of(k, draw, 7, 0, 0))),
      words: [],
      longest: 8,
      async run(input) {
        const call = calls[(input[0] ?? 0) % calls.length];
        if (call === undefined) return null;
        const seed = input.slice(1, 5).reduce((sum, byte) => sum * 256 + byte, 0) + input.length;
        const random = fuzzRandom(seed);
        const request = requestOf(call.schema, random, words);
        // Runs are started now and then only: each is a fit, files and rows.
        if ((call.name === 'runs.start' || call.name === 'runs.refit') && !random.once(50)) {
          call.schema.safeParse(request);
          return null;
        }
        if (call.name === 'datasets.remove' || call.name === 'datasets.rename' || call.name === 'pipelines.remove') {
          if ((request as { id?: unknown } | null)?.id === words[0] || (request as { id?: unknown } | null)?.id === words[1]) return null;
        }
        const known = workspace.datasets.list().length;
        const reply = await ask(call.name, request);
        await engine.stopRuns();
        if (!reply.ok && reply.error.code === 'internal')
          throw new Error(`${call.name}: ${reply.error.message} ${JSON.stringify(reply.error.details)}`);
        if (!reply.ok && reply.error.message.length > 2_000) throw new Error(`${call.name}: a sentence of ${reply.error.message.length} characters`);
        if (!reply.ok && workspace.datasets.list().length > known) throw new Error(`${call.name}: half an import stayed.`);
        if (readdirSync(base).join() !== before) throw new Error(`${call.name}: a file beside the workspace.`);
        return `${call.name} ${reply.ok ? 'ok' : `${reply.error.code} ${reply.error.message.slice(0, 60)}`}`;
      },
      async close() {
        await engine.stopRuns();
        workspace.close();
        rmSync(base, { recursive: true, force: true });
      },
    };
  },
}; // prettier-ignore

/** Settings as they stand in a workspace that came from elsewhere: the text of a row. */
export const preferences: FuzzTarget = {
  name: 'preferences',
  covers: ['core/workspace/preferenceRepository.ts', 'core/workspace/rows.ts', 'core/engine/appHandlers.ts'],
  async open() {
    const { base, folder, workspace, ask } = await openEngine();
    const database = new Database(join(folder, readdirSync(folder).find((name) => /\.(db|sqlite)$/.test(name)) ?? ''));
    const clear = database.prepare('DELETE FROM preferences');
    const put = database.prepare('INSERT INTO preferences (key, value) VALUES (?, ?)');
    return {
      seeds: ['"dark"', 'true', '{"a": [1, null]}', '"en"', '";"'].map((text) => encoder.encode(text)),
      words: ['"light"', '"system"', 'false', '[', '{"__proto__": {"a": 1}}', '"__proto__"', 'null'],
      async run(input) {
        const text = new TextDecoder().decode(input);
        clear.run();
        for (const key of ['theme', 'language', 'railCollapsed', 'fileDecimal', '__proto__', 'constructor', text.slice(0, 40)].filter((one, k, all) => all.indexOf(one) === k))
          put.run(key, text);
        const reply = await ask('preferences.get', {});
        if (!reply.ok && reply.error.code === 'internal') throw new Error(reply.error.message);
        if (!reply.ok) throw new EngineError(reply.error.code as 'workspace.bad-row', reply.error.details as { table: string; problem: string });
        return reply.value;
      },
      close() {
        database.close();
        workspace.close();
        rmSync(base, { recursive: true, force: true });
        return Promise.resolve();
      },
    };
  },
}; // prettier-ignore

/** Addresses and file grants, as a page that was taken over would send them to main. */
export const addresses: FuzzTarget = {
  name: 'addresses',
  covers: ['electron/policy/assetPaths.ts', 'electron/policy/navigation.ts', 'electron/policy/fileGrants.ts'],
  open() {
    const grants = fileGrants(() => '0123456789abcdef');
    const known = grants.grant('/granted', 'read');
    return Promise.resolve({
      seeds: ['app://refract/index.html', 'app://refract/assets/a.js?x#y', 'https://example.org/', 'file:///etc/passwd', 'blob:app://refract/1', 'data:text/html,x'].map((text) => encoder.encode(text)),
      words: ['app://', 'refract', '%2e%2e', '%2f', '..%5c', '@', ':8080', '//', '\\', '#', '?', 'javascript:', 'file:', 'blob:', 'data:', '%00', known],
      run(input) {
        const text = new TextDecoder().decode(input);
        const segments = assetSegments(text);
        if (segments?.some((one) => one === '..' || /[\\:\0]|\//.test(one))) throw new Error(`Leaves the folder: ${JSON.stringify(segments)}`);
        if (mayNavigate(text) && !/^\s*app:/i.test(text.replace(/[\0-\u0020]/g, ''))) throw new Error(`Navigates to ${text}`);
        const random = fuzzRandom(input.length * 31 + (input[0] ?? 0));
        const paths = grants.pathsOf({ file: text, more: [text, { deep: text, known: random.once(2) ? known : '' }] }, 'read');
        if (Object.values(paths).some((path) => path !== '/granted')) throw new Error('A path that was never granted.');
        return `${segments === null ? 'none' : String(segments.length)} ${mayNavigate(text)} ${mayRequest(text)}`;
      },
    });
  },
}; // prettier-ignore
