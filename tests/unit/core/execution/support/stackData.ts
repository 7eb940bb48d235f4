import type { RowFacts } from '#core/data/operator.ts';
import type { UnitData } from '#core/execution/unit.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { seeded, syntheticSpectra } from '#tests/support/datasets.ts';
import { unitDataOf } from '#tests/support/runInMemory.ts';

export const TRAINING = 48;
export const TEST = 12;
export const SITES = ['north', 'south', 'west'] as const;

/**
 * 60 spectra of 16 points from three sites, whose offset and slope differ; the last 12 are the test set. `y` replaces
 * targets by their row; `classes` makes three classes of the target's terciles.
 */
export function stackData(
  options: {
    readonly y?: Readonly<Record<number, number>>;
    readonly sites?: Readonly<Record<number, string>>;
    readonly classes?: boolean;
    /** The first ten columns are a source of their own, the other six another. */
    readonly sources?: boolean;
    readonly key?: string;
  } = {},
): UnitData {
  const n = TRAINING + TEST;
  const { axis, values, y } = syntheticSpectra(n, 16, 7);
  const random = seeded(11);
  // Noise, so that no two models agree to the last digit and none fits exactly.
  for (let k = 0; k < n; k++) y[k] = (y[k] ?? 0) + 4 * (k % 3) + 3 * random();
  for (let k = 0; k < values.length; k++) values[k] = (values[k] ?? 0) + 0.02 * random();
  const sorted = y.slice().sort();
  const limits = [sorted[n / 3] ?? 0, sorted[(2 * n) / 3] ?? 0];
  const target = options.classes === true ? y.map((value) => limits.filter((limit) => value >= limit).length) : y;
  for (const [row, value] of Object.entries(options.y ?? {})) target[Number(row)] = value;
  const site = Array.from({ length: n }, (_, k) => options.sites?.[k] ?? SITES[k % 3] ?? '');
  const data = unitDataOf(
    { x: { rows: n, cols: 16, data: values }, y: target, axis },
    {
      train: Int32Array.from({ length: TRAINING }, (_, k) => k),
      test: Int32Array.from({ length: TEST }, (_, k) => TRAINING + k),
      metadata: { site, half: site.map((_, k) => (k % 2 === 0 ? 'even' : 'odd')) },
      ...(options.classes === true ? { classes: ['low', 'middle', 'high'] } : {}),
    },
  );
  const source = (name: string, from: number, to: number) => ({
    ...{ name, from, to },
    axis: { values: axis.slice(from, to), unit: 'nm' as const },
  });
  return {
    ...data,
    ...(options.sources === true ? { sources: [source('NIR', 0, 10), source('markers', 10, 16)] } : {}),
    ...(options.key === undefined ? {} : { key: options.key }),
  };
}

/** Raw spectra of some rows, and what is known of them: what a deployed model gets. */
export function rawRows(data: UnitData, rows: Int32Array): { readonly x: Matrix; readonly facts: RowFacts } {
  const x = new Float64Array(rows.length * data.cols);
  rows.forEach((row, k) => {
    x.set(data.x.subarray(row * data.cols, (row + 1) * data.cols), k * data.cols);
  });
  return {
    x: { rows: rows.length, cols: data.cols, data: x },
    facts: {
      metadata: Object.fromEntries(
        Object.entries(data.metadata).map(([name, values]) => [name, Array.from(rows, (row) => values[row] ?? '')]),
      ),
    },
  };
}
