import { expect, test } from 'vitest';
import { datasetSpan, headerWords } from '#renderer/views/data/datasetWords.ts';
import { syntheticSpectra } from '#tests/support/datasets.ts';
import { sampleDataset } from '#tests/support/fakeApi.ts';

test('the header line says size, range, targets and split', () => {
  expect(headerWords(sampleDataset('ds_000001', 'Tecator', 215, 100, syntheticSpectra(1, 100)))).toBe(
    '215 samples · 850–1050 nm (100 points) · targets: fat (%), moisture (%), protein (%) · split: C 129 · M 43 · T 43',
  );
});

test('of several sources it names each with its columns', () => {
  const sources = [
    { name: 'NIR', columns: 700, unit: 'nm' as const, from: 1100, to: 2498, signal: 'absorbance' as const },
    { name: 'markers', columns: 12, unit: 'index' as const, from: 0, to: 11, signal: 'unknown' as const },
  ];
  const dataset = { ...sampleDataset('ds_000001', 'Leaves', 30, 20, syntheticSpectra(1, 20)), sources };
  expect(headerWords(dataset)).toContain(' · 2 sources: NIR 700 channels, markers 12 columns · ');
  expect(datasetSpan(dataset)).toMatch(/^NIR 1,?100–2,?498 nm, markers 0–11 /);
});
