import { spread } from '#core/engine/spread.ts';
import { unitSources } from '#core/engine/unitData.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { UnitData } from '#core/execution/unit.ts';

/** At most so many samples: enough to learn a reference from, and a preview of them takes milliseconds. */
const PREVIEW_SAMPLES = 500;

export interface PreviewData {
  readonly data: UnitData;
  /** The rows of the dataset that row 0, 1, … of `data` are. */
  readonly rows: Int32Array;
}

/** Evenly spaced samples of a dataset on memory of their own; all of them are training rows. */
export function previewData(id: string, dataset: Dataset): PreviewData {
  const { x, axis, signal } = dataset.source;
  const rows = spread(x.rows, PREVIEW_SAMPLES);
  const values = new Float64Array(new SharedArrayBuffer(8 * rows.length * x.cols));
  rows.forEach((row, k) => {
    values.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), k * x.cols);
  });
  return {
    rows,
    data: {
      key: `preview of ${id}`,
      rows: rows.length,
      cols: x.cols,
      x: values,
      y: previewTarget(dataset, rows),
      classes: null,
      axis: { values: axis.values, unit: axis.unit },
      sources: unitSources(dataset),
      signal,
      targetName: '',
      targetUnit: null,
      metadata: Object.fromEntries(
        dataset.metadata.map(({ name, values: column }) => [name, Array.from(rows, (row) => column[row] ?? '')]),
      ),
      train: rows.map((_, k) => k),
      test: new Int32Array(0),
    },
  };
}

/** The first target, for steps that learn from it; a missing value counts as the mean. */
function previewTarget(dataset: Dataset, rows: Int32Array): Float64Array {
  const [target] = dataset.targets;
  if (target === undefined) return new Float64Array(rows.length);
  const values = Float64Array.from(rows, (row) => target.values[row] ?? NaN);
  const known = values.filter(Number.isFinite);
  const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  return values.map((value) => (Number.isFinite(value) ? value : mean));
}
