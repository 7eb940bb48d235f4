import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureFolder } from '#core/artifacts/ensureFolder.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

test('makes all that is missing, also when several ask at once', async () => {
  const path = join(await temporaryFolder(), 'a', 'b', 'c');
  await Promise.all([1, 2, 3, 4].map(() => ensureFolder(path)));
  expect((await stat(path)).isDirectory()).toBe(true);
  await ensureFolder(path);
});

test('a file in the way is a sentence', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(ensureFolder(file)).rejects.toMatchObject({ code: 'workspace.not-a-folder' });
  await expect(ensureFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'workspace.folder-gone' });
});
