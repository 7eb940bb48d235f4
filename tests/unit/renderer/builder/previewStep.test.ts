import { expect, test } from 'vitest';
import type { DocPath } from '#core/pipeline/located.ts';
import { previewStep } from '#renderer/builder/previewStep.ts';
import { plainAt, readDocument } from '#renderer/builder/readDocument.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const TEXT = 'pipeline:\n  - KFold\n  - SNV\n  - _or_: [null, Detrend, {SavitzkyGolay: {deriv: 1}}]\n  - PLS\n';
const preview = (selected: DocPath | null) => previewStep(TEXT, readDocument(TEXT, operatorDescriptors), selected);

test('shows the selected step', () => {
  expect(preview(['pipeline', 1])).toMatchObject({ text: TEXT, path: ['pipeline', 1] });
});

test('shows the selected alternative alone', () => {
  const shown = preview(['pipeline', 2, '_or_', 2]);
  if (shown === null || shown === 'left-out') throw new Error('nothing to show');
  expect(shown.title).toBe('Savitzky–Golay');
  expect(plainAt(shown.text, shown.path)).toEqual({ SavitzkyGolay: { deriv: 1 } });
});

test('an alternative that leaves the step out changes nothing', () => {
  expect(preview(['pipeline', 2, '_or_', 0])).toBe('left-out');
});

test('a model shows the spectra that reach it, a splitter before all transforms shows nothing', () => {
  expect(preview(['pipeline', 3])).toMatchObject({ path: ['pipeline', 2], title: 'Detrend' });
  expect(preview(null)).toMatchObject({ path: ['pipeline', 2] });
  expect(preview(['pipeline', 0])).toBeNull();
});
