import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resources } from '#tests/support/engineFixture.ts';
import { refract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const tecator = join(resources, 'samples', 'tecator');
const STACK = `pipeline:
  - KFold: {n_splits: 3}
  - branch:
      scatter: [SNV, {PLS: {n_components: 4}}]
      raw: [{PLS: {n_components: 3}}]
  - merge: predictions
  - Ridge: {alpha: 1}
`;
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

test('a base model is refitted once, by name or number, in a process of its own, and leaves as a file', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'stack.yaml');
  await writeFile(file, STACK);
  const workspace = ['--workspace', join(folder, 'workspace')];
  const run = await refract([
    'run',
    file,
    '--data',
    tecator,
    '--target',
    'fat',
    '--workers',
    '1',
    '--json',
    ...workspace,
  ]);
  expect(run.code, run.err).toBe(0);

  const rows = await refract(['results', 'latest', '--level', 'model', '--json', ...workspace]);
  const models = JSON.parse(rows.out) as { base: boolean; branch: string | null; rmsep: number }[];
  expect(models.map(({ base, branch }) => [base, branch])).toEqual([
    [false, null],
    [true, 'scatter'],
    [true, 'raw'],
  ]);

  const ambiguous = await refract(['refit', 'latest', '--model', 'pls', ...workspace]);
  expect(ambiguous).toMatchObject({ code: 2 });
  expect(ambiguous.err).toContain('scatter, raw');

  const named = await refract(['refit', 'latest', '--model', 'pls', '--branch', 'raw', '--json', ...workspace]);
  expect(named.code, named.err).toBe(0);
  const summary = json(named.out);
  expect(summary).toMatchObject({ variant: 2, problem: null });
  expect(summary['rmsep']).toBeCloseTo(models[2]?.rmsep ?? Number.NaN, 9);
  const numbered = await refract(['refit', 'latest', '--variant', '3', '--json', ...workspace]);
  expect(json(numbered.out)).toEqual(summary);

  const out = join(folder, 'raw.onnx');
  const exported = await refract(['export', 'latest', '--variant', '3', '--out', out, '--json', ...workspace]);
  expect(exported.code, exported.err).toBe(0);
}, 120_000);

test('what is asked for must be there, and be one thing', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'pls.yaml');
  await writeFile(file, 'pipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: 3}\n');
  const workspace = ['--workspace', join(folder, 'workspace')];
  const run = await refract(['run', file, '--data', tecator, '--target', 'fat', '--workers', '1', ...workspace]);
  expect(run.code, run.err).toBe(0);
  for (const [args, sentence] of [
    [[], /--variant/],
    [['--variant', '1', '--model', 'PLS'], /--variant/],
    [['--variant', '9'], /number from 1 to 1/],
    [['--model', 'Lasso'], /there is PLS/],
  ] as const) {
    const refused = await refract(['refit', 'latest', ...args, ...workspace]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(sentence);
  }
}, 120_000);
