import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { FitContext, Fold } from '#core/data/operator.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { joinColumns, takeRows, type Matrix } from '#core/numerics/matrix.ts';

/** An operator with the parameters that are not its defaults. */
export type Written = readonly [id: string, params?: Readonly<Record<string, unknown>>];

/** Fits something on these rows of the dataset and predicts every row of it. */
export type Learner = (rows: readonly number[]) => Float64Array;

/** What one model of a stack says of every row of the dataset. */
export interface Node {
  /** Training rows: by models trained without them (the mean where there are several); others: the mean of all. */
  readonly outOfFold: Float64Array;
  /** By the model of all training rows. */
  readonly inUse: Float64Array;
  /** Mean RMSE of the folds. */
  readonly score: number;
}

/**
 * Stacks written out as plain loops over the operators, without anything of the engine: every value is a number for
 * every row of the dataset, from the rows that a learner was fitted on.
 */
export function byHand(data: UnitData, folds: readonly Fold[]) {
  const raw: Matrix = { rows: data.rows, cols: data.cols, data: data.x };
  const train = [...data.train];
  const test = [...data.test];
  const all = Array.from({ length: data.rows }, (_, row) => row);
  const own = folds.map((fold) => ({
    train: Array.from(fold.train, (place) => data.train[place] ?? -1),
    validation: Array.from(fold.validation, (place) => data.train[place] ?? -1),
  }));

  const contextOf = (x: Matrix, y: Float64Array, rows: readonly number[]): FitContext => ({
    axis:
      x.cols === data.cols ? data.axis : { values: Float64Array.from({ length: x.cols }, (_, j) => j), unit: 'index' },
    seed: 0,
    y,
    classCount: data.classes?.length ?? 0,
    metadata: Object.fromEntries(Object.entries(data.metadata).map(([k, v]) => [k, rows.map((row) => v[row] ?? '')])),
    cancel: { cancelled: false, check: () => undefined },
    notice: () => undefined,
  });
  const targets = (rows: readonly number[]) => Float64Array.from(rows, (row) => data.y[row] ?? NaN);
  const paramsOf = (schema: { parse(value: unknown): unknown }, params: Written[1]) =>
    schema.parse(params ?? {}) as Record<string, unknown>;

  /** Every row of x after some transforms that were fitted on `rows`. */
  function transformed(x: Matrix, rows: readonly number[], steps: readonly Written[]): Matrix {
    return steps.reduce((now, [id, written]) => {
      const operator = operatorsByKind.transform(id);
      const params = paramsOf(operator.params, written);
      const state = operator.fit(takeRows(now, rows), params, contextOf(now, targets(rows), rows));
      return operator.apply(now, state, params);
    }, x);
  }

  /** Every row of x by a model that was fitted on `rows`, `more` rows beside them, and a processed target. */
  function predicted(
    x: Matrix,
    rows: readonly number[],
    [id, written]: Written,
    options: { readonly target?: Written; readonly more?: { readonly x: Matrix; readonly y: Float64Array } } = {},
  ): Float64Array {
    const model = operatorsByKind.model(id);
    const params = paramsOf(model.params, written);
    const y = Float64Array.from([...targets(rows), ...(options.more?.y ?? [])]);
    const fitted = takeRows(x, rows);
    const learnt = options.more === undefined ? fitted : below(fitted, options.more.x);
    const column = (values: Float64Array): Matrix => ({ rows: values.length, cols: 1, data: values });
    if (options.target === undefined)
      return model.predict(x, model.fit(learnt, y, params, contextOf(x, y, rows)), params);
    const scaler = operatorsByKind.transform(options.target[0]);
    const scaling = paramsOf(scaler.params, options.target[1]);
    const scale = scaler.fit(column(targets(rows)), scaling, contextOf(column(y), y, rows));
    const scaled = scaler.apply(column(y), scale, scaling).data;
    const said = model.predict(x, model.fit(learnt, scaled, params, contextOf(x, scaled, rows)), params);
    return scaler.invert?.(column(said), scale, scaling).data ?? said;
  }

  /** The mean of what the folds say: of training rows those that hold the row out, of test rows all. */
  function outOfFold(learner: Learner): Float64Array {
    const sums = new Float64Array(data.rows);
    const counts = new Float64Array(data.rows);
    for (const fold of own) {
      const said = learner(fold.train);
      for (const row of [...fold.validation, ...test]) {
        const value = said[row] ?? NaN;
        if (Number.isNaN(value)) continue;
        sums[row] = (sums[row] ?? 0) + value;
        counts[row] = (counts[row] ?? 0) + 1;
      }
    }
    return sums.map((sum, row) => sum / (counts[row] ?? 0));
  }

  function score(learner: Learner): number {
    const each = own.flatMap((fold) => {
      const said = learner(fold.train);
      const rows = fold.validation.filter((row) => !Number.isNaN(said[row]));
      const squares = rows.map((row) => ((said[row] ?? NaN) - (data.y[row] ?? NaN)) ** 2);
      return rows.length === 0 ? [] : [Math.sqrt(squares.reduce((a, b) => a + b, 0) / rows.length)];
    });
    return each.reduce((a, b) => a + b, 0) / each.length;
  }

  /** A model: what it learns from in cross-validation, and what in use. */
  const node = (inFolds: Learner, inUse: Learner = inFolds): Node => ({
    outOfFold: outOfFold(inFolds),
    inUse: inUse(train),
    score: score(inFolds),
  });

  return {
    raw,
    train,
    test,
    folds: own,
    transformed,
    predicted,
    node,
    /** A model behind transforms of the spectra. */
    model: (steps: readonly Written[], model: Written, target?: Written): Node =>
      node((rows) => predicted(transformed(raw, rows, steps), rows, model, target === undefined ? {} : { target })),
    /** A model of the predictions of others. */
    meta: (bases: readonly Node[], model: Written, steps: readonly Written[] = [], target?: Written): Node => {
      const on =
        (x: Matrix): Learner =>
        (rows) =>
          predicted(transformed(x, rows, steps), rows, model, target === undefined ? {} : { target });
      return node(on(columns(bases.map((one) => one.outOfFold))), on(columns(bases.map((one) => one.inUse))));
    },
    /** One learner for each value of a column, each sample by that of its own. */
    grouped: (column: string, learnerOf: (value: string) => Learner): Node => {
      const values = data.metadata[column] ?? [];
      return node((rows) => {
        const said = new Float64Array(data.rows).fill(NaN);
        for (const value of new Set(train.map((row) => values[row] ?? ''))) {
          const one = learnerOf(value)(rows.filter((row) => values[row] === value));
          for (const row of all) if (values[row] === value) said[row] = one[row] ?? NaN;
        }
        return said;
      });
    },
  };
}

export const columns = (list: readonly Float64Array[]): Matrix =>
  joinColumns(list.map((data) => ({ rows: data.length, cols: 1, data })));

/** Weighted sum of columns. */
export const blended = (list: readonly Float64Array[], weights: readonly number[]): Float64Array =>
  (list[0] ?? new Float64Array(0)).map((_, row) =>
    list.reduce((sum, column, k) => sum + (weights[k] ?? NaN) * (column[row] ?? NaN), 0),
  );

const below = (a: Matrix, b: Matrix): Matrix => ({
  rows: a.rows + b.rows,
  cols: a.cols,
  data: Float64Array.from([...a.data, ...b.data]),
});
