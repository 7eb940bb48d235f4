import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksInWords, diagramBlocks } from '#renderer/builder/diagram/diagramBlocks.ts';
import { diagramPicture } from '#renderer/builder/diagram/diagramPicture.ts';
import { diagramSvg } from '#renderer/builder/diagram/diagramSvg.ts';
import { fitText, textWidth } from '#renderer/builder/diagram/textWidth.ts';
import { fitted, zoomed } from '#renderer/builder/diagram/useZoom.ts';
import { readDocument } from '#renderer/builder/readDocument.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const STACK = `pipeline:
  - KFold: {n_splits: 5}
  - branch:
      deriv: [{SavitzkyGolay: {deriv: 1}}, {PLS: {n_components: {_range_: [1, 15]}}}]
      raw & <plain>: [{_or_: [Detrend, MSC, null]}, {_disabled_: SNV}, Ridge]
  - merge: predictions
  - Ridge
`;
const blocksOf = (text: string) => diagramBlocks(readDocument(text, operatorDescriptors));
const tokens = chartTokens('light');

test('the picture in words goes from the spectra to the predictions', () => {
  expect(blocksInWords(blocksOf(STACK))).toBe(
    'Spectra → K-fold → [A deriv: Savitzky–Golay → Partial least squares (PLS) ×15 | ' +
      'B raw & <plain>: Detrend | MSC | none ×3 → SNV → Ridge regression] → ' +
      'Stack models → Ridge regression → Predictions',
  );
});

test('every step and every lane is drawn, with letters, counts and the meta-model', () => {
  const { shapes } = diagramPicture(blocksOf(STACK), tokens);
  const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
  for (const text of [
    'Spectra',
    'K-fold',
    'A',
    'B',
    'deriv',
    'raw & <plain>',
    '×15',
    '×3',
    'Stack models',
    'out-of-fold predictions',
    'meta-model',
    'switched off',
    'Predictions',
  ])
    // prettier-ignore
    expect(texts).toContain(text);
  const compared = diagramPicture(blocksOf('pipeline: [{branch: [[SNV], []]}, PLS]'), tokens).shapes;
  expect(compared).toContainEqual(expect.objectContaining({ kind: 'text', text: 'compared' }));
});

test('the file stands alone, says what it shows, and escapes what it must', () => {
  const picture = diagramPicture(blocksOf(STACK), tokens);
  const svg = diagramSvg(picture, { title: 'A & B', description: '1 < 2', background: '#fff', font: "'Inter', sans-serif" }); // prettier-ignore
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="[\d.]+" height="[\d.]+" viewBox=/);
  expect(svg).toContain('<title id="diagram-title">A &amp; B</title>');
  expect(svg).toContain('<desc id="diagram-description">1 &lt; 2</desc>');
  expect(svg).toContain('raw &amp; &lt;plain&gt;');
  expect(svg).not.toMatch(/NaN|undefined|Infinity|href|url\(/);
  const tags = svg.match(/<\/?[a-z]+/g) ?? [];
  const open = (name: string): number => tags.filter((tag) => tag === `<${name}`).length;
  expect(open('text')).toBe(tags.filter((tag) => tag === '</text').length);
});

/** Lanes of lanes of steps, as the language writes them. */
const lanes = fc.letrec<{ list: unknown[]; step: unknown; branch: unknown }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>('SNV', 'PLS', { SavitzkyGolay: { deriv: 1 } }, { _or_: ['MSC', null] }),
    tie('branch'),
  ),
  list: fc.array(tie('step'), { maxLength: 3 }),
  branch: fc.record({ branch: fc.array(tie('list'), { minLength: 1, maxLength: 3 }) }),
})).list;

test('whatever is drawn lies within the picture, and no two steps lie on each other', () => {
  fc.assert(
    fc.property(lanes, (pipeline) => {
      const { width, height, shapes } = diagramPicture(blocksOf(JSON.stringify({ pipeline })), tokens);
      const boxes = shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape] : []));
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
      }
      const steps = shapes.flatMap((shape) => (shape.kind === 'icon' ? [shape] : []));
      for (const [k, a] of steps.entries())
        for (const b of steps.slice(k + 1))
          expect(Math.abs(a.x - b.x) >= a.size || Math.abs(a.y - b.y) >= a.size).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('texts are cut to the room they have', () => {
  expect(fitText('Detrend', 12, 200)).toBe('Detrend');
  const cut = fitText('Partial least squares regression', 12, 90);
  expect(cut).toMatch(/^Partial.*…$/);
  expect(textWidth(cut, 12)).toBeLessThanOrEqual(90);
});

test('zooming keeps what is under the pointer, and fitting shows everything', () => {
  const start = { scale: 1, x: 10, y: 20 };
  const next = zoomed(start, 2, 110, 70);
  expect([(110 - next.x) / next.scale, (70 - next.y) / next.scale]).toEqual([100, 50]);
  expect(zoomed(start, 1e6, 0, 0).scale).toBe(4);
  const all = fitted({ width: 1000, height: 400 }, { width: 500, height: 500 });
  expect(all).toEqual({ scale: 0.5, x: 0, y: 150 });
});
