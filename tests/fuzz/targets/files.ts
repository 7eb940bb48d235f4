import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readManifest, verifyManifest } from '#core/artifacts/manifest.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { defaultImportOptions } from '#core/io/importInputs.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { openWorkspace } from '#core/workspace/index.ts';
import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'refract-fuzz-files-'));
const TABLE = 'id,1100,1101,1102\na,0.1,0.2,0.3\nb,0.1,0.25,0.3\nc,0.15,0.2,0.3\n';

/** Packed tables on a real disk. */
export const packedFiles: FuzzTarget = {
  name: 'packed-files',
  covers: ['core/io/nodeFiles.ts'],
  open() {
    const place = folder();
    const path = join(place, 'X.csv.gz');
    return Promise.resolve({
      seeds: [gzipSync(TABLE), gzipSync(TABLE.repeat(200)), gzipSync(TABLE, { level: 0 }), Buffer.concat([gzipSync(TABLE), gzipSync(TABLE)]), Buffer.from(TABLE)].map((one) => Uint8Array.from(one)),
      words: ['\u001f\u008b\u0008', '\n'],
      async run(input) {
        writeFileSync(path, input);
        const { dataset, report } = await importDataset([path], nodeFiles);
        return { rows: Math.min(3, dataset.sampleIds.length), report };
      },
      close() {
        rmSync(place, { recursive: true, force: true });
        return Promise.resolve();
      },
    });
  },
}; // prettier-ignore

/** Manifests of a workspace that came from elsewhere. */
export const manifests: FuzzTarget = {
  name: 'manifests',
  covers: ['core/artifacts/manifest.ts'],
  open() {
    const place = folder();
    return Promise.resolve({
      seeds: [new TextEncoder().encode(JSON.stringify(MANIFEST))],
      words: ['"path"', '"../x"', '"/etc/passwd"', '"bytes"', '"sha256"', 'null', '[]', '{}', '"runs/a"', '"C:\\\\x"', '"manifest.json"'],
      async run(input) {
        writeFileSync(join(place, 'manifest.json'), input);
        const manifest = await readManifest(place, 'manifest.json');
        if (manifest === null) return null;
        const outside = manifest.artifacts.find(({ path }) => !join(place, path).startsWith(`${place}/`));
        if (outside !== undefined) throw new Error(`A manifest reaches out of the workspace: ${outside.path}`);
        return verifyManifest(place, manifest);
      },
      close() {
        rmSync(place, { recursive: true, force: true });
        return Promise.resolve();
      },
    });
  },
}; // prettier-ignore

/** The database of a workspace that came from elsewhere, byte by byte. */
export const workspaces: FuzzTarget = {
  name: 'workspaces',
  covers: ['core/workspace/openWorkspace.ts', 'core/workspace/checkHeader.ts', 'core/workspace/requireOurs.ts', 'core/workspace/typedArrayJson.ts', 'core/workspace/predictionRepository.ts'],
  patience: 5_000,
  async open() {
    const base = folder();
    const place = join(base, 'workspace');
    const now = () => new Date(0);
    const table = join(base, 'X.csv');
    writeFileSync(table, TABLE);
    const first = await openWorkspace(place, { now });
    const { dataset, report } = await importDataset([table], nodeFiles);
    const options = { ...defaultImportOptions, name: 'a' };
    await first.datasets.save({ id: 'ds_000000000001', dataset, contentHash: '0'.repeat(16), options, report, warnings: 0 });
    first.pipelines.add('pl_000000000001', 'p', 'pipeline: [PLS]', new Date(0).toISOString());
    first.preferences.set({ theme: 'dark' });
    first.close();
    const path = join(place, 'workspace.db');
    const clean = new Uint8Array(readFileSync(path));
    const beside = readdirSync(base).join();
    return {
      // Pages are large and mostly empty: what is changed is a list of places and bytes, and not the file itself.
      seeds: [Uint8Array.of(), Uint8Array.of(0, 0, 18, 255), Uint8Array.of(0, 16, 0, 13), ...Array.from({ length: 40 }, (_, k) => Uint8Array.of(k & 3, (k * 37) & 255, (k * 91) & 255, k * 5))],
      words: [],
      longest: 200,
      async run(input) {
        const changed = input.length % 97 === 96 ? clean.slice(0, ((input[0] ?? 0) * clean.length) >> 8) : clean.slice();
        for (let k = 0; k + 3 < input.length; k += 4) {
          const at = ((input[k] ?? 0) << 16) | ((input[k + 1] ?? 0) << 8) | (input[k + 2] ?? 0);
          changed[at % Math.max(1, changed.length)] = input[k + 3] ?? 0;
        }
        for (const name of readdirSync(place)) if (name.startsWith('workspace.db-') || name.includes('lock')) rmSync(join(place, name));
        writeFileSync(path, changed);
        const workspace = await openWorkspace(place, { now });
        try {
          const list = workspace.datasets.list();
          for (const { id } of list) workspace.datasets.detail(id);
          return [list.length, workspace.runs.list().length, workspace.pipelines.list().length, workspace.preferences.all()];
        } finally {
          workspace.close();
          if (readdirSync(base).join() !== beside) throw new Error('A file beside the workspace.');
        }
      },
      close() {
        rmSync(base, { recursive: true, force: true });
        return Promise.resolve();
      },
    };
  },
}; // prettier-ignore

const MANIFEST = {
  format: 1,
  step: 'run',
  runId: 'r',
  what: { name: 'a', variants: 3, best: null },
  inputs: { dataset: 'ab', pipeline: 'cd' },
  configHash: 'ef',
  artifacts: [{ path: 'artifacts/ab/cd', bytes: 4, sha256: '0'.repeat(64) }],
  metrics: { rmsecv: 0.5, r2: null },
  startedAt: '2026-01-02T03:04:05.000Z',
  endedAt: '2026-01-02T03:04:06.000Z',
  app: { version: '0.1.0', revision: null },
  platform: { os: 'linux', arch: 'x64', node: 'v24' },
  seeds: { run: 1 },
};
