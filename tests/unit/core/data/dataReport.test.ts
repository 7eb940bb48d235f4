import { expect, test } from 'vitest';
import type { Dataset } from '#core/data/dataset.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';

/** Forty good samples; each test plants its faults. */
function planted(
  change: (dataset: { x: Float64Array; axis: Float64Array; y: Float64Array; ids: string[]; split: string[] }) => void,
): Dataset {
  const good = syntheticSpectra(40, 30, 5);
  const parts = {
    x: Float64Array.from(good.source.x.data),
    axis: Float64Array.from(good.source.axis.values),
    y: Float64Array.from(good.targets[0]?.values ?? []),
    ids: [...good.sampleIds],
    split: good.sampleIds.map((_, i) => (i < 30 ? 'train' : 'test')),
  };
  change(parts);
  return {
    ...good,
    source: { ...good.source, axis: { unit: 'nm', values: parts.axis }, x: { rows: 40, cols: 30, data: parts.x } },
    sampleIds: parts.ids,
    targets: [{ name: 'y', unit: null, values: parts.y }],
    split: parts.split,
  };
}

test('finds every planted fault', () => {
  const report = dataReport(
    planted(({ x, axis, y, ids, split }) => {
      x.copyWithin(35 * 30, 2 * 30, 3 * 30); // sample 2 again, in the test part
      for (let i = 0; i < 40; i++) x[i * 30 + 7] = 0.5; // constant wavelength
      ids[9] = ids[8] ?? '';
      y[4] = NaN;
      y[11] = 1e4;
      axis[29] = 9999;
      split[39] = 'test';
    }),
  );
  expect(report.duplicateSpectra).toMatchObject({ samples: 1, acrossSplits: 1 });
  expect(report.duplicateSpectra.groups[0]?.map(({ row }) => row)).toEqual([2, 35]);
  expect(report.duplicateIds.first.map(({ rows }) => rows)).toEqual([[8, 9]]);
  expect(report.constantWavelengths.count).toBe(1);
  expect(report.missingTargets).toEqual([{ target: 'y', missing: 1 }]);
  expect(report.targetOutliers.first).toMatchObject([{ target: 'y', row: 11, value: 1e4 }]);
  expect(report.axis.gaps).toHaveLength(1);
  expect(report.split).toEqual([{ label: 'train', samples: 30 }, { label: 'test', samples: 10 }]); // prettier-ignore
  expect(report.warnings).toHaveLength(7);
});

test('an axis that turns back is named', () => {
  const report = dataReport(planted(({ axis }) => ([axis[3], axis[4]] = [axis[4] ?? 0, axis[3] ?? 0])));
  expect(report.axis.monotonic).toBe(false);
});

test('good data give no warning', () => {
  expect(dataReport(planted(() => undefined)).warnings).toEqual([]);
});
