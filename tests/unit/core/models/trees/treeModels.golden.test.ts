import { expect, test } from 'vitest';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Case {
  model: string;
  set: string;
  /** 0 for regression. */
  classes: number;
  params: Record<string, unknown>;
  predicted: number[];
  probabilities?: number[][];
}
interface Data {
  x: number[][];
  y: number[];
  fresh: number[][];
  codes: Record<string, number[]>;
}
const { sets, cases, rtol } = golden('tree-models.json') as { sets: Record<string, Data>; cases: Case[]; rtol: number };

/** Histogram boosting of scikit-learn holds gradients in single precision. */
const SINGLE = 1e-7;

// The same trees, draw for draw: seeded scikit-learn models are reproduced, not only resembled.
test.each(cases.map((one) => [`${one.model} ${JSON.stringify(one.params)}, ${one.classes} classes`, one] as const))(
  'agrees with scikit-learn: %s',
  (_, { model, set, classes, params: given, predicted, probabilities }) => {
    const data = sets[set];
    if (data === undefined) throw new Error(`The golden file has no set ${set}.`);
    const x = fromRows(data.x);
    const y = Float64Array.from(classes === 0 ? data.y : (data.codes[classes] ?? []));
    const { operator, params } = modelCalled(model, given);
    const state = operator.fit(x, y, params, fitContext(x, { classCount: classes }));
    const fresh = fromRows(data.fresh);
    const tolerance = model.startsWith('Hist') ? SINGLE : rtol;
    if (probabilities === undefined) {
      expect(relativeError(operator.predict(fresh, state, params), Float64Array.from(predicted))).toBeLessThan(
        tolerance,
      );
      return;
    }
    const p = operator.probabilities?.(fresh, state, params) as Matrix;
    expect(relativeError(p.data, Float64Array.from(probabilities.flat()))).toBeLessThan(tolerance);
    expect([...operator.predict(fresh, state, params)]).toEqual(predicted);
  },
);
