/**
 * The largest data that the product promises to deal with: 100,000 × 2,000 spectra (1.6 GB), PLS with 1–15 components
 * on 5 folds and the refit, through the engine's normal path. Prints the time of each phase and the peak memory of the
 * whole process. Optional arguments: threads, samples, wavelengths.
 */
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { benchmark, timed, type BenchEngine } from '#tests/support/benchEngine.ts';

const [workers = 2, rows = 100_000, cols = 2000] = process.argv.slice(2).map(Number);
const pipeline = 'pipeline:\n  - KFold: {n_splits: 5}\n  - PLS: {n_components: {_range_: [1, 15]}, scale: false}\n';
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

/** Apart, so that nothing holds the spectra once they are stored. */
async function stored({ engine }: BenchEngine, id: string): Promise<void> {
  const dataset = syntheticSpectra(rows, cols, 1);
  await engine.parts.workspace.datasets.save({
    ...{ id, dataset, contentHash: (await contentHasher())(dataset) },
    ...{ options: null, report: dataReport(dataset), warnings: 0 },
  });
}

await benchmark(workers, async (bench) => {
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
  const id = `ds_huge${rows}x${cols}`;
  const stores = await timed(() => stored(bench, id));
  const storing = peak;
  const runs = await timed(() => bench.run(id, pipeline, { cache: false }));
  clearInterval(watch);
  const { timings, rmsecv } = runs.value;
  return {
    ...{ rows, cols, folds: 5, components: 15, spectraMegabytes: megabytes(rows * cols * 8) },
    seconds: { makeAndStore: stores.ms / 1000, run: runs.ms / 1000 },
    ...{ phasesMs: timings, rmsecv },
    peakMegabytes: { storing: megabytes(storing), whole: megabytes(peak) },
  };
});
