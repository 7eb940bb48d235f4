import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { columnsOf, sourcesOf } from '#core/data/sources.ts';
import type { BandsResult } from '#core/execution/spectraBands.ts';
import { previewData, type PreviewData } from '#core/engine/previewData.ts';
import type { ViewWorker } from '#core/execution/ports.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import type { Workspace } from '#core/workspace/index.ts';

/** A dataset in memory, with what the pictures need again and again. */
export interface LoadedDataset {
  readonly id: string;
  readonly dataset: Dataset;
  /** The columns of a source, or of all sources. Throws `workspace.not-found` for a source that is not there. */
  spectra(source: string | null): PicturedSpectra;
  /** The samples that the builder's preview learns from and draws. */
  preview(): PreviewData;
}

/** Spectra as plots ask for them. */
export interface PicturedSpectra {
  readonly x: Matrix;
  readonly axis: Axis;
  bands(): Promise<BandsResult>;
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
    const { x, axis } = dataset.source;
    sizes.set(id, x.data.byteLength);
    const pictures = new Map<string | null, PicturedSpectra>([[null, pictured(view, x, axis)]]);
    const spectra = (source: string | null): PicturedSpectra => {
      const known = pictures.get(source);
      if (known !== undefined) return known;
      const found = sourcesOf(dataset).find(({ name }) => name === source);
      if (found === undefined) throw new EngineError('workspace.not-found', { what: 'source', id: source ?? '' });
      const own = columnsOf(x, found);
      if (own !== x) sizes.set(id, (sizes.get(id) ?? 0) + own.data.byteLength);
      const made = pictured(view, own, found.axis);
      pictures.set(source, made);
      return made;
    };
    let reduced: PreviewData | null = null;
    return { id, dataset, spectra, preview: () => (reduced ??= previewData(id, dataset)) };
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

/** Bands are computed once, when they are first asked for. */
function pictured(view: ViewWorker, x: Matrix, axis: Axis): PicturedSpectra {
  let known: Promise<BandsResult> | null = null;
  return {
    x,
    axis,
    async bands() {
      known ??= view.bands(x.data, x.rows, x.cols);
      try {
        return await known;
      } catch (error) {
        known = null; // the next request computes them again
        throw error;
      }
    },
  };
}
