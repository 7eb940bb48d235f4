import type { DatasetDetail } from '#core/contract/datasets.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';

/** A spectra plot's source over a dataset in the engine; `at` is which of several sources of the dataset it shows. */
export function datasetSource(dataset: DatasetDetail, at: number): SpectraSource {
  const { id } = dataset;
  const chosen = dataset.sources?.[at];
  const source = chosen?.name ?? null;
  return {
    key: `${id}:${dataset.contentHash}:${source ?? ''}`,
    axis: (chosen && dataset.sourceAxes?.[at]) ?? dataset.axisValues,
    unit: chosen?.unit ?? dataset.axis.unit,
    signal: chosen?.signal ?? dataset.signal,
    n: dataset.samples,
    targets: dataset.targets.map(({ name, unit, min, max }) => ({
      name,
      unit,
      range: min === null || max === null ? null : { low: min, high: max },
    })),
    lines: (rows, limit, target) =>
      callEngine('datasets.lines', { id, source, rows: rows as Int32Array<ArrayBuffer> | null, limit, target }),
    bands: () => callEngine('datasets.bands', { id, source }),
    density: (request) => callEngine('datasets.density', { id, source, ...request }),
    nearest: (wavelength, value) => callEngine('datasets.nearest', { id, source, wavelength, value }),
  };
}
