import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagePredictions, foldWeights, type Predicted } from '#core/execution/averages.ts';

const part = (rows: number[], predicted: number[], probabilities: number[] | null = null): Predicted => ({
  rows: Int32Array.from(rows),
  predicted: Float64Array.from(predicted),
  probabilities: probabilities === null ? null : Float64Array.from(probabilities),
});
const order = (...rows: number[]) => Int32Array.from(rows);

describe('regression', () => {
  test('each sample has the mean of the folds that predicted it, in the order asked', () => {
    const folds = [part([4, 2], [1, 2]), part([2, 9], [4, 7])];
    expect(averagePredictions(folds, [1, 1], order(2, 4, 9), 0)).toMatchObject({
      rows: order(2, 4, 9),
      predicted: Float64Array.of(3, 1, 7),
      first: order(0, 0, 1),
      probabilities: null,
    });
  });

  test('weights count, and a fold without weight only where all have none', () => {
    const folds = [part([0], [10]), part([0], [20]), part([0], [90])];
    expect([...averagePredictions(folds, [1, 3, 0], order(0), 0).predicted]).toEqual([17.5]);
    expect([...averagePredictions(folds, [0, 0, 0], order(0), 0).predicted]).toEqual([40]);
  });

  test('samples that nobody predicted, or only a fold without weight, are left out', () => {
    expect([...averagePredictions([part([1], [5]), part([2], [6])], [1, 0], order(0, 1, 2), 0).rows]).toEqual([1]);
  });

  test('lies between the smallest and the largest, whatever the weights', () => {
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, fc.double({ min: 1e-3, max: 10, noNaN: true })), { minLength: 1, maxLength: 8 }),
        (folds) => {
          const [found] = averagePredictions(
            folds.map(([one]) => part([0], [one])),
            folds.map(([, weight]) => weight),
            order(0),
            0,
          ).predicted;
          const values = folds.map(([one]) => one);
          expect(found).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          expect(found).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        },
      ),
    );
  });
});

describe('classification', () => {
  test('the mean of the probabilities decides, not the vote', () => {
    const folds = [part([0], [0], [0.55, 0.45]), part([0], [0], [0.55, 0.45]), part([0], [1], [0.1, 0.9])];
    const { predicted, probabilities } = averagePredictions(folds, [1, 1, 1], order(0), 2);
    expect([...predicted]).toEqual([1]);
    expect(probabilities?.[0]).toBeCloseTo(0.4, 12);
    expect(probabilities?.[1]).toBeCloseTo(0.6, 12);
  });

  test('without probabilities the (weighted) vote decides; of equals the class that comes first', () => {
    const folds = [part([0, 1], [2, 1]), part([0, 1], [1, 1]), part([0, 1], [2, 0])];
    expect([...averagePredictions(folds, [1, 1, 1], order(0, 1), 3).predicted]).toEqual([2, 1]);
    expect([...averagePredictions(folds, [1, 5, 1], order(0, 1), 3).predicted]).toEqual([1, 1]);
    expect([...averagePredictions(folds.slice(0, 2), [1, 1], order(0), 3).predicted]).toEqual([1]);
  });

  test('"none of the classes" is a vote too, and loses a tie', () => {
    const none = part([0], [-1]);
    expect([...averagePredictions([none, none, part([0], [1])], [1, 1, 1], order(0), 2).predicted]).toEqual([-1]);
    expect([...averagePredictions([none, part([0], [1])], [1, 1], order(0), 2).predicted]).toEqual([1]);
  });

  test('probabilities still sum to 1 after weighting', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true })), {
          minLength: 1,
          maxLength: 6,
        }),
        (folds) => {
          const { probabilities } = averagePredictions(
            folds.map(([p]) => part([0], [p > 0.5 ? 0 : 1], [p, 1 - p])),
            folds.map(([, weight]) => weight),
            order(0),
            2,
          );
          expect((probabilities?.[0] ?? 0) + (probabilities?.[1] ?? 0)).toBeCloseTo(1, 12);
        },
      ),
    );
  });
});

describe('weights of the folds', () => {
  test('the inverse of an error, the value of a score, nothing for a score that is none', () => {
    expect(foldWeights([2, 4, null, NaN], 'lower')).toEqual([0.5, 0.25, 0, 0]);
    expect(foldWeights([0.5, -1, null, 1], 'higher')).toEqual([0.5, 0, 0, 1]);
    expect(Number.isFinite(foldWeights([0], 'lower')[0])).toBe(true);
  });
});
