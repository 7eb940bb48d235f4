import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resources } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/**
 * 5,000 × 500 spectra (20 MB as numbers, as much as text) go through the command line with a heap of 96 MB, of which the
 * engine itself takes half: neither the text as a whole, nor an object a cell (2.5 million) would fit.
 */
const [ROWS, COLS] = [5000, 500];
const HEAP_MEGABYTES = 96;
const cli = join(import.meta.dirname, '..', '..', '..', '..', 'dist', 'cli.mjs');

async function table(path: string): Promise<void> {
  const lines = [`id,content,${Array.from({ length: COLS }, (_, j) => 1100 + 2 * j).join(',')}`];
  for (let i = 0; i < ROWS; i++) {
    const [a, b] = [((i * 7919) % 1009) / 1009, ((i * 104_729) % 997) / 997];
    const cells = Array.from({ length: COLS }, (_, j) => (a * Math.sin(j / 60) + b * Math.cos(j / 90) + 2).toFixed(5));
    lines.push(`s${i},${(10 + 3 * a).toFixed(4)},${cells.join(',')}`);
  }
  await writeFile(path, lines.join('\n'));
}

async function refract(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MEGABYTES}`, cli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, REFRACT_RESOURCES: resources },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number]; // a child that was killed has another
  return { code, out, err };
}

test('a table of 5,000 × 500 is imported, modelled, exported and predicted in a small heap', async () => {
  const folder = await temporaryFolder();
  const [data, pipeline] = [join(folder, 'spectra.csv'), join(folder, 'pipeline.yaml')];
  await table(data);
  await writeFile(pipeline, 'pipeline:\n  - KFold: {n_splits: 5}\n  - PLS: {n_components: 4, scale: false}\n');
  const workspace = ['--workspace', join(folder, 'workspace')];
  const run = await refract('run', pipeline, '--data', data, ...workspace, '--json');
  expect(run.code, run.err.slice(-500)).toBe(0);
  const { runId, nTrain } = JSON.parse(run.out) as { runId: string; nTrain: number };
  expect(nTrain).toBe(ROWS);
  const model = join(folder, 'model.refract');
  const exported = await refract('export', runId, '--out', model, ...workspace);
  expect(exported.code, exported.err.slice(-500)).toBe(0);
  const predicted = await refract('predict', model, '--data', data, '--out', join(folder, 'p.csv'), '--json');
  expect(predicted.code, predicted.err.slice(-500)).toBe(0);
  expect(JSON.parse(predicted.out)).toMatchObject({ samples: ROWS });
}, 120_000);
