import fc from 'fast-check';
import { expect, test } from 'vitest';
import { progressMeter } from '#core/execution/progress.ts';

const clock = () => {
  let time = 0;
  return {
    epoch: () => 0,
    now: () => time,
    every: () => () => undefined,
    turn: () => Promise.resolve(),
    advance: (ms: number) => (time += ms),
  };
};

test('the fraction never decreases, stays within 0 … 1 and ends at 1', () => {
  const models = fc.constantFrom('PLS', 'Ridge', 'stranger');
  const deeds = fc.array(fc.tuple(models, fc.integer({ min: 0, max: 500 }), fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(deeds, (list) => {
      const meter = progressMeter(clock(), 2);
      meter.planned(new Map([['PLS', 10], ['Ridge', 5]])); // prettier-ignore
      let before = meter.now().fraction;
      for (const [model, ms, ok] of list) {
        if (ok) meter.fitted(model, ms);
        else meter.failed(model);
        const { fraction } = meter.now();
        expect(fraction).toBeGreaterThanOrEqual(before);
        expect(fraction).toBeLessThan(1);
        before = fraction;
      }
      meter.finished();
      expect(meter.now().fraction).toBe(1);
    }),
  );
});

test('there is no estimate before three fits of every model that is still to come', () => {
  const meter = progressMeter(clock(), 1);
  meter.planned(new Map([['PLS', 6], ['Ridge', 4]])); // prettier-ignore
  for (let k = 0; k < 3; k++) meter.fitted('PLS', 100);
  expect(meter.now().eta).toBeNull();
  for (let k = 0; k < 2; k++) meter.fitted('Ridge', 1000);
  expect(meter.now().eta).toBeNull();
  meter.fitted('Ridge', 1000);
  const eta = meter.now().eta;
  expect(eta?.low).toBeCloseTo((3 * 100 + 1 * 1000) / 1000);
  expect(eta?.high).toBeGreaterThanOrEqual(eta?.low ?? NaN);
});

test('a fit that failed says nothing about the time of the others', () => {
  const meter = progressMeter(clock(), 1);
  meter.planned(new Map([['PLS', 10]]));
  for (let k = 0; k < 3; k++) meter.failed('PLS');
  expect(meter.now().eta).toBeNull();
  for (let k = 0; k < 3; k++) meter.fitted('PLS', 2000);
  expect(meter.now().eta?.low).toBeCloseTo(8);
});

test('more workers shorten the estimate', () => {
  const etaOf = (workers: number) => {
    const meter = progressMeter(clock(), workers);
    meter.planned(new Map([['PLS', 103]]));
    for (let k = 0; k < 3; k++) meter.fitted('PLS', 1000);
    return meter.now().eta?.low;
  };
  expect(etaOf(1)).toBeCloseTo(100);
  expect(etaOf(4)).toBeCloseTo(25);
});

test('folds that are computed together move the bar before any of them is done, and give a rough time left', () => {
  const time = clock();
  const meter = progressMeter(time, 2);
  meter.planned(new Map([['PLS', 11]]));
  time.advance(1000);
  meter.underWay(0, 5);
  const half = meter.now();
  expect(half.fraction).toBeGreaterThan(0.4);
  expect(half.fraction).toBeLessThan(0.5);
  expect(half.eta?.low).toBeLessThan(1.3);
  expect(half.eta?.high).toBeGreaterThan(1.1);
  for (let k = 0; k < 10; k++) meter.fitted('PLS', 100);
  meter.underWay(0, 0);
  expect(meter.now().fraction).toBeGreaterThan(0.85); // never back
});
