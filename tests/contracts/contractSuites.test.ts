import { describe, expect, test } from 'vitest';
import type { AnyModel, AnySplitter, AnyTransform, State } from '#core/data/operator.ts';
import { catalog } from '#core/catalog/operators.ts';
import { brokenLaws } from '#tests/contracts/law.ts';
import { modelLaws } from '#tests/contracts/model.contract.ts';
import { splitterLaws } from '#tests/contracts/splitter.contract.ts';
import { transformLaws } from '#tests/contracts/transform.contract.ts';

// The suites are only worth something if they notice bad operators: each dummy below breaks one promise.

describe('the transform suite notices', () => {
  const snv = catalog.get('SNV') as AnyTransform;
  const scaler = catalog.get('StandardScaler') as AnyTransform;
  const broken = (part: Partial<AnyTransform>, base = snv): string[] =>
    brokenLaws(transformLaws, { operator: { ...base, ...part }, params: base.params.parse({}), reversal: 1 });

  test('nothing in a good operator', () => {
    expect(broken({})).toEqual([]);
    expect(broken({}, scaler)).toEqual([]);
  });
  test('a write to the input', () => {
    const apply: AnyTransform['apply'] = (x, state, params) => {
      const out = snv.apply(x, state, params);
      x.data[0] = 0;
      return out;
    };
    expect(broken({ apply })).toContain('leaves its input unharmed');
  });
  test('an output that is the input', () => {
    expect(broken({ apply: (x) => x })).toContain('leaves its input unharmed');
  });
  test('randomness', () => {
    let count = 0;
    const apply: AnyTransform['apply'] = (x) => ({ ...x, data: x.data.map((value) => value + ++count * 1e-12) });
    expect(broken({ apply })).toContain('gives the same bytes for the same input');
  });
  test('state that does not survive storage', () => {
    const fit = (): State => ({ values: new Map([['a', 1]]) }) as unknown as State;
    expect(broken({ fit })).toContain('gives the same bytes after its state was saved and loaded');
  });
  test('rows that depend on each other', () => {
    const apply: AnyTransform['apply'] = (x) => ({ ...x, data: x.data.map((value) => value - (x.data[0] ?? 0)) });
    expect(broken({ apply })).toContain('treats every spectrum on its own');
  });
  test('a stateful operator that says it is stateless', () => {
    expect(broken({ stateful: false }, scaler)).toContain(
      'learns nothing from the samples when it says that it is stateless',
    );
  });
  test('NaN in the output', () => {
    const apply: AnyTransform['apply'] = (x) => ({ ...x, data: x.data.map((value, i) => (i % 7 === 0 ? NaN : value)) });
    expect(broken({ apply })).toContain(
      'returns finite values, a row for each spectrum and an axis value for each column',
    );
  });
  test('wavelengths in one direction only', () => {
    const apply: AnyTransform['apply'] = (x) => ({ ...x, data: x.data.map((value, i) => value * (1 + (i % x.cols))) });
    expect(broken({ apply })).toContain('gives reversed output for reversed wavelengths');
  });
  test('a wrong inverse', () => {
    expect(broken({ invert: (y) => y }, scaler)).toContain('inverts what it did to a target');
  });
  test('a wrong ONNX form', () => {
    expect(broken({ onnx: (_, input) => input })).toContain('computes the same as an ONNX graph');
  });
});

describe('the model suite notices', () => {
  const pls = catalog.get('PLS') as AnyModel;
  const broken = (part: Partial<AnyModel>): string[] =>
    brokenLaws(modelLaws, { operator: { ...pls, ...part }, params: pls.params.parse({ n_components: 4 }) });

  test('nothing in a good model', () => {
    expect(broken({})).toEqual([]);
  });
  test('a write to the target', () => {
    const fit: AnyModel['fit'] = (x, y, params, context) => {
      y[0] = 0;
      return pls.fit(x, y, params, context);
    };
    expect(broken({ fit })).toContain('leaves its input unharmed');
  });
  test('deafness to cancel', () => {
    const fit: AnyModel['fit'] = (x, y, params, context) =>
      pls.fit(x, y, params, { ...context, cancel: { cancelled: false, check: () => undefined } });
    expect(broken({ fit })).toContain('stops when it is cancelled');
  });
  test('a path that differs from single fits', () => {
    const path: AnyModel['path'] = {
      param: 'n_components',
      fit: (x, y, params, values, context) => values.map(() => pls.fit(x, y, params, context)),
    };
    const laws = broken({ path });
    expect(laws).toContain('gives along its path what single fits give, in the order asked');
    expect(laws).toContain('ends its path at the rank of the data, with a notice that names the component');
  });
  test('a regression vector of something else', () => {
    expect(broken({ linear: () => ({ coef: new Float64Array(40), intercept: 0 }) })).toContain(
      'predicts with its regression vector',
    );
  });
  test('NaN that spreads', () => {
    const fit: AnyModel['fit'] = (x, y, params, context) =>
      pls.fit(
        { ...x, data: x.data.map((v) => (Number.isNaN(v) ? 0 : v)) },
        y.map((v) => (Number.isNaN(v) ? 0 : v)),
        params,
        context,
      );
    expect(broken({ fit })).toContain('refuses to learn from NaN in spectra or target, and to predict other channels');
  });
});

describe('the splitter suite notices', () => {
  const kFold = catalog.get('KFold') as AnySplitter;
  const broken = (part: Partial<AnySplitter>): string[] =>
    brokenLaws(splitterLaws, { operator: { ...kFold, ...part }, params: kFold.params.parse({}) });
  const apart = 'keeps training and validation apart, both with samples, without repeats and inside the table';

  test('nothing in a good splitter', () => {
    expect(broken({})).toEqual([]);
  });
  test('a validation sample that also trains', () => {
    const split: AnySplitter['split'] = (input, params) =>
      kFold
        .split(input, params)
        .map(({ train, validation }) => ({ train: Int32Array.of(...train, validation[0] ?? 0), validation }));
    expect(broken({ split })).toContain(apart);
  });
  test('an empty part', () => {
    const split: AnySplitter['split'] = (input, params) =>
      kFold.split(input, params).map(({ train }) => ({ train, validation: new Int32Array(0) }));
    expect(broken({ split })).toContain(apart);
  });
  test('a wrong count', () => {
    expect(broken({ countFolds: () => 7 })).toContain('counts its folds from the parameters, where they alone tell');
  });
  test('folds from one sample', () => {
    const split: AnySplitter['split'] = () => [{ train: Int32Array.of(0), validation: Int32Array.of(1) }];
    expect(broken({ split })).toContain('refuses no sample and one sample, with a sentence');
  });
});
