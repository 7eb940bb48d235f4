import { describe, expect, test } from 'vitest';
import type { AnyAugmentation, AnyFilter, AnyModel, AnySplitter, AnyTransform, State } from '#core/data/operator.ts';
import { catalog } from '#core/catalog/operators.ts';
import { augmentationLaws } from '#tests/contracts/augmentation.contract.ts';
import { classifierLaws } from '#tests/contracts/classifier.contract.ts';
import { filterLaws } from '#tests/contracts/filter.contract.ts';
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
  test('groups that are torn apart, or not asked for', () => {
    const laws = broken({ groups: 'required' });
    expect(laws).toContain('keeps the samples of a group together');
    expect(laws).toContain('asks for groups that it cannot do without');
  });
  test('folds from one sample', () => {
    const split: AnySplitter['split'] = () => [{ train: Int32Array.of(0), validation: Int32Array.of(1) }];
    expect(broken({ split })).toContain('refuses no sample and one sample, with a sentence');
  });
});

describe('the augmentation suite notices', () => {
  const noise = catalog.get('GaussianAdditiveNoise') as AnyAugmentation;
  const broken = (part: Partial<AnyAugmentation>): string[] =>
    brokenLaws(augmentationLaws, { operator: { ...noise, ...part }, params: noise.params.parse({}) });

  test('nothing in a good operator', () => {
    expect(broken({})).toEqual([]);
  });
  test('an output that is the input, which is no synthetic sample either', () => {
    const names = broken({ augment: (input) => input });
    expect(names).toContain('leaves its input unharmed');
    expect(names).toContain('changes the spectra');
    expect(names).toContain('makes something else of another seed');
    expect(names).toContain('stops when it is told to');
  });
  test('randomness from elsewhere', () => {
    let count = 0;
    const augment: AnyAugmentation['augment'] = ({ x, y }) => ({
      x: { ...x, data: x.data.map((value) => value + ++count) },
      y: y.slice(),
    });
    const names = broken({ augment });
    expect(names).toContain('makes the same of the same seed');
    expect(names).toContain('prefers its own seed');
  });
  test('targets that were not given', () => {
    const augment: AnyAugmentation['augment'] = (input, params, context) => {
      const { x, y } = noise.augment(input, params, context);
      return { x, y: y.map((value) => value * 2 + 0.5) };
    };
    expect(broken({ augment })).toContain('keeps the targets between those it was given, and class codes class codes');
  });
  test('more spectra than samples, and values that are no numbers', () => {
    const twice: AnyAugmentation['augment'] = ({ x, y }) => ({
      x: { rows: 2 * x.rows, cols: x.cols, data: Float64Array.of(...x.data, ...x.data) },
      y: Float64Array.of(...y, ...y),
    });
    const nan: AnyAugmentation['augment'] = ({ x, y }) => ({ x: { ...x, data: x.data.map(() => NaN) }, y: y.slice() });
    expect(broken({ augment: twice })).toContain('makes one finite spectrum, and one target, of each');
    expect(broken({ augment: nan })).toContain('works on one spectrum and on none');
    expect(broken({ augment: nan })).toContain('works on an axis that falls');
  });
});

describe('the classifier suite notices', () => {
  const lda = catalog.get('LDA') as AnyModel;
  const broken = (part: Partial<AnyModel>): string[] =>
    brokenLaws(classifierLaws, { operator: { ...lda, ...part }, params: lda.params.parse({}) });
  const shares: NonNullable<AnyModel['probabilities']> = (x, state, params) => {
    if (!lda.probabilities) throw new Error('LDA has probabilities.');
    return lda.probabilities(x, state, params);
  };

  test('nothing in a good classifier', () => {
    expect(broken({})).toEqual([]);
  });
  test('a class from the neighbouring spectrum', () => {
    const predict: AnyModel['predict'] = (x, state, params) => {
      const codes = lda.predict(x, state, params);
      return codes.map((code, i) => (i > 0 ? (codes[i - 1] ?? code) : code));
    };
    const laws = broken({ predict });
    expect(laws).toContain('predicts every spectrum on its own, to the last bit');
    expect(laws).toContain('tells classes apart that lie far apart');
  });
  test('probabilities that do not add up to 1', () => {
    const probabilities: typeof shares = (x, state, params) => {
      const table = shares(x, state, params);
      return { ...table, data: table.data.map((share) => share / 2) };
    };
    const laws = broken({ probabilities });
    expect(laws).toContain('gives probabilities that add up to 1, the largest for the class that it predicts');
    expect(laws).toContain('computes the same as an ONNX graph');
  });
  test('a class that no sample taught', () => {
    expect(broken({ predict: (x) => new Float64Array(x.rows).fill(1) })).toContain(
      'never predicts a class that a fold lacks, and gives it probability 0',
    );
  });
  test('neither an ONNX form nor a reason', () => {
    const { onnx: _, ...without } = lda;
    expect(brokenLaws(classifierLaws, { operator: without, params: lda.params.parse({}) })).toContain(
      'has an ONNX form or says why it has none',
    );
  });
});

describe('the filter suite notices', () => {
  const quality = catalog.get('SpectralQualityFilter') as AnyFilter;
  const params = quality.params.parse({});
  const broken = (part: Partial<AnyFilter>): string[] =>
    brokenLaws(filterLaws, { operator: { ...quality, ...part }, params });

  test('nothing in a good filter', () => {
    expect(broken({})).toEqual([]);
  });
  test('a verdict that depends on the other samples', () => {
    const keep: AnyFilter['keep'] = ({ x }) => Uint8Array.from({ length: x.rows }, (_, i) => (i > 2 ? 1 : 0));
    expect(broken({ keep })).toContain('judges every sample on its own, with 1 for keep and 0 for remove');
  });
  test('samples that are all removed', () => {
    expect(broken({ keep: ({ x }) => new Uint8Array(x.rows) })).toContain('keeps most ordinary samples');
  });
  test('missing values that are kept', () => {
    expect(broken({ keep: ({ x }) => new Uint8Array(x.rows).fill(1) })).toContain(
      'removes a spectrum with missing values, in training and later',
    );
  });
  test('a write to the input', () => {
    const keep: AnyFilter['keep'] = (input, state, given) => {
      const verdict = quality.keep(input, state, given);
      input.x.data[0] = 0;
      return verdict;
    };
    expect(broken({ keep })).toContain('leaves its input unharmed');
  });
  test('chance', () => {
    let count = 0;
    const keep: AnyFilter['keep'] = ({ x }) => Uint8Array.from({ length: x.rows }, (_, i) => (i + count++ > 3 ? 1 : 0));
    expect(broken({ keep })).toContain('gives the same verdict for the same input');
  });
});
