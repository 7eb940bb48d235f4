import { describe, expect, test } from 'vitest';
import { joinRows, rowOf, takeRows, takeValues, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { golden, referenceGolden, referenceSet, tecator } from '#tests/support/golden.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';
import { fitContext, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { referenceData } from '#tests/support/referenceData.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const known = golden('features.json') as {
  transfer: Record<'ds_all' | 'ds_6' | 'pds_7_2' | 'sst_4', number[][]>;
  epo_2: number[][];
  epo_1_by_condition: number[][];
  'glsw_0.01': number[][];
};
const { x } = tecator();

/** The second instrument of the golden file: other gain, offset, resolution, and a slight curvature. */
function secondInstrument(spectra: Matrix): Matrix {
  const out = zeros(spectra.rows, spectra.cols);
  for (let i = 0; i < spectra.rows; i++) {
    const row = rowOf(spectra, i);
    row.forEach((value, j) => {
      const next = row[Math.min(j + 1, row.length - 1)] ?? 0;
      out.data[i * row.length + j] = 0.02 + 0.93 * (0.7 * value + 0.3 * next) + 0.004 * value * value;
    });
  }
  return out;
}
const first = takeRows(x, [...Array(30).keys()]);
const both = joinRows(first, secondInstrument(first));
const later = secondInstrument(takeRows(x, [30, 31, 32, 33, 34]));
const metadata = {
  sample: Array.from({ length: 60 }, (_, i) => `tec${i % 30}`),
  instrument: Array.from({ length: 60 }, (_, i) => (i < 30 ? 'first' : 'second')),
};

function fitted(
  id: string,
  params: Record<string, unknown> = {},
  on = both,
  columns: Record<string, string[]> = metadata,
) {
  const { operator, params: parsed } = transformCalled(id, params);
  const context = fitContext(on, { metadata: columns });
  const state = operator.fit(on, parsed, context);
  return {
    apply: (spectra: Matrix, rows?: { metadata: Record<string, string[]> }) =>
      operator.apply(spectra, state, parsed, rows),
    notices: context.notices,
  };
}

describe('agrees with NumPy and scikit-learn', () => {
  test.each([
    // Directions whose singular values are near the rounding limit differ between decompositions.
    ['DS', {}, known.transfer.ds_all, 1e-6],
    ['DS', { n_components: 6 }, known.transfer.ds_6, 1e-9],
    ['PDS', { window_length: 7 }, known.transfer.pds_7_2, 1e-9],
    ['SST', { n_components: 4 }, known.transfer.sst_4, 1e-9],
    ['EPO', { n_components: 2 }, known.epo_2, 1e-9],
    ['EPO', { condition: 'instrument' }, known.epo_1_by_condition, 1e-9],
    ['GLSW', { alpha: 0.01 }, known['glsw_0.01'], 1e-9],
  ] as const)('%s %j', (id, params, expected, tolerance) => {
    expect(relativeError(fitted(id, params).apply(later).data, expected.flat())).toBeLessThan(tolerance);
  });
});

describe.each(['DS', 'PDS', 'SST'])('%s', (id) => {
  test('corrects other instruments and leaves the reference alone', () => {
    const { apply, notices } = fitted(id);
    const corrected = apply(both, { metadata });
    expect([...corrected.data.subarray(0, first.data.length)]).toEqual([...first.data]);
    const before = relativeError(both.data.subarray(first.data.length), first.data);
    const after = relativeError(corrected.data.subarray(first.data.length), first.data);
    expect(after).toBeLessThan(0.1 * before);
    expect(notices).toEqual([`${id}: the reference instrument is "first".`]);
  });
  test('corrects new spectra, which come without metadata or from an unnamed instrument', () => {
    const { apply } = fitted(id);
    const truth = takeRows(x, [30, 31, 32, 33, 34]);
    const corrected = apply(later);
    expect(relativeError(corrected.data, truth.data)).toBeLessThan(0.1 * relativeError(later.data, truth.data));
    expect([...apply(later, { metadata: {} }).data]).toEqual([...corrected.data]);
    expect([...apply(later, { metadata: { instrument: ['', '', '', '', 'third'] } }).data]).toEqual([
      ...corrected.data,
    ]);
  });
  test('goes to the instrument that is named', () => {
    const { apply, notices } = fitted(id, { reference: 'second' });
    const corrected = apply(both, { metadata });
    expect([...corrected.data.subarray(first.data.length)]).toEqual([...both.data.subarray(first.data.length)]);
    expect(notices).toEqual([]);
  });
  test('averages repeated measurements: doubled rows change nothing', () => {
    const doubled = joinRows(both, both);
    const columns = {
      sample: [...metadata.sample, ...metadata.sample],
      instrument: [...metadata.instrument, ...metadata.instrument],
    };
    const once = fitted(id, { n_components: 3 }).apply(later);
    expect(relativeError(fitted(id, { n_components: 3 }, doubled, columns).apply(later).data, once.data)).toBeLessThan(
      1e-9,
    );
  });
  test('says what is missing', () => {
    expect(() => fitted(id, {}, both, {})).toThrow('names the metadata column "sample", which does not exist.');
    expect(() => fitted(id, { instrument: 'device' })).toThrow('There are: sample, instrument.');
    expect(() => fitted(id, { reference: 'third' })).toThrow('were measured on: first, second.');
    const apart = { ...metadata, sample: metadata.sample.map((_, i) => `s${i}`) };
    expect(() => fitted(id, {}, both, apart)).toThrow('needs at least 2 training samples (column "sample")');
  });
});

describe.each(['EPO', 'GLSW'])('%s', (id) => {
  test('makes replicates alike', () => {
    const { apply } = fitted(id, id === 'EPO' ? { n_components: 3 } : { alpha: 1e-6 });
    const corrected = apply(both);
    const size = first.data.length;
    const distance = (m: Matrix): number =>
      Math.hypot(...m.data.subarray(0, size).map((value, at) => value - (m.data[at + size] ?? 0)));
    expect(distance(corrected)).toBeLessThan(0.02 * distance(both));
  });
  test('leaves out samples that were measured once or have no name', () => {
    const columns = { sample: metadata.sample.map((name, i) => (i % 30 === 0 ? '' : name)) };
    const without = fitted(id, {}, both, columns).apply(later);
    const rows = [...Array(60).keys()].filter((i) => i % 30 !== 0);
    const taken = { sample: rows.map((i) => metadata.sample[i] ?? '') };
    expect([...fitted(id, {}, takeRows(both, rows), taken).apply(later).data]).toEqual([...without.data]);
  });
  test('says what is missing', () => {
    expect(() => fitted(id, {}, both, {})).toThrow('The samples have no metadata.');
    expect(() => fitted(id, { condition: 'day' })).toThrow('names the metadata column "day"');
    const apart = { sample: metadata.sample.map((_, i) => `s${i}`) };
    expect(() => fitted(id, {}, both, apart)).toThrow('measured more than once');
  });
});

test('EPO is a projection: twice changes nothing more', () => {
  const { apply } = fitted('EPO', { n_components: 2 });
  const once = apply(later);
  expect(relativeError(apply(once).data, once.data)).toBeLessThan(1e-13);
});

withReferenceData('a model of corn on one instrument, used on another', () => {
  type Table = Record<string, Record<string, { rmsep: number[] }>>;
  const corn = (instrument: string) =>
    referenceSet(referenceData('corn', `X_${instrument}.csv`), referenceData('corn', 'Y.csv'));
  const untransferred = referenceGolden('instruments_refit_transfer.json') as Table;
  const m5 = corn('m5');
  const mp5 = corn('mp5');
  const train = [...Array(80).keys()].filter((i) => i % 4 !== 3);
  const test_ = [...Array(80).keys()].filter((i) => i % 4 === 3);
  const components = 8;

  function rmsep(correct: (spectra: Matrix) => Matrix): number {
    const y = m5.target('moisture');
    const { operator, params } = modelCalled('PLS', { n_components: components, scale: false });
    const model = takeRows(m5.x, train);
    const state = operator.fit(model, takeValues(y, train), params, fitContext(model));
    const predicted = operator.predict(correct(takeRows(mp5.x, test_)), state, params);
    const truth = takeValues(y, test_);
    return Math.sqrt(truth.reduce((sum, value, i) => sum + (value - (predicted[i] ?? NaN)) ** 2, 0) / truth.length);
  }

  test('without transfer the error is that of the golden file', () => {
    const expected = untransferred['corn_moisture']?.['fit_m5_predict_mp5']?.rmsep[components - 1] ?? NaN;
    expect(relativeError([rmsep((spectra) => spectra)], [expected])).toBeLessThan(1e-8);
  });
  test.each([
    ['DS', {}],
    ['PDS', { window_length: 5 }],
    ['SST', { n_components: 5 }],
  ])('%s cuts the error to a third or less', (id, params) => {
    const stacked = joinRows(takeRows(m5.x, train), takeRows(mp5.x, train));
    const names = train.map(String);
    const { apply } = fitted(id, params, stacked, {
      sample: [...names, ...names],
      instrument: [...names.map(() => 'm5'), ...names.map(() => 'mp5')],
    });
    expect(rmsep((spectra) => apply(spectra))).toBeLessThan(rmsep((spectra) => spectra) / 3);
  });
});
