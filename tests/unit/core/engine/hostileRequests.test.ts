import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callNames } from '#core/contract/names.ts';
import { grantOf, openTestEngine, withTecator } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Whatever a window sends, the engine answers with a sentence and goes on. */
describe('requests that are refused', () => {
  test('unknown names, streams, calls of the shell, and names of the object prototype', async () => {
    const engine = await openTestEngine();
    const names = [
      'nothing',
      '',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'runs.events',
      'dialog.open',
      'x'.repeat(1e6),
    ];
    for (const name of names) {
      const reply = await engine.send(name, {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'app.forbidden' } });
      if (!reply.ok) expect(reply.error.message.length).toBeLessThan(200);
    }
  });

  test('anything that is no request, for every call', async () => {
    const engine = await openTestEngine();
    const nonsense = [
      null,
      undefined,
      7,
      'text',
      [],
      () => 1,
      { unknownKey: 1 },
      { __proto__: { id: 'x' } },
      new Float64Array(3),
    ];
    const needNothing = new Set([
      'app.about',
      'app.facts',
      'preferences.get',
      'operators.list',
      'datasets.list',
      'pipelines.list',
      'pipelines.templates',
      'runs.list',
      'models.list',
      'preferences.set',
    ]);
    for (const name of callNames) {
      if (/^(dialog|diagnostics|engine)\./.test(name)) continue;
      for (const input of nonsense) {
        const reply = await engine.send(name, input);
        // An empty object with a prototype of its own reads as an empty request, which some calls allow.
        const empty =
          typeof input === 'object' && input !== null && Object.keys(input).length === 0 && !Array.isArray(input);
        if (empty && needNothing.has(name)) continue;
        expect(reply, `${name} ${typeof input}`).toMatchObject({ ok: false, error: { code: 'app.bad-request' } });
      }
    }
  });

  test('wrong types, extra keys and ids that are none', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const bad: [string, unknown][] = [
      ['datasets.get', { id: '../../outside' }],
      ['datasets.get', { id, extra: true }],
      ['datasets.get', { id: { $ne: null } }],
      ['datasets.lines', { id, rows: [1, 2], limit: 10, target: null }],
      ['datasets.lines', { id, rows: null, limit: 1e9, target: null }],
      [
        'datasets.density',
        { id, view: { left: 0, right: 1, bottom: 0, top: 1 }, width: 1e6, height: 1e6, target: null, limit: null },
      ],
      [
        'datasets.density',
        { id, view: { left: NaN, right: 1, bottom: 0, top: 1 }, width: 100, height: 100, target: null, limit: null },
      ],
      ['datasets.samples', { id, offset: -1, limit: 10 }],
      ['datasets.rename', { id, name: '' }],
      ['datasets.rename', { id, name: 'x'.repeat(100_000) }],
      ['pipelines.check', { text: 'x'.repeat(1_000_001), datasetId: null }],
      ['runs.get', { runId: "20260101T000000.000Z-0000'; DROP TABLE runs; --" }],
      [
        'results.variants',
        { runId: '20260101T000000.000Z-0000', offset: 0, limit: 10, sortBy: 'score; DROP TABLE runs' },
      ],
      ['preferences.set', { theme: 'pink' }],
      ['preferences.set', JSON.parse('{"__proto__": {"admin": true}, "theme": "dark", "admin": 1}')],
      ['datasets.inspect', { files: Array.from({ length: 20_001 }, () => grantOf('/x').grant) }],
      ['datasets.inspect', { files: ['/no/grant'] }],
      ['jobs.cancel', { jobId: 'no job' }],
    ];
    for (const [name, input] of bad)
      expect(await engine.send(name, input), name).toMatchObject({ ok: false, error: { code: 'app.bad-request' } });
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(await engine.call('datasets.list', {})).toHaveLength(1);
  });

  test('things that do not exist are named', async () => {
    const engine = await openTestEngine();
    const runId = '20260101T000000.000Z-0000';
    const gone: [string, unknown][] = [
      ['datasets.get', { id: 'ds_abcdefgh' }],
      ['datasets.bands', { id: 'ds_abcdefgh' }],
      ['runs.get', { runId }],
      ['runs.history', { runId }],
      ['runs.remove', { runId }],
      ['results.coefficients', { runId }],
      [
        'models.predict',
        {
          model: { from: 'run', runId },
          spectra: { from: 'dataset', datasetId: 'ds_abcdefgh' },
          jobId: 'job_00000000',
        },
      ],
    ];
    for (const [name, input] of gone)
      expect(await engine.send(name, input), name).toMatchObject({ ok: false, error: { code: 'workspace.not-found' } });
  });

  test('files that were not chosen in the window', async () => {
    const engine = await openTestEngine();
    // A path in a folder of this test: should a refusal ever fail, it is this file that suffers.
    const secret = join(await temporaryFolder(), 'secret.txt');
    await writeFile(secret, 'untouched');
    const { grant, paths: itsPath } = grantOf(secret);
    const otherPath = grantOf(`${secret}.other`).paths;
    const inherited = Object.create(itsPath) as Record<string, string>;
    const asked: [string, unknown][] = [
      ['models.open', { file: grant }],
      ['datasets.inspect', { files: [grant] }],
      ['files.save', { file: grant, data: 'x' }],
    ];
    for (const [name, input] of asked)
      for (const paths of [{}, otherPath, inherited])
        expect(await engine.send(name, input, paths), name).toMatchObject({
          ok: false,
          error: { code: 'app.forbidden' },
        });
    expect(await readFile(secret, 'utf8')).toBe('untouched');
  });
});

test('a run that cannot be is refused before there is one', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const good = 'pipeline:\n  - KFold: {n_splits: 3}\n  - PLS\n';
  const base = { datasetId: id, name: '', pipeline: good, target: 'fat', trainSplit: null, testSplit: null };
  const refused: [object, string][] = [
    [{ target: 'gold' }, 'run.unknown-target'],
    [{ trainSplit: ['Z'] }, 'run.unknown-split'],
    [{ trainSplit: ['C'], testSplit: ['C'] }, 'run.split-overlap'],
    [{ trainSplit: [] }, 'run.nothing-to-train'],
    [{ pipeline: 'pipeline:\n  - SNVV\n' }, 'pipeline.invalid'],
    [{ pipeline: 'pipeline:\n  - KFold\n' }, 'run.no-model'],
    [{ pipeline: ': :' }, 'pipeline.invalid'],
    [{ pipeline: '' }, 'pipeline.invalid'],
    [{ pipeline: `metric: fun\n${good}` }, 'run.unknown-metric'],
    [
      { pipeline: 'pipeline:\n  - KFold\n  - branch: [[SNV, PLS], [MSC, PLS]]\n  - merge: predictions\n' },
      'pipeline.not-run',
    ],
    [{ pipeline: 'pipeline:\n  - KFold\n  - branch: {by_metadata: altitude, steps: [PLS]}\n' }, 'run.no-column'],
  ];
  for (const [change, code] of refused) {
    const reply = await engine.send('runs.start', { ...base, ...change });
    expect(reply.ok, JSON.stringify(change)).toBe(false);
    if (!reply.ok) expect([code, 'pipeline.invalid'], JSON.stringify(change)).toContain(reply.error.code);
  }
  expect(await engine.call('runs.list', {})).toEqual([]);
});
