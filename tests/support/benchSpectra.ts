import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { BenchEngine } from '#tests/support/benchEngine.ts';

/** The same spectra for our engine (a dataset of its workspace) and for the peers (files of raw doubles). */
export interface BenchSpectra {
  readonly id: string;
  readonly dataset: Dataset;
  /** What a peer is told about them. */
  readonly forPeers: { readonly x: string; readonly y: string; n: number; p: number; folds: readonly number[] };
}

/** The document's step that makes these folds: sample i is held out in fold i mod `folds`. */
export const foldStep = '  - PredefinedSplit: {column: fold}';

/**
 * Twelve smooth components with offset, slope, gain and noise of 1e-3 (`syntheticSpectra`), one target, and the folds
 * in a metadata column, since KFold without shuffling would make blocks.
 */
export async function benchSpectra(
  { engine, scratch }: Pick<BenchEngine, 'engine' | 'scratch'>,
  { n, p, folds, seed = 1 }: { readonly n: number; readonly p: number; readonly folds: number; readonly seed?: number },
): Promise<BenchSpectra> {
  const synthetic = syntheticSpectra(n, p, seed);
  const [target] = synthetic.targets;
  if (target === undefined) throw new Error('The synthetic spectra have no target.');
  const foldOf = Array.from({ length: n }, (_, i) => i % folds);
  const dataset: Dataset = {
    ...synthetic,
    targets: [target],
    metadata: [{ name: 'fold', values: foldOf.map(String) }],
  };
  const id = `ds_bench${n}x${p}`;
  await engine.parts.workspace.datasets.save({
    ...{ id, dataset, contentHash: (await contentHasher())(dataset) },
    ...{ options: null, report: dataReport(dataset), warnings: 0 },
  });
  const [x, y] = [join(scratch, `${id}.x`), join(scratch, `${id}.y`)];
  await writeFile(x, new Uint8Array(dataset.source.x.data.buffer));
  await writeFile(y, new Uint8Array(target.values.buffer));
  return { id, dataset, forPeers: { x, y, n, p, folds: foldOf } };
}
