import type { Dataset } from '#core/data/dataset.ts';
import type { BandsResult } from '#core/execution/spectraBands.ts';
import { previewData, type PreviewData } from '#core/engine/previewData.ts';
import type { ViewWorker } from '#core/execution/ports.ts';
import type { Workspace } from '#core/workspace/index.ts';

/** A dataset in memory, with what the pictures need again and again. */
export interface LoadedDataset {
  readonly id: string;
  readonly dataset: Dataset;
  bands(): Promise<BandsResult>;
  /** The samples that the builder's preview learns from and draws. */
  preview(): PreviewData;
}

/** Datasets in memory; the least recently used goes when they exceed the limit. Spectra lie on shared memory. */
export interface DatasetCache {
  load(id: string): Promise<LoadedDataset>;
  forget(id: string): void;
}

export function datasetCache(workspace: Workspace, view: ViewWorker, limitBytes: number): DatasetCache {
  const entries = new Map<string, Promise<LoadedDataset>>();
  const sizes = new Map<string, number>();

  async function read(id: string): Promise<LoadedDataset> {
    const dataset = await workspace.datasets.load(id);
    const { x } = dataset.source;
    sizes.set(id, x.data.byteLength);
    let known: Promise<BandsResult> | null = null;
    const bands = async (): Promise<BandsResult> => {
      known ??= view.bands(x.data, x.rows, x.cols);
      try {
        return await known;
      } catch (error) {
        known = null; // the next request computes them again
        throw error;
      }
    };
    let reduced: PreviewData | null = null;
    return { id, dataset, bands, preview: () => (reduced ??= previewData(id, dataset)) };
  }

  return {
    async load(id) {
      const known = entries.get(id) ?? read(id);
      entries.delete(id);
      entries.set(id, known);
      try {
        const loaded = await known;
        let bytes = [...entries.keys()].reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0);
        for (const oldest of [...entries.keys()]) {
          if (bytes <= limitBytes || oldest === id) break;
          entries.delete(oldest);
          bytes -= sizes.get(oldest) ?? 0;
        }
        return loaded;
      } catch (error) {
        entries.delete(id); // a dataset that could not be read is asked for again, not remembered as broken
        throw error;
      }
    },
    forget(id) {
      entries.delete(id);
    },
  };
}
