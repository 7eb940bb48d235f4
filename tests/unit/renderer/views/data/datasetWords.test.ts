import { expect, test } from 'vitest';
import { headerWords } from '#renderer/views/data/datasetWords.ts';
import { syntheticSpectra } from '#tests/support/datasets.ts';
import { sampleDataset } from '#tests/support/fakeApi.ts';

test('the header line says size, range, targets and split', () => {
  expect(headerWords(sampleDataset('ds_000001', 'Tecator', 215, 100, syntheticSpectra(1, 100)))).toBe(
    '215 samples · 850–1050 nm (100 points) · targets: fat (%), moisture (%), protein (%) · split: C 129 · M 43 · T 43',
  );
});
