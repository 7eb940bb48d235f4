import type { DatasetDetail } from '#core/contract/datasets.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';

/** A spectra plot's source over a dataset in the engine. */
export function datasetSource(dataset: DatasetDetail): SpectraSource {
  const { id } = dataset;
  return {
    key: `${id}:${dataset.contentHash}`,
    axis: dataset.axisValues,
    unit: dataset.axis.unit,
    signal: dataset.signal,
    n: dataset.samples,
    targets: dataset.targets.map(({ name, unit, min, max }) => ({
      name,
      unit,
      range: min === null || max === null ? null : { low: min, high: max },
    })),
    lines: (rows, limit, target) =>
      callEngine('datasets.lines', { id, rows: rows as Int32Array<ArrayBuffer> | null, limit, target }),
    bands: () => callEngine('datasets.bands', { id }),
    density: (request) => callEngine('datasets.density', { id, ...request }),
    nearest: (wavelength, value) => callEngine('datasets.nearest', { id, wavelength, value }),
  };
}
