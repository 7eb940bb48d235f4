import { copyFile, mkdir, readdir, readFile, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { errorReport, isEngineError } from '#core/base/errors.ts';
import { collectGarbage, inspectWorkspace, openWorkspace } from '#core/workspace/index.ts';
import { lockWorkspace } from '#core/workspace/workspaceLock.ts';
import {
  aDataset,
  aNewDataset,
  aPrediction,
  aRun,
  aVariant,
  fixedNow,
  RUN_ID,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const options = { now: fixedNow };
const hashes = { dataset: () => Promise.resolve(['0123456789abcdef']), pipeline: () => 'fedcba9876543210' };
const DATABASE = 'workspace.db';

/** A closed workspace with a dataset, a run and predictions of `folds` folds. */
async function made(folds = 5, samples = 400): Promise<string> {
  const folder = await temporaryFolder();
  const workspace = await openWorkspace(folder, options);
  await workspace.datasets.save(aNewDataset());
  workspace.runs.add(aRun());
  workspace.variants.put(RUN_ID, [aVariant(0)]);
  for (let k = 0; k < folds; k++)
    workspace.predictions.put([{ record: aPrediction({ foldId: `fold_${k}` }), arrays: someArrays(samples) }]);
  workspace.close();
  return folder;
}

/** What a process that is killed leaves: the files as they are while it has the workspace open. */
async function leftBehind(folder: string, work: (db: InstanceType<typeof Sqlite>) => void): Promise<string> {
  const to = await temporaryFolder();
  const db = new Sqlite(join(folder, DATABASE));
  db.pragma('wal_autocheckpoint = 0');
  work(db);
  for (const name of [DATABASE, `${DATABASE}-wal`]) await copyFile(join(folder, name), join(to, name));
  db.close();
  await mkdir(join(to, 'artifacts'), { recursive: true });
  return to;
}

const everyWay = (folder: string): (() => Promise<unknown>)[] => [
  () => openWorkspace(folder, options),
  () => inspectWorkspace(folder, hashes),
  () => collectGarbage(folder, false),
];

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    const result = await work;
    if (typeof result === 'object' && result !== null && 'close' in result) (result as { close(): void }).close();
    return 'fine';
  } catch (error) {
    expect(isEngineError(error), String(error)).toBe(true); // a sentence, never a stack
    return errorReport(error).code;
  }
}

test('a database that was cut off anywhere is refused in a sentence, and stays as it is', async () => {
  const folder = await made();
  const path = join(folder, DATABASE);
  const whole = await readFile(path);
  const lengths = [1, 15, 16, 50, 99, 100, 101, 512, 4095, 4096, 4097];
  for (let at = 8192; at < whole.length; at += 4096) lengths.push(at, at - 1, at + 700);
  const codes = new Map<string, number>();
  for (const length of lengths.filter((one) => one < whole.length)) {
    const cut = whole.subarray(0, length);
    await writeFile(path, cut);
    for (const work of everyWay(folder)) {
      const code = await codeOf(work());
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect((await readFile(path)).equals(cut), `${length} bytes`).toBe(true);
  }
  expect([...codes.keys()].sort()).toEqual(['workspace.damaged', 'workspace.not-a-database']);
  await writeFile(path, whole);
  expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true });
});

test('a database that is gone or empty is not made anew beside stored files, whose only description it was', async () => {
  const folder = await made();
  const path = join(folder, DATABASE);
  const files = async () => (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.bin')).sort();
  const before = await files();
  expect(before).toHaveLength(1);
  for (const text of [null, '']) {
    if (text === null) await unlink(path);
    else await writeFile(path, text);
    for (const work of everyWay(folder)) expect(await codeOf(work())).toBe('workspace.database-lost');
  }
  expect(await files()).toEqual(before);
});

test('garbage in the header, or in every page in turn, never opens silently wrong: a sentence or a finding', async () => {
  const folder = await made(3, 60);
  const path = join(folder, DATABASE);
  const whole = await readFile(path);
  for (const [from, to] of [
    [0, 16],
    [0, 100],
    [16, 24],
    [60, 72],
  ] as const) {
    const bytes = Buffer.from(whole).fill(0xa5, from, to);
    await writeFile(path, bytes);
    expect(await codeOf(openWorkspace(folder, options)), `header ${from}`).toMatch(/^workspace\./);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  }
  let noticed = 0;
  const pages = whole.length / 4096;
  for (let page = 1; page < pages; page++) {
    await writeFile(path, Buffer.from(whole).fill(0xa5, page * 4096, (page + 1) * 4096));
    const found = await inspectWorkspace(folder, hashes).catch((error: unknown) => {
      expect(isEngineError(error), String(error)).toBe(true);
      return { sound: false };
    });
    if (!found.sound) noticed++;
  }
  expect(noticed).toBe(pages - 1);
});

describe('a log that a killed process left', () => {
  test('is read, and afterwards everything is there', async () => {
    const left = await leftBehind(await made(), (db) => db.exec("UPDATE runs SET name = 'from the log'"));
    expect(await codeOf(inspectWorkspace(left, hashes))).toBe('fine');
    const workspace = await openWorkspace(left, options);
    expect(workspace.runs.get(RUN_ID).name).toBe('from the log');
    workspace.close();
  });

  test('cut off at any length leaves the last state that was whole', async () => {
    const left = await leftBehind(await made(), (db) => {
      for (let k = 0; k < 4; k++) db.exec(`UPDATE runs SET name = 'state ${k}'`);
    });
    const log = await readFile(join(left, `${DATABASE}-wal`));
    const database = await readFile(join(left, DATABASE));
    const names = new Set<string>();
    for (let length = 0; length < log.length; length += 1031) {
      await writeFile(join(left, DATABASE), database);
      await writeFile(join(left, `${DATABASE}-wal`), log.subarray(0, length));
      const workspace = await openWorkspace(left, options);
      names.add(workspace.runs.get(RUN_ID).name);
      workspace.close();
    }
    expect([...names].sort()).toEqual(
      ['Protein by PLS', 'state 0', 'state 1', 'state 2', 'state 3'].slice(0, names.size),
    );
    expect(names.size).toBeGreaterThan(3);
  });

  test('of another state of the database is refused, before it can destroy anything', async () => {
    const old = await made(1);
    const backup = await readFile(join(old, DATABASE));
    const grown = await openWorkspace(old, options);
    for (let k = 1; k < 40; k++)
      grown.predictions.put([{ record: aPrediction({ foldId: `fold_${k}` }), arrays: someArrays(300, k) }]);
    grown.close();
    // Work goes on, the process is killed, and the person restores the database from the backup, but not its log.
    const left = await leftBehind(old, (db) => db.exec("UPDATE predictions SET model_name = 'x' || id, n = n + 1"));
    await writeFile(join(left, DATABASE), backup);
    const before = await readFile(join(left, `${DATABASE}-wal`));
    for (const work of everyWay(left)) expect(await codeOf(work())).toBe('workspace.log-damaged');
    expect((await readFile(join(left, DATABASE))).equals(backup)).toBe(true);
    expect((await readFile(join(left, `${DATABASE}-wal`))).equals(before)).toBe(true);
  });

  test('without anything usable in it, and an old index file, do no harm', async () => {
    const folder = await made();
    await writeFile(join(folder, `${DATABASE}-wal`), Buffer.alloc(5000, 0x5a));
    await writeFile(join(folder, `${DATABASE}-shm`), Buffer.alloc(32768, 0x5a));
    const workspace = await openWorkspace(folder, options);
    expect(workspace.runs.list()).toHaveLength(1);
    workspace.close();
    expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true });
  });
});

test('who has the workspace is named; the name of a process that is gone is not', async () => {
  const folder = await made();
  const lock = lockWorkspace(folder, { pid: process.pid, host: hostname(), since: '2026-11-22T03:15:00.123Z' });
  await expect(inspectWorkspace(folder, hashes)).rejects.toMatchObject({
    code: 'workspace.in-use',
    details: { pid: process.pid },
  });
  await expect(collectGarbage(folder, true)).rejects.toMatchObject({ code: 'workspace.in-use' });
  lock.release();
  const stale = lockWorkspace(folder, { pid: 2 ** 22 + 17, host: hostname(), since: '2026-11-22T03:15:00.123Z' });
  await expect(openWorkspace(folder, options)).rejects.toMatchObject({
    code: 'workspace.in-use',
    details: { pid: null },
    message: expect.stringContaining('in another Refract.') as unknown,
  });
  stale.release();
  expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true });
});

test('a folder that is none, and a workspace at the path of a file: a sentence, and nothing is made', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), 'text');
  for (const path of [join(folder, 'nothing'), join(folder, 'file'), folder]) {
    expect(await codeOf(inspectWorkspace(path, hashes))).toBe('workspace.no-database');
    expect(await codeOf(collectGarbage(path, false))).toBe('workspace.no-database');
  }
  expect(await codeOf(openWorkspace(join(folder, 'file'), options))).toMatch(/^workspace\.(not-a-folder|folder-gone)$/);
  expect(await readdir(folder)).toEqual(['file']);
});

test('paths of any letters work, and one that is too long is refused with nothing left behind', async () => {
  const root = await temporaryFolder();
  for (const name of ['Größe – 雪 ж', "it's 100 % #1 & co", 'ñ'.repeat(100)]) {
    const folder = join(root, name);
    const workspace = await openWorkspace(folder, options);
    await workspace.datasets.save(aNewDataset('ds_0123456789abcdef', aDataset(3, 4)));
    workspace.close();
    expect(await inspectWorkspace(folder, hashes)).toMatchObject({
      sound: true,
      checked: { artifacts: 1, datasets: 1 },
    });
    expect(await collectGarbage(folder, false)).toMatchObject({ removed: [] });
  }
  const long = join(root, 'long', 'x'.repeat(300));
  expect(await codeOf(openWorkspace(long, options))).toBe('workspace.path-too-long');
  expect(await codeOf(openWorkspace(join(root, ...Array<string>(40).fill('y'.repeat(120))), options))).toMatch(
    /^workspace\.(path-too-long|folder-gone)$/,
  );
});

test('a file that grew by a part of a page after the end is refused like one that was cut', async () => {
  const folder = await made();
  const path = join(folder, DATABASE);
  await truncate(path, (await stat(path)).size + 10);
  expect(await codeOf(openWorkspace(folder, options))).toBe('workspace.damaged');
});
