import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCondition } from '#core/filters/condition.ts';
import { fromRows, takeRows } from '#core/numerics/matrix.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { filterCalled, fitContext } from '#tests/support/operators.ts';
import { catalog } from '#core/catalog/operators.ts';

const refused = (text: string): unknown =>
  expect.objectContaining({ message: expect.stringContaining(text) as unknown });
const x = syntheticSpectra(60, 30, 4);

describe('YOutlierFilter', () => {
  const three = fromRows([[1], [1], [1]]);
  test('keeps equal values, and removes what is missing', () => {
    for (const method of ['iqr', 'zscore', 'mad', 'percentile']) {
      const filter = filterCalled('YOutlierFilter', { method });
      const state = filter.fit(three, { y: Float64Array.of(4, 4, 4) });
      expect(filter.keep(three, state, { y: Float64Array.of(4, NaN, 5) })).toEqual([1, 0, 0]);
    }
  });
  test('needs a target', () => {
    const filter = filterCalled('YOutlierFilter');
    expect(() => filter.fit(three)).toThrow(refused('needs at least 1 training samples with a target value'));
    const state = filter.fit(three, { y: Float64Array.of(1, 2, 3) });
    expect(() => filter.keep(three, state)).toThrow(refused('without reference values cannot be judged'));
  });
  test('percentiles in the wrong order are refused', () => {
    expect(() => filterCalled('YOutlierFilter', { lower_percentile: 60, upper_percentile: 40 })).toThrow();
  });
  test('shifting and stretching the target changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 40 }),
        fc.constantFrom('iqr', 'zscore', 'percentile', 'mad'),
        (values, method) => {
          const spectra = fromRows(values.map(() => [0]));
          const filter = filterCalled('YOutlierFilter', { method });
          // Powers of two and small whole numbers: no rounding.
          const moved = Float64Array.from(values, (value) => 4 * value + 8);
          fc.pre(new Set(values).size > 3 && method !== 'zscore');
          expect(filter.fitKeep(spectra, { y: moved })).toEqual(
            filter.fitKeep(spectra, { y: Float64Array.from(values) }),
          );
        },
      ),
    );
  });
});

describe('every measure of spectra finds a planted outlier first', () => {
  const planted = { ...x, data: x.data.slice() };
  for (let j = 0; j < x.cols; j++)
    planted.data[17 * x.cols + j] = (j % 2 === 0 ? 5 : -5) + (x.data[17 * x.cols + j] ?? 0);
  test.each([
    ['XOutlierFilter', { method: 'mahalanobis' }],
    ['XOutlierFilter', { method: 'mahalanobis', threshold: 3, n_components: 2 }],
    ['XOutlierFilter', { method: 'robust_mahalanobis', n_components: 3 }],
    ['XOutlierFilter', { method: 'pca_leverage', n_components: 3 }],
    ['XOutlierFilter', { method: 'isolation_forest', contamination: 0.02 }],
    ['XOutlierFilter', { method: 'lof', contamination: 0.02 }],
    ['Mahalanobis', { robust: true, n_components: 3 }],
    ['HighLeverageFilter', { method: 'pca', n_components: 3 }],
    ['IsolationForest', { contamination: 0.02 }],
    ['LocalOutlierFactor', { contamination: 0.02 }],
  ])('%s %o', (id, given) => {
    const kept = filterCalled(id, given).fitKeep(planted);
    expect(kept[17]).toBe(0);
    expect(kept.filter((keep) => keep === 1).length).toBeGreaterThan(45);
  });
  test('Q finds what components learned from sound spectra do not describe', () => {
    const filter = filterCalled('XOutlierFilter', { method: 'pca_residual', n_components: 3 });
    expect(filter.keep(planted, filter.fit(x))[17]).toBe(0);
  });
});

describe('robust distances', () => {
  test('a third of outliers spoils the ordinary limit, not the robust one', () => {
    const data = x.data.map((value, at) => value + (at < 20 * x.cols ? 30 * Math.sin((at % x.cols) / 3) : 0));
    const spoilt = { ...x, data };
    const removed = (robust: boolean): number =>
      filterCalled('Mahalanobis', { robust, n_components: 3 })
        .fitKeep(spoilt)
        .slice(0, 20)
        .filter((k) => k === 0).length;
    expect(removed(false)).toBe(0);
    expect(removed(true)).toBe(20);
  });
  test('say so when most spectra are the same', () => {
    const few = takeRows(x, [...new Array<number>(25).fill(0), 1, 2, 3, 4, 5]);
    const operator = catalog.get('Mahalanobis');
    if (operator.kind !== 'filter') throw new Error('Mahalanobis is a filter.');
    const context = fitContext(few);
    const input = { x: few, axis: context.axis, y: null, metadata: {} };
    operator.fit(input, operator.params.parse({ robust: true, n_components: 2 }) as never, context);
    expect(context.notices.join()).toContain('Use fewer components');
  });
});

test('a seed repeats an isolation forest; without one, the seed of the run does', () => {
  const scores = (random_state: number | null) =>
    filterCalled('IsolationForest', { random_state, contamination: 0.1 }).fit(x);
  expect(scores(4)).toEqual(scores(4));
  expect(scores(4)).not.toEqual(scores(5));
  expect(scores(null)).toEqual(scores(0)); // the seed of the test's context
});

describe('SpectralQualityFilter', () => {
  const sound = [1, 2, 3, 4];
  test.each([
    ['a sound spectrum', {}, sound, 1],
    ['missing values within the share', { max_nan_ratio: 0.25 }, [1, NaN, 3, 4], 1],
    ['more missing values', {}, [1, NaN, 3, 4], 0],
    ['nothing but missing values', { max_nan_ratio: 1 }, [NaN, NaN, NaN, NaN], 0],
    ['an infinite value', {}, [1, Infinity, 3, 4], 0],
    ['an infinite value that may be there leaves no variance', { check_inf: false }, [1, Infinity, 3, 4], 0],
    ['zeros within the share', {}, [0, 0, 3, 4], 1],
    ['more zeros', {}, [0, 0, 0, 4], 0],
    ['a flat spectrum', {}, [2, 2, 2, 2], 0],
    ['a flat spectrum that may be there', { min_variance: 0 }, [2, 2, 2, 2], 1],
    ['a saturated spectrum', { max_value: 3.5 }, sound, 0],
    ['a value at the limit', { max_value: 4, min_value: 1 }, sound, 1],
    ['a value below the range', { min_value: 1.5 }, sound, 0],
  ])('%s', (_, given, spectrum, expected) => {
    expect(filterCalled('SpectralQualityFilter', given).fitKeep(fromRows([spectrum]))).toEqual([expected]);
  });
  test('a spectrum is as good as its values, in any order', () => {
    const spectrum = fc.array(fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constant(NaN), fc.constant(0)), {
      minLength: 3,
      maxLength: 20,
    });
    fc.assert(
      fc.property(spectrum, (values) => {
        const filter = filterCalled('SpectralQualityFilter', { max_value: 4, min_variance: 0 });
        expect(filter.fitKeep(fromRows([values.toReversed()]))).toEqual(filter.fitKeep(fromRows([values])));
      }),
    );
  });
});

describe('MetadataFilter', () => {
  const metadata = {
    site: ['Lyon', 'Ghent', '', 'Lyon', 'Basel'],
    moisture: ['12.5', '9', '11', 'nan', '20'],
    'sample type': ['a', 'b', 'a', 'b', 'a'],
    year: ['2019', '2020', '2021', '2020.0', ''],
  };
  const spectra = fromRows([[1], [2], [3], [4], [5]]);
  const kept = (given: Record<string, unknown>): number[] =>
    filterCalled('MetadataFilter', given).fitKeep(spectra, { metadata });

  test.each([
    [{ column: 'site', values_to_exclude: ['Lyon'] }, [0, 1, 0, 0, 1]],
    [{ column: 'site', values_to_exclude: ['Lyon'], exclude_missing: false }, [0, 1, 1, 0, 1]],
    [{ column: 'site', values_to_keep: ['Lyon', 'Basel'] }, [1, 0, 0, 1, 1]],
    [{ column: 'year', values_to_keep: [2020] }, [0, 1, 0, 1, 0]],
    [{ column: 'moisture', condition: '> 10' }, [1, 0, 1, 0, 1]],
    [{ column: 'moisture', condition: '10 <= x <= 12.5' }, [1, 0, 1, 0, 0]],
    [{ column: 'moisture', condition: 'lambda m: m < 12 or m >= 20' }, [0, 1, 1, 0, 1]],
    [{ condition: 'moisture > 10 and site != "Lyon"' }, [0, 0, 0, 0, 1]],
    [{ condition: "site in ['Lyon', 'Ghent']" }, [1, 1, 0, 1, 0]],
    [{ condition: 'not (site == "Lyon") && year not in (2021, 2019)' }, [0, 1, 0, 0, 0]],
    [{ condition: '`sample type` = "a"' }, [1, 0, 1, 0, 1]],
    [{ condition: 'moisture < year' }, [1, 1, 1, 0, 0]],
  ])('%o', (given, expected) => {
    expect(kept(given)).toEqual(expected);
  });

  test.each([
    [{}, 'Give a column'],
    [{ column: 'site' }, 'or a condition'],
    [{ column: 'farm', values_to_keep: ['a'] }, 'It has site, moisture, sample type, year.'],
    [{ condition: 'farm > 3' }, 'names "farm"'],
    [{ condition: '> 3' }, 'compares its value'],
  ])('%o is refused when it meets the data', (given, text) => {
    expect(() => kept(given)).toThrow(refused(text));
  });

  test.each([
    ['moisture >', 'needs a value at its end'],
    ['moisture', 'needs a comparison'],
    ['moisture > 3 4', 'has something too much at \\"4\\"'],
    ['(moisture > 3', 'needs \\")\\" at its end'],
    ['site in "Lyon"', 'needs a list'],
    ['moisture > 3; import os', 'cannot be read'],
    ['moisture.__class__ > 3', ''],
  ])('the condition %s is refused when it is written', (condition, text) => {
    if (text === '')
      expect(parseCondition(condition).columns).toEqual(['moisture.__class__']); // only a strange name
    else expect(() => filterCalled('MetadataFilter', { condition })).toThrow(refused(text));
  });
  test('only one way of choosing may be given', () => {
    expect(() => filterCalled('MetadataFilter', { column: 'a', values_to_keep: [1], condition: '> 3' })).toThrow(
      refused('give one of'),
    );
  });
  test('no text makes the reader fail in another way', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const { success } = catalog.get('MetadataFilter').params.safeParse({ condition: `${a} > ${b}` });
        expect(typeof success).toBe('boolean');
      }),
    );
  });
  test('a number compares as Number does', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        expect(parseCondition(`x < ${b}`).holds(() => String(a))).toBe(a < b);
      }),
    );
  });
});

describe('CompositeFilter', () => {
  const y = Float64Array.from({ length: 60 }, (_, i) => (i === 3 ? 100 : Math.sin(i)));
  const spectra = { ...x, data: x.data.slice() };
  for (let j = 0; j < x.cols; j++) spectra.data[5 * x.cols + j] = 50;
  const filters = [{ YOutlierFilter: { threshold: 3 } }, { class: 'SpectralQualityFilter', params: {} }];
  const removed = (given: Record<string, unknown>): number[] =>
    filterCalled('CompositeFilter', given)
      .fitKeep(spectra, { y })
      .flatMap((keep, i) => (keep === 0 ? [i] : []));

  test('any removes what one removes, all what every one removes, none nothing', () => {
    expect(removed({ filters })).toEqual([3, 5]);
    expect(removed({ filters, mode: 'all' })).toEqual([]);
    expect(removed({ filters: [{ YOutlierFilter: null }, 'YOutlierFilter'], mode: 'all' })).toEqual([3]);
    expect(removed({})).toEqual([]);
  });
  test('is the combination of the verdicts of its filters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.constantFrom('any', 'all'), (tenths, mode) => {
        const params = { method: 'pca_leverage', n_components: 2 };
        const single = [{ threshold: tenths / 2 }, { method: 'percentile', upper_percentile: 10 * tenths }];
        const verdicts = [
          filterCalled('YOutlierFilter', single[1]).fitKeep(spectra, { y }),
          filterCalled('XOutlierFilter', params).fitKeep(spectra, { y }),
        ];
        const both = filterCalled('CompositeFilter', { mode, filters: [{ YOutlierFilter: single[1] }, { XOutlierFilter: params }] }); // prettier-ignore
        const combine = mode === 'any' ? Math.min : Math.max;
        const expected = verdicts[0]?.map((keep, i) => combine(keep, verdicts[1]?.[i] ?? NaN));
        expect(both.fitKeep(spectra, { y })).toEqual(expected);
      }),
    );
  });
  test.each([
    [['NoFilter'], '"NoFilter" is not a filter. There are YOutlierFilter'],
    [[{ YOutlierFilter: { threshold: -1 } }], 'YOutlierFilter: threshold'],
    [[{ YOutlierFilter: { thresold: 1 } }], 'YOutlierFilter'],
    [[3], 'must be a filter'],
    [[{ YOutlierFilter: {}, XOutlierFilter: {} }], 'must be a filter'],
    [['CompositeFilter'], 'is not a filter'],
  ])('%j is refused', (list, text) => {
    expect(() => filterCalled('CompositeFilter', { filters: list })).toThrow(refused(text.replaceAll('"', '\\"')));
  });
  test('a filter of the target says so for samples that have none', () => {
    const composite = filterCalled('CompositeFilter', { filters });
    expect(() => composite.keep(spectra, composite.fit(spectra, { y }))).toThrow(refused('without reference values'));
  });
});
