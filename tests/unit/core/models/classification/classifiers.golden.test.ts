import { expect, test } from 'vitest';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Case {
  readonly operator: string;
  readonly params: Record<string, unknown>;
  readonly target: 'two' | 'three';
  readonly predicted: number[];
  readonly probabilities?: number[][];
}

// Values of scikit-learn, NumPy and SciPy: tests/golden/generate/makeClassifiers.py.
const { cases, rtol } = golden('classifiers-tecator.json') as { cases: Case[]; rtol: number };
const { train, test: unseen, classes } = fatClasses();

test.each(cases.map((one) => [`${one.operator} ${JSON.stringify(one.params)} ${one.target} classes`, one] as const))(
  '%s',
  (_, { operator: id, params: given, target, predicted, probabilities }) => {
    const y = target === 'three' ? classes : classes.map((code) => Math.min(code, 1));
    const { operator, params } = modelCalled(id, id === 'SVC' ? { tol: 1e-10, ...given } : given);
    const context = fitContext(train, { y, classCount: target === 'three' ? 3 : 2 });
    const state = operator.fit(train, y, params, context);
    expect([...operator.predict(unseen, state, params)]).toEqual(predicted);
    if (probabilities)
      expect(
        relativeError(operator.probabilities?.(unseen, state, params).data ?? [], probabilities.flat()),
      ).toBeLessThan(rtol);
  },
);

/** Every eighth channel, standardised on parts C and M; classes by fat content. */
function fatClasses(): { train: Matrix; test: Matrix; classes: Float64Array } {
  const { x, target, split } = tecator();
  const channels = Array.from({ length: Math.ceil(x.cols / 8) }, (_, j) => 8 * j);
  const few: Matrix = {
    rows: x.rows,
    cols: channels.length,
    data: Float64Array.from(
      Array.from({ length: x.rows }, (_, i) => channels.map((j) => x.data[i * x.cols + j] ?? NaN)).flat(),
    ),
  };
  const rows = (parts: string): number[] => [...split.keys()].filter((i) => parts.includes(split[i] ?? '-'));
  const trainRows = rows('CM');
  const raw = takeRows(few, trainRows);
  const means = columnMeans(raw);
  const deviations = columnDeviations(raw, means, 0);
  return {
    train: standardiseColumns(raw, means, deviations),
    test: standardiseColumns(takeRows(few, rows('T')), means, deviations),
    classes: takeValues(target('fat'), trainRows).map((fat) => (fat >= 25 ? 2 : fat >= 10 ? 1 : 0)),
  };
}
