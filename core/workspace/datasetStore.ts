import { readMatrix, writeMatrix } from '#core/artifacts/tensorFile.ts';
import { EngineError } from '#core/base/errors.ts';
import type { DatasetDetail, DatasetSummary, SampleRow } from '#core/contract/datasets.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { ArtifactKeeper } from '#core/workspace/artifactKeeper.ts';
import type { DatasetRepository, NewDataset } from '#core/workspace/datasetRepository.ts';
import type { RunRepository } from '#core/workspace/runRepository.ts';
import type { SamplePage, SampleRepository } from '#core/workspace/sampleRepository.ts';

/** Datasets as a whole: rows in the database, spectra in the artifacts folder. */
export interface DatasetStore {
  /** Stores the spectra, then everything else in one transaction. */
  save(dataset: NewDataset): Promise<DatasetSummary>;
  /** Everything, the spectra (n × p) on shared memory and checked against their checksum. */
  load(id: string): Promise<Dataset>;
  /** Throws `workspace.not-found`, as all functions with an id do. */
  get(id: string): DatasetSummary;
  detail(id: string): DatasetDetail;
  /** The first dataset with this content, or null. */
  findByHash(contentHash: string): DatasetSummary | null;
  /** The newest first. */
  list(): DatasetSummary[];
  samples(id: string, page: SamplePage): { total: number; rows: SampleRow[] };
  sampleIds(id: string): string[];
  /** SHA-256 of the spectra. */
  spectraSha256(id: string): string;
  rename(id: string, name: string): void;
  /** Throws `workspace.referenced` while runs refer to it. */
  remove(id: string): Promise<void>;
}

export interface DatasetStoreParts {
  readonly datasets: DatasetRepository;
  readonly samples: SampleRepository;
  readonly runs: RunRepository;
  readonly artifacts: ArtifactKeeper;
  readonly now: () => Date;
}

export function datasetStore({ datasets, samples, runs, artifacts, now }: DatasetStoreParts): DatasetStore {
  return {
    async save(dataset) {
      const put = () => writeMatrix(artifacts.store, dataset.dataset.source.x);
      const createdAt = now().toISOString();
      await artifacts.keepFor(put, 'matrix', ({ sha256 }) => datasets.add(dataset, sha256, createdAt));
      return datasets.get(dataset.id).summary;
    },
    async load(id) {
      const { summary, axis, sources, sourceName, xSha256, hasSplit } = datasets.get(id);
      const x = await readMatrix(artifacts.store, xSha256, summary.samples, summary.wavelengths);
      const { ids, split, metadata } = samples.columns(id);
      return {
        name: summary.name,
        source: { name: sourceName, axis, x, signal: summary.signal },
        ...(sources === null ? {} : { sources }),
        sampleIds: ids,
        targets: datasets.targets(id),
        metadata,
        split: hasSplit ? split : null,
        files: summary.files,
      };
    },
    get: (id) => datasets.get(id).summary,
    detail(id) {
      const { summary, axis, sources } = datasets.get(id);
      return {
        ...summary,
        axisValues: Float64Array.from(axis.values),
        ...(sources === null ? {} : { sourceAxes: sources.map((source) => Float64Array.from(source.axis.values)) }),
        report: datasets.importOf(id).report,
      };
    },
    findByHash: (contentHash) => datasets.findByHash(contentHash)?.summary ?? null,
    list: () => datasets.list(),
    samples: (id, page) => samples.page(id, page),
    sampleIds: (id) => samples.ids(id),
    spectraSha256: (id) => datasets.get(id).xSha256,
    rename: (id, name) => datasets.rename(id, name),
    async remove(id) {
      const { summary } = datasets.get(id);
      await artifacts.release(() => {
        const users = runs.idsOfDataset(id).length;
        if (users > 0) {
          const by = users === 1 ? 'a run' : `${users} runs`;
          throw new EngineError('workspace.referenced', { what: 'dataset', name: summary.name, by });
        }
        datasets.remove(id);
      });
    },
  };
}
