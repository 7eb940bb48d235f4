import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resources } from '#tests/support/engineFixture.ts';
import { refract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const tecator = join(resources, 'samples', 'tecator');
const PIPELINE =
  'pipeline:\n  - KFold: {n_splits: 5}\n  - SNV\n  - PLS: {n_components: {_range_: [1, 8]}, scale: false}\n';

async function files(pipeline = PIPELINE) {
  const folder = await temporaryFolder();
  const file = join(folder, 'calibration.yaml');
  await writeFile(file, pipeline);
  return { folder, file, workspace: join(folder, 'workspace') };
}
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('refract run', () => {
  test('--json prints one object on stdout, and progress as JSON lines on stderr', async () => {
    const { file, workspace, folder } = await files();
    const common = ['--data', tecator, '--workspace', workspace, '--target', 'fat', '--workers', '1', '--json'];
    const run = await refract(['run', file, ...common, '--train-split', 'C,M', '--test-split', 'T', '--seed', '3']);
    expect(run.code, run.err).toBe(0);
    const result = json(run.out);
    const keys = [
      'runId',
      'status',
      'variants',
      'realFits',
      'folds',
      'metric',
      'cvBest',
      'cvBestScore',
      'rmsecv',
      'rmsecvByComponents',
      'finalScore',
      'rmsep',
      'warnings',
      'timings',
    ];
    expect(Object.keys(result)).toEqual(expect.arrayContaining(keys));
    expect(result).toMatchObject({
      status: 'completed',
      variants: 8,
      realFits: 6,
      folds: 5,
      metric: 'rmse',
      nTrain: 172,
      nTest: 43,
      nCv: 172,
    });
    expect(Object.keys(result['cvBest'] as object)).toEqual(expect.arrayContaining(['variant', 'params', 'score']));
    expect(result['rmsecvByComponents']).toHaveLength(8);
    const lines = run.err.trim().split('\n').map(json);
    const events = lines.filter((line) => typeof line['seq'] === 'number');
    expect(events.map((event) => event['seq'])).toEqual(events.map((_, k) => k + 1));
    expect(events.at(-1)).toMatchObject({ type: 'run.completed' });

    // What the other commands say of it, from the workspace alone.
    const runId = String(result['runId']);
    for (const level of ['run', 'variant', 'model', 'fold']) {
      const rows = JSON.parse(
        (await refract(['results', 'latest', '--workspace', workspace, '--level', level, '--json'])).out,
      ) as unknown[];
      expect(rows.length, level).toBeGreaterThanOrEqual(level === 'run' ? 1 : 8);
    }
    const csv = await refract(['results', runId, '--workspace', workspace, '--level', 'variant', '--csv']);
    expect(csv.out.trim().split('\n')).toHaveLength(9);

    for (const ending of ['onnx', 'refract']) {
      const model = join(folder, `model.${ending}`);
      const exported = await refract(['export', runId, '--workspace', workspace, '--out', model, '--json']);
      expect(exported.code, exported.err).toBe(0);
      expect(json(exported.out)).toMatchObject({ format: ending, verification: { samples: 43 } });
      const table = join(folder, `${ending}.csv`);
      const predicted = await refract(['predict', model, '--data', join(tecator, 'X.csv'), '--out', table, '--json']);
      expect(predicted.code, predicted.err).toBe(0);
      expect(json(predicted.out)).toMatchObject({ target: 'fat', samples: 215 });
      const rows = (await readFile(table, 'utf8')).trim().split(/\r?\n/);
      expect(rows).toHaveLength(216);
      expect(rows[0]).toBe('sample_id,fat_predicted');
    }
  });

  test('without --json a person reads both scores, each with its n', async () => {
    const { file, workspace } = await files();
    const run = await refract([
      'run',
      file,
      '--data',
      tecator,
      '--target',
      'fat',
      '--workspace',
      workspace,
      '--workers',
      '1',
    ]);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toMatch(/RMSECV\s+\(pooled\)\s+\S+.*n = 172/);
    expect(run.out).toMatch(/RMSEP\s+\S+.*n = 43/);
  });

  test('data without a split are all for training', async () => {
    const { file, workspace, folder } = await files();
    const data = join(folder, 'data');
    await mkdir(data);
    for (const name of ['X.csv', 'Y.csv']) await copyFile(join(tecator, name), join(data, name));
    const run = await refract([
      'run',
      file,
      '--data',
      data,
      '--workspace',
      workspace,
      '--target',
      'fat',
      '--workers',
      '1',
      '--json',
    ]);
    expect(run.code, run.err).toBe(0);
    expect(json(run.out)).toMatchObject({ nTrain: 215, nTest: 0, finalScore: null, rmsep: null });
  });

  test('one table, and a dataset file, are data too', async () => {
    const { file, workspace, folder } = await files();
    const [x = [], y = []] = await Promise.all(
      ['X.csv', 'Y.csv'].map(async (name) => (await readFile(join(tecator, name), 'utf8')).trim().split(/\r?\n/)),
    );
    const table = join(folder, 'table.csv');
    await writeFile(
      table,
      `${x.map((line, k) => `${line},${(y[k] ?? '').split(',').slice(1).join(',')}`).join('\n')}\n`,
    );
    const dataset = join(folder, 'dataset.yaml');
    await writeFile(
      dataset,
      `name: Meat\nfiles:\n  - path: ${join(tecator, 'X.csv')}\n    role: spectra\n  - path: ${join(tecator, 'Y.csv')}\n    role: targets\n`,
    );
    for (const data of [table, dataset]) {
      const run = await refract([
        'run',
        file,
        '--data',
        data,
        '--workspace',
        workspace,
        '--target',
        'fat',
        '--workers',
        '1',
        '--json',
      ]);
      expect(run.code, run.err).toBe(0);
      expect(json(run.out)).toMatchObject({ nTrain: 215, target: 'fat' });
    }
  });

  test('the same data are stored once', async () => {
    const { file, workspace } = await files('refit: false\npipeline:\n  - KFold: {n_splits: 3}\n  - Ridge\n');
    const args = ['run', file, '--data', tecator, '--workspace', workspace, '--workers', '1', '--json'];
    const first = json((await refract(args)).out);
    const second = json((await refract(args)).out);
    expect(second['rmsecv']).toBe(first['rmsecv']);
    expect((await readdir(join(workspace, 'runs'))).length).toBe(2);
    const checked = await refract(['workspace', 'verify', '--workspace', workspace, '--json']);
    expect(checked.code, checked.err).toBe(0);
  });

  test('Ctrl+C cancels: exit code 130, and the run is stored as cancelled', async () => {
    const { file, workspace } = await files(
      'pipeline:\n  - RepeatedKFold: {n_splits: 10, n_repeats: 100, random_state: 1}\n  - MSC\n  - PLS: {n_components: 20}\n',
    );
    let sent = false;
    const run = await refract(
      ['run', file, '--data', tecator, '--workspace', workspace, '--workers', '1', '--json'],
      (text, child) => {
        if (sent || !text.includes('fold.completed')) return;
        sent = true;
        child.kill('SIGINT');
      },
    );
    expect(run.code, run.err.slice(-500)).toBe(130);
    expect(run.out).toBe('');
    expect(run.err).toContain('Cancelled');
    const [row] = JSON.parse((await refract(['results', 'latest', '--workspace', workspace, '--json'])).out) as {
      status: string;
    }[];
    expect(row?.status).toBe('cancelled');
  });
});

describe('the shape of a document', () => {
  test('topology and expand as JSON', async () => {
    const { file } = await files();
    const topology = await refract(['topology', file, '--json']);
    expect(topology.code, topology.err).toBe(0);
    expect(json(topology.out)).toMatchObject({ hasStacking: false, maxStackingDepth: 0, splitterStepIndex: 0 });
    for (const key of ['modelNodes', 'strategy', 'hasFeatureMerge', 'hasMultiSource'])
      expect(json(topology.out)).toHaveProperty(key);
    const count = await refract(['expand', file, '--json', '--count']);
    expect(json(count.out)).toMatchObject({ variants: 8, realFits: 6 });
    expect(json((await refract(['expand', file, '--json'])).out)['list']).toHaveLength(8);
  });
});

describe('what goes wrong is a sentence, never a stack', () => {
  test('exit code 2 for bad usage and bad input, 0 for help', async () => {
    const { file, workspace, folder } = await files();
    const broken = join(folder, 'broken.yaml');
    await writeFile(broken, 'pipeline:\n  - SNVV\n');
    const data = ['--data', tecator, '--workspace', workspace];
    const attempts: string[][] = [
      [],
      ['nonsense'],
      ['run', file],
      ['run', join(folder, 'none.yaml'), ...data],
      ['run', file, '--data', join(folder, 'none'), '--workspace', workspace],
      ['run', broken, ...data],
      ['run', file, ...data, '--target', 'gold'],
      ['run', file, ...data, '--seed', '-1'],
      ['run', file, ...data, '--workers', '0'],
      ['run', file, ...data, '--train-split', 'Z'],
      ['run', file, ...data, '--train-split', 'C', '--test-split', 'C'],
      ['results', 'latest', '--workspace', workspace],
      ['results', 'x', '--workspace', workspace, '--level', 'atom'],
      ['export', 'latest', '--workspace', workspace, '--out', 'model.txt'],
      ['predict', join(folder, 'none.onnx'), ...data.slice(0, 2), '--out', join(folder, 'p.csv')],
      ['topology', broken, '--json'],
    ];
    for (const args of attempts) {
      const { code, out, err } = await refract(args);
      expect(code, `${args.join(' ')}\n${err}`).toBe(2);
      expect(err.length, args.join(' ')).toBeGreaterThan(10);
      expect(out + err, args.join(' ')).not.toMatch(/\n\s+at |unexpected happened|\[object/);
    }
    expect((await refract(['--help'])).code).toBe(0);
    expect((await refract(['run', '--help'])).code).toBe(0);
    expect((await refract(['--version'])).out).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('exit code 1 for a run that fails', async () => {
    const { file, workspace } = await files('pipeline:\n  - KFold: {n_splits: 200}\n  - PLS\n');
    const { code, err, out } = await refract([
      'run',
      file,
      '--data',
      tecator,
      '--workspace',
      workspace,
      '--workers',
      '1',
    ]);
    expect(code, err).toBe(1);
    expect(out).toBe('');
    expect(err).not.toMatch(/\n\s+at /);
  });
});
