import { expect, test } from 'vitest';
import { fromRows } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { standardisedFat } from '#tests/support/standardisedFat.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Case {
  model: 'SGDRegressor' | 'SGDClassifier';
  set: string;
  /** 0 for regression. */
  classes: number;
  params: Record<string, unknown>;
  epochs: number;
  predicted: number[];
  probabilities?: number[][];
  coefs: number[][];
  intercepts: number[];
}
interface Data {
  x: number[][];
  y: number[];
  fresh: number[][];
  codes: Record<string, number[]>;
}
const { sets, cases, rtol, tecatorTrain } = golden('sgd.json') as {
  sets: Record<string, Data>;
  cases: Case[];
  rtol: number;
  tecatorTrain: number;
};

// The same steps on the same samples in the same order, ended by the same epoch.
test.each(cases.map((one) => [`${one.model} ${one.set} ${one.classes} ${JSON.stringify(one.params)}`, one] as const))(
  'descends as scikit-learn: %s',
  (_, one) => {
    const { x, y, fresh } = one.set === 'tecator' ? standardisedFat(tecatorTrain, one.classes) : smallSet(one);
    const { operator, params } = modelCalled(one.model, one.params);
    const state = operator.fit(x, y, params, fitContext(x, { classCount: one.classes }));
    expect(operator.lossCurve?.(state, params).training.length).toBe(one.epochs);
    const coefs = one.classes === 2 ? [(one.coefs[0] ?? []).map((value) => -value), ...one.coefs] : one.coefs;
    expect(relativeError(state['coef'] as Float64Array, Float64Array.from(coefs.flat()))).toBeLessThan(rtol);
    const predicted = operator.predict(fresh, state, params);
    expect(relativeError(predicted, Float64Array.from(one.predicted))).toBeLessThan(rtol);
    if (one.probabilities === undefined) return;
    const shares = operator.probabilities?.(fresh, state, params).data ?? [];
    expect(relativeError(shares, Float64Array.from(one.probabilities.flat()))).toBeLessThan(rtol);
  },
);

function smallSet({ set, classes }: Case) {
  const data = sets[set];
  if (data === undefined) throw new Error(`The golden file has no set ${set}.`);
  const y = Float64Array.from(classes === 0 ? data.y : (data.codes[classes] ?? []));
  return { x: fromRows(data.x), y, fresh: fromRows(data.fresh) };
}
