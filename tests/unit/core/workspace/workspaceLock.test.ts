import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockWorkspace } from '#core/workspace/workspaceLock.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const owner = (pid: number) => ({ pid, host: 'lab-7', since: '2026-11-22T03:15:00.123Z' });

test('one at a time, and the next one after it', async () => {
  const folder = await temporaryFolder();
  const first = lockWorkspace(folder, owner(1));
  expect(() => lockWorkspace(folder, owner(2))).toThrow(
    expect.objectContaining({
      code: 'workspace.in-use',
      details: { folder, ...owner(1) },
      message: expect.stringContaining('process 1 on lab-7') as string,
    }),
  );
  first.release();
  const second = lockWorkspace(folder, owner(2));
  expect(() => lockWorkspace(folder, owner(3))).toThrow('process 2 on lab-7');
  second.release();
});

test('two folders are two workspaces', async () => {
  const locks = [lockWorkspace(await temporaryFolder(), owner(1)), lockWorkspace(await temporaryFolder(), owner(1))];
  for (const lock of locks) lock.release();
});

test('a damaged lock file says what to do', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'workspace.lock'), 'not a lock\n'.repeat(100));
  expect(() => lockWorkspace(folder, owner(1))).toThrow(expect.objectContaining({ code: 'workspace.lock-damaged' }));
});
