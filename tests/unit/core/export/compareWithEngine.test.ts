import { describe, expect, test } from 'vitest';
import { compareWithEngine } from '#core/export/compareWithEngine.ts';
import { fromRows } from '#core/numerics/matrix.ts';

describe('the difference', () => {
  const compare = (exported: number[], own: number[]) =>
    compareWithEngine(
      { predicted: Float64Array.from(exported), probabilities: null },
      {
        predicted: Float64Array.from(own),
        probabilities: null,
        classes: null,
        sampleIds: own.map((_, i) => `S${i}`),
      },
    );

  test('is relative to the sample, or to the mean size of all where the sample is near zero', () => {
    expect(compare([0, 100 + 1e-8], [0, 100]).maxRelativeDifference).toBeCloseTo(1e-10, 13);
    expect(compare([1e-9, 100], [0, 100])).toMatchObject({ worstSample: 'S0', n: 2 });
    expect(compare([1e-9, 100], [0, 100]).maxRelativeDifference).toBeCloseTo(2e-11, 14);
  });

  test('is zero for equal predictions, all zeros included', () => {
    expect(compare([0, 0], [0, 0]).maxRelativeDifference).toBe(0);
  });

  test.each([
    ['not a number', [NaN], [1]],
    ['infinite', [Infinity], [Infinity]],
    ['missing', [], [1]],
  ])('is infinite for a value that is %s', (_, exported, own) => {
    expect(() => compare(exported, own)).toThrow(expect.objectContaining({ code: 'export.mismatch' }) as Error);
  });

  test('of nothing is no verification', () => {
    expect(() => compare([], [])).toThrow(expect.objectContaining({ code: 'export.nothing-to-compare' }) as Error);
  });
});

describe('classes', () => {
  const engine = {
    predicted: Float64Array.of(0, 1, -1),
    probabilities: fromRows([[0.7, 0.3], [0.5 - 1e-12, 0.5 + 1e-12], [0.4, 0.6]]), // prettier-ignore
    classes: ['Berlin', 'Graz'],
    sampleIds: ['A', 'B', 'C'],
  };
  const compare = (predicted: number[], change = 0) =>
    compareWithEngine(
      {
        predicted: Float64Array.from(predicted),
        probabilities: {
          ...engine.probabilities,
          data: engine.probabilities.data.map((value, k) => value + (k === 2 ? change : 0)),
        },
      },
      engine,
    );

  test('are compared with their probabilities, absolutely', () => {
    expect(compare([0, 1, -1]).maxRelativeDifference).toBe(0);
    expect(compare([0, 1, -1], 5e-10)).toMatchObject({ worstSample: 'B' });
    expect(() => compare([0, 1, -1], 2e-9)).toThrow(expect.objectContaining({ code: 'export.mismatch' }) as Error);
  });

  test('must be the same, save where the engine itself has a tie', () => {
    expect(compare([0, 0, -1]).n).toBe(3);
    expect(() => compare([1, 1, -1])).toThrow('sample A is Graz instead of Berlin');
    expect(() => compare([0, 1, 0])).toThrow('sample C is Berlin instead of none of the classes');
  });

  test('a table of probabilities that is missing differs', () => {
    const without = { predicted: engine.predicted, probabilities: null };
    expect(() => compareWithEngine(without, engine)).toThrow(
      expect.objectContaining({ code: 'export.mismatch' }) as Error,
    );
    expect(compareWithEngine(without, { ...engine, probabilities: null }).maxRelativeDifference).toBe(0);
  });
});
