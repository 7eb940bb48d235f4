import { expect, test } from 'vitest';
import { fromRows } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { standardisedFat } from '#tests/support/standardisedFat.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Case {
  model: 'MLPRegressor' | 'MLPClassifier';
  set: string;
  /** 0 for regression. */
  classes: number;
  params: Record<string, unknown>;
  epochs: number;
  losses: number[];
  predicted: number[];
  probabilities?: number[][];
  /** Units × inputs, layer by layer. */
  coefs?: number[][][];
  intercepts?: number[][];
}
interface Data {
  x: number[][];
  y: number[];
  fresh: number[][];
  codes: Record<string, number[]>;
}
const { sets, cases, rtol, tecatorTrain } = golden('mlp.json') as {
  sets: Record<string, Data>;
  cases: Case[];
  rtol: number;
  tecatorTrain: number;
};

// Weights, batches, parts set aside and the epoch of stopping: the same training, not only one like it.
test.each(cases.map((one) => [`${one.model} ${one.set} ${one.classes} ${JSON.stringify(one.params)}`, one] as const))(
  'trains as scikit-learn: %s',
  (_, one) => {
    const { x, y, fresh } = one.set === 'tecator' ? standardisedFat(tecatorTrain, one.classes) : smallSet(one);
    const { operator, params } = modelCalled(one.model, one.params);
    const state = operator.fit(x, y, params, fitContext(x, { classCount: one.classes }));
    const curve = operator.lossCurve?.(state, params);
    expect(curve?.training.length).toBe(one.epochs);
    expect(relativeError(curve?.training ?? [], Float64Array.from(one.losses))).toBeLessThan(rtol);
    if (one.coefs !== undefined && one.intercepts !== undefined) {
      const { intercepts } = one;
      const expected = one.coefs.flatMap((coef, l) => [...coef.flat(), ...(intercepts[l] ?? [])]);
      expect(relativeError(state['parameters'] as Float64Array, Float64Array.from(expected))).toBeLessThan(rtol);
    }
    const predicted = operator.predict(fresh, state, params);
    if (one.probabilities === undefined)
      expect(relativeError(predicted, Float64Array.from(one.predicted))).toBeLessThan(rtol);
    else {
      expect([...predicted]).toEqual(one.predicted);
      const p = operator.probabilities?.(fresh, state, params);
      expect(relativeError(p?.data ?? [], Float64Array.from(one.probabilities.flat()))).toBeLessThan(rtol);
    }
  },
);

function smallSet({ set, classes }: Case) {
  const data = sets[set];
  if (data === undefined) throw new Error(`The golden file has no set ${set}.`);
  const y = Float64Array.from(classes === 0 ? data.y : (data.codes[classes] ?? []));
  return { x: fromRows(data.x), y, fresh: fromRows(data.fresh) };
}
