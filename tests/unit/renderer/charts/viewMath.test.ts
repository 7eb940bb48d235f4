import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitmapPlace, boxView, fitView, panBy, reversedView, toData, zoomAbout } from '#renderer/charts/viewMath.ts';

const full = { left: 850, right: 1050, bottom: 0, top: 4 };
const area = { x: 60, y: 20, width: 800, height: 400 };
const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const views = fc
  .tuple(double(860, 940), double(950, 1040), double(0.1, 1.5), double(2, 3.9))
  .map(([left, right, bottom, top]) => ({ left, right, bottom, top }));

test('fits everything, in either direction of the axis', () => {
  expect(fitView(Float64Array.of(1050, 950, 850), 1, 3, false)).toMatchObject({ left: 850, right: 1050 });
  expect(fitView(Float64Array.of(850, 950, 1050), 1, 3, true)).toMatchObject({ left: 1050, right: 850 });
  const { bottom, top } = fitView(Float64Array.of(850, 1050), 2, 2, false);
  expect(top).toBeGreaterThan(bottom);
});

test('the point under the pointer stays there while zooming', () => {
  fc.assert(
    fc.property(views, double(60, 860), double(20, 420), (view, x, y) => {
      const before = toData(view, area, { x, y });
      const after = toData(zoomAbout(view, before, 0.5, 0.7, full), area, { x, y });
      expect(after.x).toBeCloseTo(before.x, 8);
      expect(after.y).toBeCloseTo(before.y, 8);
    }),
  );
});

test('never zooms closer than a ten-thousandth', () => {
  let view = full;
  for (let k = 0; k < 100; k++) view = zoomAbout(view, { x: 900, y: 2 }, 0.5, 0.5, full);
  expect((view.right - view.left) / 200).toBeCloseTo(1e-4, 8);
});

test('panning there and back changes nothing', () => {
  fc.assert(
    fc.property(views, double(-1, 1), (view, share) => {
      const back = panBy(panBy(view, share, -share), -share, share);
      expect(back.left).toBeCloseTo(view.left, 8);
      expect(back.top).toBeCloseTo(view.top, 8);
    }),
  );
});

test('a box becomes the view, whichever corner it began at; a twitch does not', () => {
  const a = { x: 260, y: 120 };
  const b = { x: 460, y: 320 };
  expect(boxView(full, area, a, b)).toEqual({ left: 900, right: 950, bottom: 1, top: 3 });
  expect(boxView(full, area, b, a)).toEqual(boxView(full, area, a, b));
  expect(boxView(full, area, a, { x: 262, y: 300 })).toBeNull();
  expect(boxView(reversedView(full), area, a, b)).toEqual({ left: 1000, right: 950, bottom: 1, top: 3 });
});

test('a bitmap drawn for a view lies exactly where the view was', () => {
  fc.assert(
    fc.property(views, (shown) => {
      const { x, y, scaleX, scaleY } = bitmapPlace(full, shown);
      // The right bottom corner of the bitmap, as a share of the area, must be the data corner of `full`.
      const corner = toData(shown, { x: 0, y: 0, width: 1, height: 1 }, { x: x + scaleX, y: y + scaleY });
      expect(corner.x).toBeCloseTo(full.right, 6);
      expect(corner.y).toBeCloseTo(full.bottom, 6);
    }),
  );
});
