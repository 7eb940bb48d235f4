import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fileFailure } from '#core/artifacts/fileFailure.ts';
import { EngineError, errorReport } from '#core/base/errors.ts';

const system = (code: string) => Object.assign(new Error(code), { code, errno: -1, syscall: 'open' });
const codeOf = (error: unknown) => (error instanceof EngineError ? errorReport(error).code : null);

test.each([
  ['ENOSPC', 'workspace.disk-full'],
  ['EDQUOT', 'workspace.disk-full'],
  ['EROFS', 'workspace.read-only'],
  ['EACCES', 'workspace.read-only'],
  ['EPERM', 'workspace.read-only'],
  ['ENAMETOOLONG', 'workspace.path-too-long'],
  ['EBUSY', 'workspace.file-busy'],
  ['EFBIG', 'workspace.file-too-large'],
  ['ENOENT', 'workspace.folder-gone'],
  ['EEXIST', 'workspace.not-a-folder'],
  ['ENOTCONN', 'workspace.drive-failed'],
  ['ESTALE', 'workspace.drive-failed'],
  ['EMFILE', 'workspace.file-failed'],
])('%s while writing is %s, with the path in its sentence', (code, expected) => {
  const error = fileFailure(system(code), 'D:\\data\\Größe.csv', 'write');
  expect(codeOf(error)).toBe(expected);
  expect(String(error)).toContain('D:\\data\\Größe.csv');
});

test('a file that is not there while reading is a missing file', () => {
  expect(codeOf(fileFailure(system('ENOENT'), 'a.csv', 'read'))).toBe('workspace.file-missing');
});

test('what is no system error comes back as it is', () => {
  const error = new Error('ours');
  expect(fileFailure(error, 'a', 'write')).toBe(error);
  const known = new EngineError('workspace.disk-full', { path: 'a' });
  expect(fileFailure(known, 'a', 'write')).toBe(known);
});

test("recognises the system's own errors", async () => {
  const error: unknown = await readFile('/nonexistent/file').catch((reason: unknown) => reason);
  expect(codeOf(fileFailure(error, '/nonexistent/file', 'read'))).toBe('workspace.file-missing');
});
