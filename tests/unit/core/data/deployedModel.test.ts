import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combined, predictDeployed, refitted } from '#core/data/deployedModel.ts';
import { predictChainFully, type Predicted } from '#core/data/predictChain.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { chain, classChain, lookup, model, spectra } from '#tests/unit/core/export/support/testChain.ts';

const values = (...predicted: number[]): Predicted => ({
  predicted: Float64Array.from(predicted),
  probabilities: null,
});

test('a refitted model predicts as its chain, to the bit', () => {
  expect(predictDeployed(model, spectra, lookup)).toEqual(predictChainFully(chain, spectra, lookup));
  const classes = classChain('TestSides');
  expect(predictDeployed(refitted(classes), spectra, lookup)).toEqual(predictChainFully(classes, spectra, lookup));
});

test('every row depends on itself alone', () => {
  const ensemble = {
    content: 'fold-ensemble' as const,
    chains: [classChain('TestSides'), classChain('TestSides', [0, 1, 0])],
  };
  const together = predictDeployed(ensemble, spectra, lookup);
  for (let i = 0; i < spectra.rows; i++) {
    const alone = predictDeployed(ensemble, matrix(1, 3, spectra.data.slice(3 * i, 3 * i + 3)), lookup);
    expect(alone.predicted[0]).toBe(together.predicted[i]);
    expect(alone.probabilities?.data).toEqual(together.probabilities?.data.slice(2 * i, 2 * i + 2));
  }
});

describe('together', () => {
  test('regression models predict their mean', () => {
    expect(combined([values(1, 4), values(2, 8), values(6, 0)], 0).predicted).toEqual(Float64Array.of(3, 4));
  });

  test('probabilities are averaged before the largest is taken', () => {
    const member = (...p: number[]): Predicted => ({
      predicted: Float64Array.of(0),
      probabilities: matrix(1, 3, Float64Array.from(p)),
    });
    // Two of three prefer class 0 by a little, one prefers class 2 by much.
    const { predicted, probabilities } = combined([member(0.4, 0.3, 0.3), member(0.4, 0.3, 0.3), member(0, 0, 1)], 3);
    expect([...predicted]).toEqual([2]);
    expect(probabilities?.data[2]).toBeCloseTo(1.6 / 3, 15);
  });

  test.each([
    ['the most named class wins', [1, 1, 0], 1],
    ['of equals the earlier', [1, 0], 0],
    ['a class before none', [-1, 2], 2],
    ['none where most say so', [-1, -1, 2], -1],
  ])('votes: %s', (_, codes, winner) => {
    expect(
      combined(
        codes.map((code) => values(code)),
        3,
      ).predicted[0],
    ).toBe(winner);
  });

  test('the order of the members does not change a vote, and equal members change nothing', () => {
    const codes = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(codes, (votes) => {
        const of = (list: readonly number[]) =>
          combined(
            list.map((code) => values(code)),
            4,
          ).predicted[0];
        expect(of([...votes].reverse())).toBe(of(votes));
        expect(of([...votes, ...votes])).toBe(of(votes));
      }),
    );
  });
});
