import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { EngineError, errorReport } from '#core/base/errors.ts';
import { sqliteFailure, withSentences } from '#core/workspace/sqliteFailure.ts';

const failure = (code: string) => new Sqlite.SqliteError('x', code);
const codeOf = (error: unknown) => (error instanceof EngineError ? errorReport(error).code : null);

test.each([
  ['SQLITE_FULL', 'workspace.disk-full'],
  ['SQLITE_READONLY_DBMOVED', 'workspace.read-only'],
  ['SQLITE_BUSY', 'workspace.database-busy'],
  ['SQLITE_CORRUPT_VTAB', 'workspace.damaged'],
  ['SQLITE_NOTADB', 'workspace.not-a-database'],
  ['SQLITE_CANTOPEN_ISDIR', 'workspace.folder-gone'],
  ['SQLITE_IOERR_WRITE', 'workspace.drive-failed'],
  ['SQLITE_CONSTRAINT_UNIQUE', null], // ours to see, with its stack
])('%s becomes %s', (code, expected) => {
  expect(codeOf(sqliteFailure(failure(code), 'w/workspace.db'))).toBe(expected);
});

test('functions get sentences, synchronous or not, and keep what they return', async () => {
  const full = failure('SQLITE_FULL');
  const repository = withSentences('w', {
    name: 'kept',
    double: (x: number) => 2 * x,
    later: (x: number) => Promise.resolve(x),
    fail: () => {
      throw full;
    },
    failLater: () => Promise.reject(full),
  });
  expect([repository.name, repository.double(2), await repository.later(3)]).toEqual(['kept', 4, 3]);
  expect(() => repository.fail()).toThrow(expect.objectContaining({ code: 'workspace.disk-full', cause: full }));
  await expect(repository.failLater()).rejects.toMatchObject({ code: 'workspace.disk-full' });
});
