/**
 * Sweeps on 1,000 × 2,000 synthetic spectra, with the caches off and on, and once more on the same data in the same
 * workspace: 100 variants of preprocessing × components, the same behind a costly baseline, and (`cases`) 100 variants
 * of preprocessing with 30 components beside the peers. Optional arguments: threads, samples, wavelengths.
 *
 *   npm run bench -- sweep [2 1000 2000] [--peers] [--only cases] [--filters 25] [--repetitions 1]
 */
import { parseArgs } from 'node:util';
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { benchmark, timed, type BenchEngine } from '#tests/support/benchEngine.ts';
import { benchPeers } from '#tests/support/benchPeers.ts';
import { filterSweep } from '#tests/support/filterSweep.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: 'boolean', default: false },
    only: { type: 'string' },
    filters: { type: 'string', default: '25' },
    repetitions: { type: 'string', default: '1' },
  },
});
const [workers = 2, n = 1000, p = 2000] = positionals.map(Number);

const ratio = (slow: number, fast: number): number => Math.round((100 * slow) / fast) / 100;

const document = (first: string) =>
  [
    'pipeline:',
    ...(first === '' ? [] : [`  - ${first}`]),
    '  - _or_: [SNV, MSC, Detrend, VectorNormalization, null]',
    '  - _or_: [{SavitzkyGolay: {window_length: 15, polyorder: 2}}, {SavitzkyGolay: {window_length: 15, polyorder: 2, deriv: 1}}, {SavitzkyGolay: {window_length: 25, polyorder: 3, deriv: 2}}, null]',
    '  - KFold: {n_splits: 5}',
    '  - PLS: {n_components: {_range_: [2, 10, 2]}, scale: false}',
  ].join('\n');

const SWEEPS = {
  'scatter × derivative × components': document(''),
  'the same behind a baseline by asymmetric least squares': document('AsLS'),
};

await benchmark(workers, async (bench) => {
  const peers = await benchPeers(options.peers);
  try {
    const figures = options.only === 'cases' ? {} : await componentSweeps(bench);
    const settings = { n, p, filters: Number(options.filters), repetitions: Number(options.repetitions) };
    return { ...figures, peers: peers?.about ?? null, cases: [await filterSweep(bench, peers, settings)] };
  } finally {
    peers?.close();
  }
});

async function componentSweeps({ engine, run }: BenchEngine): Promise<Record<string, unknown>> {
  const dataset = syntheticSpectra(n, p, 1);
  const id = `ds_sweep${n}x${p}`;
  await engine.parts.workspace.datasets.save({
    ...{ id, dataset, contentHash: (await contentHasher())(dataset) },
    ...{ options: null, report: dataReport(dataset), warnings: 0 },
  });
  const figures: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(SWEEPS)) {
    const off = await timed(() => run(id, text, { cache: false }));
    // Nothing of the run before may help this one.
    await engine.parts.workspace.removeRun(off.value.runId);
    const on = await timed(() => run(id, text));
    const again = await timed(() => run(id, text));
    const { variants, realFits, cache } = on.value;
    figures[name] = {
      ...{ n, p, variants, realFits },
      ...{ offMs: off.ms, onMs: on.ms, ratio: ratio(off.ms, on.ms) },
      ...{ secondRunMs: again.ms, secondRunRatio: ratio(off.ms, again.ms) },
      sameResult: off.value.rmsecv === on.value.rmsecv && on.value.rmsecv === again.value.rmsecv,
      cache,
      secondRun: again.value.cache?.crossRun,
    };
  }
  return figures;
}
