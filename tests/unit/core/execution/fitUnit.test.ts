import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { Fold } from '#core/data/operator.ts';
import { fitUnit } from '#core/execution/fitUnit.ts';
import { prepareUnit } from '#core/execution/prepareUnit.ts';
import type { UnitContext } from '#core/execution/runSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { FitUnit } from '#core/execution/unit.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';
import { tecator } from '#tests/support/golden.ts';
import { foldsOf, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { unitDataOf } from '#tests/support/runInMemory.ts';

const set = tecator();
const y = set.target('fat');
const rowsOf = (labels: string) =>
  Int32Array.from(set.split.flatMap((label, k) => (labels.includes(label) ? [k] : [])));
const data = unitDataOf({ x: set.x, y, axis: set.axis }, { train: rowsOf('CM'), test: rowsOf('T') });
const fold = foldsOf('KFold', { n_splits: 5 }, takeRows(set.x, data.train))[2] as Fold;

const context = (): UnitContext => ({
  lookup: operatorsByKind,
  cancel: neverCancelled,
  now: () => 0,
});
const step = (
  role: 'transform' | 'target' | 'splitter' | 'model',
  id: string,
  given: Record<string, unknown> = {},
): PlannedStep => ({
  role,
  id,
  params: (operatorsByKind.any(id)?.params.parse(given) ?? {}) as Record<string, unknown>, // schemas yield records
});
const unit = (steps: PlannedStep[], changes: Partial<FitUnit> = {}): FitUnit => ({
  kind: 'fit',
  steps,
  splitterIndex: steps.findIndex((one) => one.role === 'splitter'),
  fold,
  input: null,
  known: {},
  pathValues: null,
  seed: 0,
  keepChains: false,
  ...changes,
});
const splitter = step('splitter', 'KFold', { n_splits: 5 });
const pls = step('model', 'PLS', { n_components: 6, scale: false });

/** The textbook loop: rows out, transform fitted on the given rows, model on the fold's training rows, predict. */
function byHand(id: string, fittedOn: Int32Array, where: Int32Array): Float64Array {
  const transform = transformCalled(id);
  const state = transform.fit(takeRows(set.x, fittedOn));
  const train = data.train.filter((_, k) => fold.train.includes(k));
  const model = modelCalled('PLS', { n_components: 6, scale: false });
  const values = takeValues(y, train);
  const fitted = model.operator.fit(transform.apply(takeRows(set.x, train), state), values, model.params, {
    axis: { values: set.axis, unit: 'nm' },
    seed: 0,
    y: null,
    classCount: 0,
    metadata: {},
    cancel: neverCancelled,
    notice: () => undefined,
  });
  return model.operator.predict(transform.apply(takeRows(set.x, where), state), fitted, model.params);
}
const foldTrain = fold.train.map((k) => data.train[k] ?? 0);
const foldValidation = fold.validation.map((k) => data.train[k] ?? 0);

describe('fitUnit does what a loop written by hand does', () => {
  for (const id of ['StandardScaler', 'MSC', 'MinMaxScaler', 'MeanCenter', 'SNV'])
    test(`${id} inside the fold is fitted on the fold's training rows`, () => {
      const result = fitUnit(data, unit([splitter, step('transform', id), pls]), context());
      expect(result.predictions[0]?.validation.predicted).toEqual(byHand(id, foldTrain, foldValidation));
      expect(result.predictions[0]?.test.predicted).toEqual(byHand(id, foldTrain, data.test));
      expect(result.predictions[0]?.train.predicted).toEqual(byHand(id, foldTrain, foldTrain));
    });

  for (const id of ['StandardScaler', 'MSC'])
    test(`${id} before the splitter is fitted on all training rows, and on no test row`, () => {
      const result = fitUnit(data, unit([step('transform', id), splitter, pls]), context());
      expect(result.predictions[0]?.validation.predicted).toEqual(byHand(id, data.train, foldValidation));
      expect(result.predictions[0]?.validation.predicted).not.toEqual(byHand(id, foldTrain, foldValidation));
    });

  test('a sweep gives every component count the numbers of its own fit', () => {
    const swept = fitUnit(data, unit([splitter, step('transform', 'MSC'), pls], { pathValues: [1, 3, 6] }), context());
    expect(swept.predictions).toHaveLength(3);
    expect(swept.predictions[2]?.validation.predicted).toEqual(byHand('MSC', foldTrain, foldValidation));
  });
});

describe('y_processing', () => {
  test('predictions come back in the unit of the target', () => {
    const plain = fitUnit(data, unit([splitter, pls]), context()).predictions[0];
    const scaled = fitUnit(
      data,
      unit([splitter, step('target', 'StandardScaler'), step('target', 'MinMaxScaler'), pls]),
      context(),
    ).predictions[0];
    // PLS1 commutes with an affine change of y, so both ways must agree.
    for (const partition of ['train', 'validation', 'test'] as const)
      scaled?.[partition].predicted.forEach((value, k) => {
        expect(value).toBeCloseTo(plain?.[partition].predicted[k] ?? NaN, 8);
      });
  });

  test('is fitted on the training targets of the fold only', () => {
    const moved = { ...data, key: 'moved', y: data.y.slice() };
    for (const row of [...foldValidation, ...data.test]) moved.y[row] = 1e6;
    const steps = [splitter, step('target', 'MinMaxScaler'), pls];
    const [a] =
      fitUnit(data, unit(steps, { keepChains: true }), context()).chains?.[0]?.steps.filter(
        (s) => s.role === 'target',
      ) ?? [];
    const [b] =
      fitUnit(moved, unit(steps, { keepChains: true }), context()).chains?.[0]?.steps.filter(
        (s) => s.role === 'target',
      ) ?? [];
    expect(a).toBeDefined();
    expect(b).toEqual(a);
  });
});

describe('stages', () => {
  const chain = [
    splitter,
    step('transform', 'SNV'),
    step('transform', 'SavitzkyGolay', { window_length: 11, polyorder: 2, deriv: 1 }),
    step('transform', 'MSC'),
    pls,
  ];
  const whole = unit(chain, { keepChains: true });

  test('steps that are computed once for all rows give the same bytes as steps computed per fold', () => {
    const hoisted = fitUnit(data, unit(chain), context()).predictions[0];
    // The same operators declared stateful are computed per fold.
    const lookup = {
      ...operatorsByKind,
      transform: (id: string) => ({ ...operatorsByKind.transform(id), stateful: true }),
    };
    const perFold = fitUnit(data, unit(chain), { ...context(), lookup }).predictions[0];
    expect(hoisted).toEqual(perFold);
  });

  for (const end of [2, 3, 4])
    test(`a fit that starts at the stage after step ${end} gives the same bytes and the same chain`, () => {
      const from = prepareUnit(data, { ...unit(chain), kind: 'prepare', end, fold: end > 3 ? fold : null }, context());
      const direct = fitUnit(data, whole, context());
      const staged = fitUnit(data, { ...whole, input: { steps: end, stage: from.stage } }, context());
      expect(staged.predictions).toEqual(direct.predictions);
      expect(staged.chains).toEqual(direct.chains);
      expect(from.bytes).toBeGreaterThanOrEqual(8 * (end > 3 ? data.train.length : data.rows) * data.cols);
    });

  test('known fitted states are applied and not fitted again', () => {
    const first = fitUnit(data, whole, context());
    const fits = { count: 0 };
    const counting: UnitContext = {
      ...context(),
      lookup: {
        ...operatorsByKind,
        transform(id) {
          const own = operatorsByKind.transform(id);
          return {
            ...own,
            fit: (...args) => {
              fits.count++;
              return own.fit(...args);
            },
          };
        },
      },
    };
    const known = Object.fromEntries(first.records.map(({ key, states }) => [key, states]));
    const again = fitUnit(data, { ...whole, known }, counting);
    expect(fits.count).toBe(0);
    expect(again.records.every(({ reused }) => reused)).toBe(true);
    expect(again.predictions).toEqual(first.predictions);
    fitUnit(data, whole, counting);
    expect(fits.count).toBe(3);
  });

  test('the key of a fit holds the data: what a fold learned is never taken for what all rows teach', () => {
    const everything = { train: Int32Array.from(data.train, (_, k) => k), validation: new Int32Array(0) };
    const onFold = fitUnit(data, whole, context());
    const known = Object.fromEntries(onFold.records.map(({ key, states }) => [key, states]));
    const refit = fitUnit(data, { ...whole, fold: everything, known }, context());
    expect(refit.records.map(({ layer, reused }) => [layer, reused])).toEqual([
      ['stateless', true],
      ['stateless', true],
      ['checkBeforeFit', false],
    ]);
    expect(refit.chains).toEqual(fitUnit(data, { ...whole, fold: everything }, context()).chains);
  });
});

describe('a fitted chain', () => {
  test('predicts raw spectra to the predictions of the fit, and knows the mean spectrum at the model', () => {
    const everything = { train: Int32Array.from(data.train, (_, k) => k), validation: new Int32Array(0) };
    const result = fitUnit(
      data,
      unit([splitter, step('transform', 'MSC'), pls], { fold: everything, keepChains: true }),
      context(),
    );
    expect(result.chains?.[0]?.steps.map((one) => ('id' in one ? one.id : one.role))).toEqual(['MSC', 'PLS']);
    expect(result.modelInput?.mean).toHaveLength(set.x.cols);
    expect(result.predictions[0]?.validation.predicted).toHaveLength(0);
    expect(result.chains?.[0]?.inputAxis.values).toEqual(set.axis);
  });
});
