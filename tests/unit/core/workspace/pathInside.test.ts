import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openWorkspace } from '#core/workspace/index.ts';
import { pathInside } from '#core/workspace/pathInside.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

test('names that lead to a place in the folder', () => {
  expect(pathInside('/lab', 'runs', '20260102T030405.000Z-abcd')).toBe('/lab/runs/20260102T030405.000Z-abcd');
});

test.each(['..', '.', '', '../..', 'a/../..', '/etc', 'a\\b', 'C:', 'nul\0', '../artifacts'])(
  '%j leads elsewhere',
  (name) => {
    expect(() => pathInside('/lab', 'runs', name)).toThrow('no place in a workspace');
  },
);

test('a database that says a run of another place is being deleted removes nothing there', async () => {
  const base = await temporaryFolder();
  const folder = join(base, 'workspace');
  mkdirSync(join(base, 'precious'));
  writeFileSync(join(base, 'precious', 'data.csv'), 'kept');
  (await openWorkspace(folder, { now: () => new Date(0) })).close();

  const database = new Database(join(folder, 'workspace.db'));
  database.pragma('foreign_keys = OFF');
  database.pragma('ignore_check_constraints = ON');
  const columns = (
    database.pragma('table_info(runs)') as { name: string; type: string; notnull: number; dflt_value: unknown }[]
  ).filter(({ name, notnull, dflt_value: value }) => name !== 'seq' && notnull === 1 && value === null);
  const values = columns.map(({ name, type }) => (name === 'id' ? '../../precious' : /INT|REAL/.test(type) ? 1 : '{}'));
  const names = columns.map(({ name }) => name);
  database
    .prepare(`INSERT INTO runs (${[...names, 'deleting'].join()}) VALUES (${[...names, ''].map(() => '?').join()})`)
    .run(...values, 1);
  database.close();

  await expect(openWorkspace(folder, { now: () => new Date(0) })).rejects.toMatchObject({ code: 'workspace.damaged' });
  expect(existsSync(join(base, 'precious', 'data.csv'))).toBe(true);
});
