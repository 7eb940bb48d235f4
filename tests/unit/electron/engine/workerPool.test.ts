import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { FitUnit, UnitData } from '#core/execution/unit.ts';
import { workerPool, type WorkerPool } from '#electron/engine/workerPool.ts';
import { workerFile } from '#tests/support/engineFixture.ts';
import { unitDataOf } from '#tests/support/runInMemory.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const pools: WorkerPool[] = [];
function open(size: number): WorkerPool {
  const pool = workerPool(workerFile, size);
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function dataOf(n: number, p: number): UnitData {
  const { source, targets } = syntheticSpectra(n, p, 5);
  return unitDataOf({ x: source.x, y: targets[0]?.values ?? new Float64Array(0) });
}
const small = dataOf(30, 20);
const plsUnit = (n: number, components: number): FitUnit => {
  const model: PlannedStep = {
    role: 'model',
    id: 'PLS',
    params: { n_components: components, scale: false, max_iter: 500, tol: 1e-6 },
  };
  const rows = Int32Array.from({ length: n }, (_, k) => k);
  return {
    kind: 'fit',
    steps: [model],
    splitterIndex: -1,
    fold: { train: rows.slice(2), validation: rows.slice(0, 2) },
    input: null,
    known: {},
    pathValues: null,
    seed: 0,
    keepChains: false,
  };
};

describe('cancel', () => {
  test('in the middle of fits of 3,000 × 2,000: what has not ended is given up, and the pool works afterwards', async () => {
    const pool = open(2);
    const big = dataOf(3000, 2000);
    // Far more than two threads finish before they are stopped, however fast they are.
    const running = Array.from({ length: 40 }, () => pool.fit(big, plsUnit(3000, 500)));
    const settled = Promise.allSettled(running);
    await new Promise((resolve) => setTimeout(resolve, 1200)); // well inside the first fits
    await pool.cancelAll();
    const given = (await settled).flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(given.length).toBeGreaterThan(20);
    for (const reason of given) expect(reason).toBeInstanceOf(CancelledError);
    expect((await pool.fit(small, plsUnit(30, 2))).predictions).toHaveLength(1);
  });

  test('of an idle pool does nothing', async () => {
    const pool = open(1);
    await pool.cancelAll();
    expect((await pool.fit(small, plsUnit(30, 2))).predictions).toHaveLength(1);
    await pool.cancelAll();
    expect((await pool.fit(small, plsUnit(30, 2))).predictions).toHaveLength(1);
  });

  test('a thread that never looks at the flag is ended and replaced', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'deaf.mjs');
    await writeFile(
      file,
      `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { for (;;); });\n`,
    );
    const pool = workerPool(pathToFileURL(file), 1);
    pools.push(pool);
    const fit = pool.fit(small, plsUnit(30, 2));
    const settled = expect(fit).rejects.toBeInstanceOf(CancelledError);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await pool.cancelAll();
    await settled;
  });
});

describe('a thread that dies', () => {
  test('fails its unit with run.worker-lost; the units behind it are computed', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'mortal.mjs');
    // Dies of the first fit it is given, once; the next thread is a real one.
    await writeFile(
      file,
      `import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const mark = ${JSON.stringify(join(folder, 'died'))};
if (existsSync(mark)) await import(${JSON.stringify(pathToFileURL(workerFile).href)});
else { writeFileSync(mark, ''); parentPort.on('message', () => process.exit(1)); }
`,
    );
    const pool = workerPool(pathToFileURL(file), 1);
    pools.push(pool);
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map(() => pool.fit(small, plsUnit(30, 2))));
    expect(first?.status).toBe('rejected');
    if (first?.status === 'rejected') {
      expect(first.reason).toBeInstanceOf(EngineError);
      expect(first.reason).toMatchObject({ code: 'run.worker-lost', details: { doing: 'fitting' } });
    }
    expect(second?.status).toBe('fulfilled');
    expect(third?.status).toBe('fulfilled');
  });

  test('a worker file that cannot be loaded fails every unit instead of waiting for ever', async () => {
    const pool = workerPool(join(await temporaryFolder(), 'none.mjs'), 1);
    pools.push(pool);
    const settled = await Promise.allSettled([1, 2].map(() => pool.fit(small, plsUnit(30, 2))));
    expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  });
});

test('units are computed in the order in which they were asked for', async () => {
  const pool = open(1);
  const order: number[] = [];
  await Promise.all(
    [0, 1, 2, 3, 4].map(async (k) => {
      await pool.fit(small, plsUnit(30, 1 + k));
      order.push(k);
    }),
  );
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

test('two sets of data in turn: each unit gets its own', async () => {
  const pool = open(1);
  const other = dataOf(40, 20);
  const sizes = await Promise.all([
    pool.fit(small, plsUnit(30, 2)),
    pool.fit(other, plsUnit(40, 2)),
    pool.fit(small, plsUnit(30, 2)),
  ]);
  expect(sizes.map((one) => one.predictions[0]?.train.predicted.length)).toEqual([28, 38, 28]);
});

test('errors keep their code across the thread border', async () => {
  const pool = open(1);
  const bad = { ...plsUnit(30, 2), steps: [{ role: 'model' as const, id: 'Nothing', params: {} }] };
  await expect(pool.fit(small, bad)).rejects.toMatchObject({ name: 'EngineError', code: 'catalog.unknown-id' });
});

test('a closed pool refuses', async () => {
  const pool = workerPool(workerFile, 1);
  await pool.fit(small, plsUnit(30, 2));
  await pool.close();
  await expect(pool.fit(small, plsUnit(30, 2))).rejects.toBeInstanceOf(CancelledError);
});

test('an idle pool lets the process exit', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'host.mts');
  const source = (path: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../../', path)).href);
  await writeFile(
    file,
    `import { workerPool } from ${source('electron/engine/workerPool.ts')};
const pool = workerPool(${JSON.stringify(workerFile)}, 2);
const x = new Float64Array(50).map((_, k) => Math.sin(k));
await pool.bands(x, 10, 5);
console.log('done');
`,
  );
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});
