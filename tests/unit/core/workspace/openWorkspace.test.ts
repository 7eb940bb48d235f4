import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace } from '#core/workspace/index.ts';
import { aNewDataset, aRun, fixedNow, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { openWorkspaceForTest } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const options = { now: fixedNow };

test('makes the folder and everything in it', async () => {
  const folder = join(await temporaryFolder(), 'Proben 2026', 'Größe 雪');
  const workspace = await openWorkspaceForTest(folder);
  expect(workspace).toMatchObject({ folder, name: 'Größe 雪', interrupted: [] });
  expect(await readdir(folder)).toEqual(
    expect.arrayContaining(['artifacts', 'exports', 'models', 'runs', 'workspace.db']),
  );
});

test('everything is there after it was closed and opened again', async () => {
  const folder = await temporaryFolder();
  const first = await openWorkspace(folder, options);
  await first.datasets.save(aNewDataset());
  first.preferences.set({ theme: 'dark' });
  first.close();
  const second = await openWorkspaceForTest(folder);
  expect(second.datasets.list()).toHaveLength(1);
  expect(second.preferences.all()).toEqual({ theme: 'dark' });
});

test('a copied workspace works elsewhere', async () => {
  const [from, to] = [await temporaryFolder(), await temporaryFolder()];
  const first = await openWorkspace(from, options);
  await first.datasets.save(aNewDataset());
  first.close();
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const target = join(to, entry.parentPath.slice(from.length), entry.name);
    await (entry.isDirectory()
      ? mkdir(target, { recursive: true })
      : copyFile(join(entry.parentPath, entry.name), target));
  }
  const second = await openWorkspaceForTest(to);
  expect((await second.datasets.load('ds_0123456789abcdef')).sampleIds).toHaveLength(7);
  expect(await readFile(join(to, 'workspace.db'), 'latin1')).not.toContain(from);
});

test('a second instance is told who has the workspace, and changes nothing', async () => {
  const folder = await temporaryFolder();
  const first = await openWorkspaceForTest(folder);
  await expect(openWorkspace(folder, options)).rejects.toMatchObject({
    code: 'workspace.in-use',
    details: { folder, pid: process.pid, since: fixedNow().toISOString() },
  });
  await first.datasets.save(aNewDataset());
  first.close();
  (await openWorkspace(folder, options)).close();
});

test('the lock of a process that was killed does not stay', async () => {
  const folder = await temporaryFolder();
  const program = `import { openWorkspace } from '#core/workspace/index.ts';
    await openWorkspace(process.argv[1], { now: () => new Date() });
    process.stdout.write('open');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  await expect(openWorkspace(folder, options)).rejects.toMatchObject({
    code: 'workspace.in-use',
    details: { pid: child.pid },
  });
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await openWorkspaceForTest(folder);
});

test('runs that nobody finished are interrupted, once', async () => {
  const folder = await temporaryFolder();
  const first = await openWorkspace(folder, options);
  await first.datasets.save(aNewDataset());
  first.runs.add(aRun());
  first.runs.setStatus(RUN_ID, 'running');
  first.close();
  const second = await openWorkspace(folder, options);
  expect(second.interrupted).toEqual([RUN_ID]);
  expect(second.runs.get(RUN_ID)).toMatchObject({ status: 'interrupted', endedAt: fixedNow().toISOString() });
  second.close();
  expect((await openWorkspaceForTest(folder)).interrupted).toEqual([]);
});

test('temporary files of a killed process go, and files of the user stay', async () => {
  const folder = await temporaryFolder();
  (await openWorkspace(folder, options)).close();
  const name = '.refract-0123456789abcdef.tmp';
  await mkdir(join(folder, 'artifacts', 'ab'));
  await mkdir(join(folder, 'my notes'));
  const left = [name, join('artifacts', 'ab', name)];
  const kept = ['notes.tmp', join('my notes', name), join('artifacts', 'ab', 'x.tmp')];
  for (const path of [...left, ...kept]) await writeFile(join(folder, path), 'x');
  await openWorkspaceForTest(folder);
  const names = await readdir(folder, { recursive: true });
  expect(names.filter((path) => left.includes(path))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(kept));
});

test('a file that is no database is left as it is', async () => {
  const folder = await temporaryFolder();
  for (const text of ['short', 'This is a letter to the spectrometer.\n'.repeat(200)]) {
    await writeFile(join(folder, 'workspace.db'), text);
    await expect(openWorkspace(folder, options)).rejects.toMatchObject({ code: 'workspace.not-a-database' });
    expect(await readFile(join(folder, 'workspace.db'), 'utf8')).toBe(text);
  }
});

test.each([0, 77])("another program's database (user version %d) is left as it is", async (version) => {
  const folder = await temporaryFolder();
  const path = join(folder, 'workspace.db');
  const other = new Sqlite(path);
  other.exec(`CREATE TABLE letters (text); PRAGMA user_version = ${version}`);
  other.close();
  const before = await readFile(path);
  await expect(openWorkspace(folder, options)).rejects.toMatchObject({ code: 'workspace.foreign-database' });
  expect(await readFile(path)).toEqual(before);
});

test('a file in the place of the folder', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  await expect(openWorkspace(join(folder, 'file'), options)).rejects.toMatchObject({
    code: expect.stringMatching(/^workspace\.(not-a-folder|folder-gone)$/) as unknown,
  });
});

test('a damaged database gives a sentence, not a stack', async () => {
  const folder = await temporaryFolder();
  const first = await openWorkspace(folder, options);
  await first.datasets.save(aNewDataset());
  first.close();
  const path = join(folder, 'workspace.db');
  const file = await readFile(path);
  file.fill(0xa5, 4096); // every page but the first
  await writeFile(path, file);
  await expect(openWorkspace(folder, options)).rejects.toMatchObject({ code: 'workspace.damaged' });
});
