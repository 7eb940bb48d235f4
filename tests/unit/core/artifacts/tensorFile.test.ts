import { readFile, truncate } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { artifactStore } from '#core/artifacts/artifactStore.ts';
import { readMatrix, writeMatrix } from '#core/artifacts/tensorFile.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

test('a matrix comes back bit for bit, on shared memory', async () => {
  const store = artifactStore(await temporaryFolder());
  const values = fc.array(fc.double({ noDefaultInfinity: false }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(values, async (list) => {
      const data = Float64Array.from(list);
      const { sha256, bytes } = await writeMatrix(store, { rows: 1, cols: data.length, data });
      expect(bytes).toBe(8 * data.length);
      const back = await readMatrix(store, sha256, 1, data.length);
      expect(back.data.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(Buffer.from(back.data.slice().buffer).equals(Buffer.from(data.buffer))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('the file holds plain little-endian doubles, row after row', async () => {
  const store = artifactStore(await temporaryFolder());
  const { sha256 } = await writeMatrix(store, { rows: 2, cols: 1, data: Float64Array.of(1, -2.5) });
  const file = await readFile(store.path(sha256));
  expect([file.readDoubleLE(0), file.readDoubleLE(8)]).toEqual([1, -2.5]);
});

test('more than one piece is written and read', async () => {
  const store = artifactStore(await temporaryFolder());
  const data = Float64Array.from({ length: 1_300_000 }, (_, i) => i / 7);
  const { sha256 } = await writeMatrix(store, { rows: 1300, cols: 1000, data });
  const back = await readMatrix(store, sha256, 1300, 1000);
  expect(Buffer.compare(Buffer.from(back.data.slice().buffer), Buffer.from(data.buffer))).toBe(0);
});

test('a view of a larger array is stored alone', async () => {
  const store = artifactStore(await temporaryFolder());
  const data = Float64Array.of(9, 1, 2, 9).subarray(1, 3);
  const { sha256 } = await writeMatrix(store, { rows: 1, cols: 2, data });
  expect([...(await readMatrix(store, sha256, 1, 2)).data]).toEqual([1, 2]);
});

test('a file that was cut short is not used', async () => {
  const store = artifactStore(await temporaryFolder());
  const { sha256 } = await writeMatrix(store, { rows: 1, cols: 3, data: Float64Array.of(1, 2, 3) });
  await truncate(store.path(sha256), 16);
  await expect(readMatrix(store, sha256, 1, 3)).rejects.toMatchObject({ code: 'workspace.shape-mismatch' });
});
