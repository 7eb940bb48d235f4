import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openWorkspace } from '#core/workspace/index.ts';
import type { Migration } from '#core/workspace/migrate.ts';
import { migrations } from '#core/workspace/migrations/all.ts';
import { fixedNow } from '#tests/unit/core/workspace/support/builders.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const newest = migrations.length;
const notes: Migration = { version: newest + 1, name: 'notes', sql: 'CREATE TABLE notes (text TEXT);' };
const breaks: Migration = {
  version: newest + 2,
  name: 'breaks',
  sql: "INSERT INTO notes VALUES ('half done'); INSERT INTO nowhere VALUES (1);",
};
const openWith = (folder: string, list: readonly Migration[]) =>
  openWorkspace(folder, { now: fixedNow, migrations: list });

test('the numbers are 1, 2, 3 … and each migration has a name', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, k) => k + 1));
  for (const { name } of migrations) expect(name).toMatch(/^[a-z][a-z-]*$/);
});

test('an empty folder gets the newest version, marked as ours, without a backup', async () => {
  const folder = await temporaryFolder();
  (await openWith(folder, migrations)).close();
  const db = new Sqlite(join(folder, 'workspace.db'), { readonly: true });
  expect(db.pragma('user_version', { simple: true })).toBe(newest);
  expect(db.pragma('application_id', { simple: true })).toBe(0x52465254);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  db.close();
  expect((await readdir(folder)).filter((name) => name.includes('backup'))).toEqual([]);
});

test('an older workspace is copied, then changed', async () => {
  const folder = await temporaryFolder();
  const old = await openWith(folder, migrations);
  old.preferences.set({ theme: 'dark' });
  old.close();
  const changed = await openWith(folder, [...migrations, notes]);
  expect(changed.preferences.all()).toEqual({ theme: 'dark' });
  changed.close();
  const backup = new Sqlite(join(folder, `workspace.v${newest}.backup.db`), { readonly: true });
  expect(backup.pragma('user_version', { simple: true })).toBe(newest);
  expect(backup.prepare('SELECT value FROM preferences').pluck().all()).toEqual(['"dark"']);
  expect(backup.pragma('integrity_check', { simple: true })).toBe('ok');
  backup.close();
});

test('a migration that fails changes nothing, neither do the ones before it, and says so', async () => {
  const folder = await temporaryFolder();
  (await openWith(folder, migrations)).close();
  const path = join(folder, 'workspace.db');
  const before = await readFile(path);
  await expect(openWith(folder, [...migrations, notes, breaks])).rejects.toMatchObject({
    code: 'workspace.migration-failed',
    details: { from: newest, to: newest + 2, backup: `workspace.v${newest}.backup.db` },
    message: expect.stringMatching(/no such table: nowhere.*It was left as it was, and a copy/) as unknown,
  });
  expect((await readFile(path)).equals(before)).toBe(true);
  expect((await readFile(join(folder, `workspace.v${newest}.backup.db`))).equals(before)).toBe(true);
  (await openWith(folder, [...migrations, notes])).close(); // the lock was given back
});

/** Every file of a folder, with its bytes. */
async function everythingIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.map(async (entry): Promise<[string, string]> => {
    const path = join(entry.parentPath, entry.name);
    return [path, entry.isFile() ? (await readFile(path)).toString('base64') : 'folder'];
  });
  return Object.fromEntries(await Promise.all(files));
}

test('a workspace from a newer version is refused and every byte of its folder is left as it is', async () => {
  const folder = await temporaryFolder();
  (await openWith(folder, [...migrations, notes])).close();
  // A newer version may keep other things, and need fewer of ours.
  await rm(join(folder, 'models'), { recursive: true });
  await rm(join(folder, 'workspace.lock'));
  await writeFile(join(folder, 'artifacts', '.refract-0011223344556677.tmp'), 'half a file');
  const before = await everythingIn(folder);
  await expect(openWith(folder, migrations)).rejects.toMatchObject({
    code: 'workspace.newer',
    details: { found: newest + 1, supported: newest },
    message: expect.stringContaining('Update Refract') as unknown,
  });
  expect(await everythingIn(folder)).toEqual(before);
});

test('also one that a newer version was bringing up to date when it was killed', async () => {
  const folder = await temporaryFolder();
  (await openWith(folder, migrations)).close();
  const copy = join(await temporaryFolder(), 'copy');
  const db = new Sqlite(join(folder, 'workspace.db'));
  db.pragma('wal_autocheckpoint = 0');
  db.transaction(() => {
    db.exec(notes.sql);
    db.pragma(`user_version = ${newest + 1}`);
  })();
  await cp(folder, copy, { recursive: true, filter: (path) => !path.endsWith('-shm') });
  db.close();
  const header = await readFile(join(copy, 'workspace.db'));
  expect(header.readInt32BE(60)).toBe(newest); // what is new stands in the log only
  const before = await everythingIn(copy);
  await expect(openWith(copy, migrations)).rejects.toMatchObject({ code: 'workspace.newer' });
  expect(await everythingIn(copy)).toEqual(before);
});

test('a transaction that was not committed does not count', async () => {
  const folder = await temporaryFolder();
  (await openWith(folder, migrations)).close();
  const copy = join(await temporaryFolder(), 'copy');
  const db = new Sqlite(join(folder, 'workspace.db'));
  db.pragma('wal_autocheckpoint = 0');
  db.pragma('cache_size = 1');
  db.exec("INSERT INTO preferences VALUES ('theme', '\"dark\"')");
  db.exec('BEGIN');
  db.exec(notes.sql);
  db.pragma(`user_version = ${newest + 1}`);
  db.exec(
    'WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 5000) INSERT INTO notes SELECT n FROM k',
  );
  await cp(folder, copy, { recursive: true, filter: (path) => !path.endsWith('-shm') });
  db.exec('ROLLBACK');
  db.close();
  const opened = await openWith(copy, migrations);
  expect(opened.preferences.all()).toEqual({ theme: 'dark' });
  opened.close();
});

test.each([
  ['of another program', "PRAGMA user_version = 3; CREATE TABLE birds (name TEXT); INSERT INTO birds VALUES ('crow');"],
  ['of another program without any mark', 'CREATE TABLE birds (name TEXT);'],
  ['with the mark of another program', 'PRAGMA application_id = 252006674; CREATE TABLE birds (name TEXT);'],
])('a database %s is refused and left as it is', async (_, sql) => {
  const folder = await temporaryFolder();
  const db = new Sqlite(join(folder, 'workspace.db'));
  db.exec(sql);
  db.close();
  const before = await everythingIn(folder);
  await expect(openWith(folder, migrations)).rejects.toMatchObject({ code: 'workspace.foreign-database' });
  expect(await everythingIn(folder)).toEqual(before);
});
