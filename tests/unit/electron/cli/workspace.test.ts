import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestEngine, resources, withTecator } from '#tests/support/engineFixture.ts';
import { refract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const LOST = '.refract-0123456789abcdef.tmp';

async function made(): Promise<string> {
  const folder = await temporaryFolder();
  const pipeline = join(folder, 'pls.yaml');
  await writeFile(pipeline, 'pipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: 3}\n');
  const workspace = join(folder, 'workspace');
  const data = join(resources, 'samples', 'tecator');
  const { code, err } = await refract(['run', pipeline, '--data', data, '--workspace', workspace, '--workers', '1']);
  expect(code, err).toBe(0);
  return workspace;
}

test('verify and gc: what they print, and their exit codes', async () => {
  const workspace = await made();
  const at = ['--workspace', workspace];
  const sound = await refract(['workspace', 'verify', ...at]);
  expect(sound).toMatchObject({ code: 0, err: '' });
  expect(sound.out).toMatch(
    /\d stored files, 1 manifest, 1 dataset, \d+ fits, 0 trials\.\nNothing is missing or altered\./,
  );
  const json = await refract(['workspace', 'verify', ...at, '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ sound: true, checked: { manifests: 1, datasets: 1 }, orphaned: [] });

  await writeFile(join(workspace, 'exports', LOST), 'half');
  const orphaned = await refract(['workspace', 'verify', ...at]);
  expect(orphaned).toMatchObject({ code: 0 });
  expect(orphaned.out).toContain(`exports/${LOST} (temporary file, 4 bytes)`);
  expect((await refract(['workspace', 'gc', '--dry-run', ...at])).out).toContain('Nothing was removed.');
  const removed = await refract(['workspace', 'gc', '--json', ...at]);
  const path = `exports/${LOST}`;
  expect(JSON.parse(removed.out)).toEqual({
    dryRun: false,
    removed: [{ what: 'temporary file', path, bytes: 4 }],
    bytes: 4,
  });
  expect((await refract(['workspace', 'gc', ...at])).out).toBe('There are no orphans.\n');
});

test('damage: exit code 1, and what it is', async () => {
  const workspace = await made();
  const [id = ''] = await readdir(join(workspace, 'runs'));
  await writeFile(join(workspace, 'runs', id, 'run.yaml'), 'other\n');
  const found = await refract(['workspace', 'verify', '--workspace', workspace]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(`Altered (1):\n  runs/${id}/run.yaml`);
  expect(found.out).toContain('Restore what is listed from a backup');
});

test('a workspace that is open elsewhere, and one that is none', async () => {
  const engine = await openTestEngine();
  await withTecator(engine);
  for (const action of ['verify', 'gc']) {
    const { code, err } = await refract(['workspace', action, '--workspace', engine.folder]);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining(`already open in another Refract (process ${process.pid}`),
    ]);
    const none = await refract(['workspace', action, '--workspace', join(engine.folder, 'none')]);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('There is no workspace in')]);
  }
  expect(await refract(['workspace', 'tidy', '--workspace', engine.folder])).toMatchObject({ code: 2 });
  expect(await refract(['workspace', 'verify', '--dry-run'])).toMatchObject({ code: 2 });
  expect(await engine.call('datasets.list', {})).toHaveLength(1); // the owner noticed nothing
});
