import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  appendFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rotatingLog } from '#core/artifacts/rotatingLog.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const options = { name: 'app', maxBytes: 1000, files: 3 };
const text = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

test('never holds more than its files and their size, and keeps the newest lines', async () => {
  const folder = join(await temporaryFolder(), 'logs');
  const log = rotatingLog(folder, options);
  for (let k = 0; k < 500; k++) log.append(`line ${k} ${'x'.repeat(k % 90)}`);
  expect(readdirSync(folder).sort()).toEqual(['app.1.log', 'app.2.log', 'app.log']);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(1000);
  expect(log.tail(1)).toEqual([`line 499 ${'x'.repeat(499 % 90)}`]);
  const kept = ['app.2.log', 'app.1.log', 'app.log'].flatMap((name) => text(folder, name).trimEnd().split('\n'));
  const numbers = kept.map((line) => Number(line.split(' ')[1]));
  expect(numbers).toEqual(numbers.map((_, k) => 500 - numbers.length + k)); // no line lost at a change of files
  log.close();
});

test('goes on where the last start ended, and ends a line that a crash cut off', async () => {
  const folder = await temporaryFolder();
  const first = rotatingLog(folder, options);
  first.append('one');
  first.close();
  appendFileSync(join(folder, 'app.log'), 'cut o');
  const second = rotatingLog(folder, options);
  second.append('two');
  expect(second.tail(10)).toEqual(['one', 'cut o', 'two']);
  second.close();
});

test('one entry is one line, whatever it contains', async () => {
  const folder = await temporaryFolder();
  const log = rotatingLog(folder, options);
  log.append('a\nb\r\nc');
  log.append('y'.repeat(10_000));
  expect(log.tail(10)).toEqual(['a b c', 'y'.repeat(4000)]);
  log.close();
});

test('a folder that cannot be written costs lines, never an error, and the gap is told', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
  const log = rotatingLog(join(folder, 'logs'), options);
  for (const line of ['a', 'b', 'c']) log.append(line);
  expect(log.lost).toBe(3);
  expect(log.tail(5)).toEqual([]);
  rmSync(join(folder, 'logs'));
  log.append('d');
  expect(log.tail(5)).toEqual(['(3 lines could not be written here)', 'd']);
  expect(log.lost).toBe(0);
  log.close();
});

test.runIf(existsSync('/dev/full'))('a full disk costs lines only', async () => {
  const folder = await temporaryFolder();
  // The device answers every write with ENOSPC.
  const { symlinkSync } = await import('node:fs');
  symlinkSync('/dev/full', join(folder, 'app.log'));
  const log = rotatingLog(folder, options);
  log.append('a');
  expect(log.lost).toBe(1);
  rmSync(join(folder, 'app.log'));
  log.append('b');
  expect(log.tail(5)).toEqual(['(1 lines could not be written here)', 'b']);
  log.close();
});

test.runIf(process.platform !== 'win32')('only its owner may read it', async () => {
  const folder = join(await temporaryFolder(), 'logs');
  const log = rotatingLog(folder, options);
  log.append('a');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
  log.close();
  chmodSync(folder, 0o700);
});
