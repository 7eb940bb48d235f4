/** PLS with 1–20 components, KFold(10), through the engine: plan, threads, storage, refit. Optional argument: threads. */
import { contentHasher } from '#core/data/contentHash.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { benchmark, timed } from '#tests/support/benchEngine.ts';

const workers = Number(process.argv[2] ?? 2);
const SIZES = [
  [200, 700],
  [1000, 2000],
] as const;
const pipeline = 'pipeline:\n  - KFold: {n_splits: 10}\n  - PLS: {n_components: {_range_: [1, 20]}, scale: false}\n';

await benchmark(workers, async ({ engine, run }) => {
  const hash = await contentHasher();
  const figures: Record<string, unknown> = {};
  for (const [n, p] of SIZES) {
    const dataset = syntheticSpectra(n, p, 1);
    const id = `ds_bench${n}x${p}`;
    const report = dataReport(dataset);
    await engine.parts.workspace.datasets.save({
      id,
      dataset,
      contentHash: hash(dataset),
      options: null,
      report,
      warnings: 0,
    });
    const cold = await timed(() => run(id, pipeline));
    const afresh = await timed(() => run(id, pipeline, { cache: false }));
    const warm = await timed(() => run(id, pipeline));
    figures[`${n} × ${p}`] = {
      firstRunMs: cold.ms,
      afreshMs: afresh.ms,
      fromEarlierRunMs: warm.ms,
      phasesMs: afresh.value.timings,
      rmsecv: warm.value.rmsecv,
    };
  }
  return figures;
});
