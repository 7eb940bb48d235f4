import { expect, test } from 'vitest';
import { spectraCaption, targetTitle } from '#renderer/charts/spectraWords.ts';

const shown = { n: 10_000, targets: [{ name: 'fat', unit: '%', range: null }] };
const density = { width: 1, height: 1, count: new Uint32Array(1), colour: null };

test('never hides how much is drawn', () => {
  const lines = { rows: new Int32Array(2), ids: ['a', 'b'], p: 1, values: new Float64Array(2), colour: null };
  expect(spectraCaption({ ...shown, n: 2 }, lines, null, null)).toBe('lines: 2');
  expect(spectraCaption(shown, lines, null, null)).toBe('lines: 2 of 10,000 spectra');
  expect(spectraCaption(shown, null, { ...density, drawn: 10_000, of: 10_000 }, null)).toBe(
    'density of 10,000 spectra',
  );
  expect(spectraCaption(shown, null, { ...density, drawn: 1000, of: 10_000 }, 'fat')).toContain(
    'preview: density of 1,000 of 10,000',
  );
});

test('a target is shown with its unit', () => {
  expect(targetTitle(shown, 'fat')).toBe('fat (%)');
});
