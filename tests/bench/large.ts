/** 10,000 × 2,000 synthetic spectra through the engine: import from CSV, pictures, and how long the engine is deaf. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CallInput } from '#core/contract/contract.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { benchmark, timed } from '#tests/support/benchEngine.ts';

const [ROWS = 10_000, COLS = 2000] = process.argv.slice(2).map(Number);
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

/** One table: id, target, spectra. */
async function writeTable(path: string, { source, targets, sampleIds }: Dataset): Promise<void> {
  const { x, axis } = source;
  const file = await open(path, 'w');
  try {
    await file.write(`id,${targets[0]?.name ?? 'y'},${axis.values.join(',')}\n`);
    for (let i = 0; i < x.rows; i++) {
      const row = Array.from(x.data.subarray(i * x.cols, (i + 1) * x.cols), (value) => value.toFixed(6));
      await file.write(`${sampleIds[i] ?? ''},${(targets[0]?.values[i] ?? 0).toFixed(4)},${row.join(',')}\n`);
    }
  } finally {
    await file.close();
  }
}

await benchmark(1, async ({ scratch, call }) => {
  const path = join(scratch, 'large.csv');
  await writeTable(path, syntheticSpectra(ROWS, COLS, 1));
  const grant = 'grant_0000000000000000' as CallInput<'datasets.import'>['files'][number]; // the only file there is
  const paths = { [grant]: path };
  const files = [grant];
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();

  const before = process.memoryUsage.rss();
  const inspect = await timed(() => call('datasets.inspect', { files }, paths));
  const { options } = inspect.value;
  const jobId = 'job_00000000';
  const imported = await timed(() => call('datasets.import', { files, options, jobId }, paths));
  const deafImporting = delay.max / 1e6;
  delay.reset();
  const { id } = imported.value;
  const first = await timed(() => call('datasets.lines', { id, rows: null, limit: 100, target: null }));
  const bands = await timed(() => call('datasets.bands', { id }));
  const all = { left: 1100, right: 2500, bottom: 0, top: 3 };
  const density = (view: typeof all, limit: number | null) =>
    timed(() => call('datasets.density', { id, view, width: 1200, height: 700, target: null, limit }));
  const preview = await density(all, 500);
  const full = await density(all, null);
  const zoomed = await density({ left: 1500, right: 1700, bottom: 0.5, top: 1.5 }, null);
  const nearest = await timed(() => call('datasets.nearest', { id, wavelength: 1800, value: 1 }));
  const samples = await timed(() => call('datasets.samples', { id, offset: 5000, limit: 100, sortBy: 'id' }));
  const text = 'pipeline:\n  - SNV\n  - SavitzkyGolay: {window_length: 15, polyorder: 2, deriv: 1}\n';
  const step = await timed(() =>
    call('pipelines.preview', { text, datasetId: id, path: ['pipeline', 1], from: 'start', lines: 100 }),
  );
  clearInterval(watch);
  return {
    rows: ROWS,
    cols: COLS,
    milliseconds: {
      inspect: inspect.ms,
      import: imported.ms,
      firstLines: first.ms,
      bands: bands.ms,
      densityPreviewOf500: preview.ms,
      densityOfAll: full.ms,
      densityZoomed: zoomed.ms,
      nearest: nearest.ms,
      samplesPage: samples.ms,
      stepPreview: step.ms,
      longestDeafnessWhileImporting: Math.round(deafImporting),
      longestDeafnessWhileDrawing: Math.round(delay.max / 1e6),
    },
    megabytes: { before: megabytes(before), peak: megabytes(peak), after: megabytes(process.memoryUsage.rss()) },
  };
});
