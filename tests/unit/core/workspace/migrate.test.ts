import { readdir, readFile } from 'node:fs/promises';
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

test('a migration that fails changes nothing; the ones before it stay', async () => {
  const folder = await temporaryFolder();
  (await openWith(folder, migrations)).close();
  await expect(openWith(folder, [...migrations, notes, breaks])).rejects.toThrow('nowhere');
  const db = new Sqlite(join(folder, 'workspace.db'));
  expect(db.pragma('user_version', { simple: true })).toBe(newest + 1);
  expect(db.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(0);
  db.close();
  (await openWith(folder, [...migrations, notes])).close(); // the lock was given back
});

test('a workspace from a newer version is refused and left as it is', async () => {
  const folder = await temporaryFolder();
  (await openWith(folder, [...migrations, notes])).close();
  const path = join(folder, 'workspace.db');
  const before = await readFile(path);
  await expect(openWith(folder, migrations)).rejects.toMatchObject({
    code: 'workspace.newer',
    details: { found: newest + 1, supported: newest },
    message: expect.stringContaining('Update Refract') as unknown,
  });
  expect((await readFile(path)).equals(before)).toBe(true);
});
