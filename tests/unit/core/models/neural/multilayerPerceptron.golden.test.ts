import { expect, test } from 'vitest';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { fromRows, matrix, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
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
    const { x, y, fresh } = one.set === 'tecator' ? standardisedFat(one.classes) : smallSet(one);
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

/** Tecator, channels and fat standardised over all samples; classes are thirds of fat. */
function standardisedFat(classes: number): { x: Matrix; y: Float64Array; fresh: Matrix } {
  const set = tecator();
  const scaled = (x: Matrix): Matrix => {
    const means = columnMeans(x);
    return standardiseColumns(x, means, columnDeviations(x, means, 0));
  };
  const x = scaled(set.x);
  const fat = scaled(matrix(x.rows, 1, set.target('fat'))).data;
  const sorted = fat.toSorted();
  const codes = (): Float64Array =>
    fat.map((value) => {
      let code = 0;
      for (let k = 1; k < classes; k++) {
        const place = (k / classes) * (sorted.length - 1);
        const low = Math.floor(place);
        const limit = (sorted[low] ?? 0) + (place - low) * ((sorted[low + 1] ?? 0) - (sorted[low] ?? 0));
        if (value > limit) code = k;
      }
      return code;
    });
  const y = classes === 0 ? fat : codes();
  const rows = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  return {
    x: takeRows(x, rows(0, tecatorTrain)),
    y: y.slice(0, tecatorTrain),
    fresh: takeRows(x, rows(tecatorTrain, x.rows)),
  };
}
