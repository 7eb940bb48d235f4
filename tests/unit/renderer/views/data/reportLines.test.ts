import { expect, test } from 'vitest';
import { sampleDataset } from '#tests/support/fakeApi.ts';
import { syntheticSpectra } from '#tests/support/datasets.ts';
import { reportSections } from '#renderer/views/data/reportLines.ts';

const { report } = sampleDataset('ds_000001', 'x', 215, 100, syntheticSpectra(2, 100));
const titles = (changes: Partial<typeof report>): string[] =>
  reportSections({ ...report, ...changes }).map(({ title }) => title);

test('names the samples, not just their number', () => {
  const text = reportSections(report)
    .flatMap(({ lines }) => lines)
    .join('\n');
  expect(text).toContain('S001 = S005');
  expect(text).toContain('S044: fat 49.1');
  expect(text).toContain('protein: 3 of 215');
});

test('says nothing about what is in order', () => {
  const clean = {
    missingTargets: [{ target: 'fat', missing: 0 }],
    duplicateSpectra: { samples: 0, groups: [], acrossSplits: 0 },
    targetOutliers: { count: 0, first: [] },
    joins: [],
  };
  expect(titles(clean)).toEqual(['Axis']);
});

test('counts what it does not list', () => {
  const first = Array.from({ length: 12 }, (_, row) => ({ target: 'fat', row, id: `s${row}`, value: 1 }));
  const lines = reportSections({ ...report, targetOutliers: { count: 40, first } }).flatMap((section) => section.lines);
  expect(lines).toContain('… and 28 more');
});
