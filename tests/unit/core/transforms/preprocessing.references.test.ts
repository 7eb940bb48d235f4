import { describe, expect, test } from 'vitest';
import { preprocessing } from '#core/catalog/lists/preprocessing.ts';
import { fromRows, takeRows } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface References {
  rtol: number;
  kept: number[];
  inputs: Record<string, number[][]>;
  cases: { operator: string; input: string; params: Record<string, unknown>; values: number[][] }[];
}

const references = golden('preprocessing.json') as References;

describe('agrees with NumPy, SciPy, scikit-learn and PyWavelets', () => {
  const named = references.cases.map(
    (entry) => [`${entry.operator} ${JSON.stringify(entry.params)} on ${entry.input}`, entry] as const,
  );
  test.each(named)('%s', (_, { operator, input, params, values }) => {
    const x = fromRows(references.inputs[input] ?? []);
    const out = takeRows(transformCalled(operator, params).fitApply(x), references.kept);
    expect(relativeError(out.data, values.flat())).toBeLessThan(references.rtol);
  });
});

test('every operator of the list is compared here, with another golden file or by a law', () => {
  const compared = new Set(references.cases.map(({ operator }) => operator));
  const elsewhere = ['SNV', 'VectorNormalization', 'SavitzkyGolay', 'Detrend', 'MeanCenter'];
  const byLaw = ['PercentToFraction', 'FractionToPercent'];
  expect(preprocessing.map(({ id }) => id).filter((id) => !compared.has(id))).toEqual(
    preprocessing.map(({ id }) => id).filter((id) => [...elsewhere, ...byLaw].includes(id)),
  );
});
