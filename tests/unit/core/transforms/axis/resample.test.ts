import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Axis } from '#core/data/axis.ts';
import { fromRows, rowOf, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const known = golden('features.json') as {
  interp1d: { wanted: number[]; values: Record<string, Record<'extrapolate' | 'filled_with_minus_1', number[][]>> };
  by_channel_number_37: number[][];
};
const { x, axis: values } = tecator();
const axis: Axis = { values, unit: 'nm' };
const three = takeRows(x, [0, 1, 2]);

function resampled(params: Record<string, unknown>, spectra: Matrix = three, along: Axis = axis) {
  const { operator, params: parsed } = transformCalled('Resample', params);
  const context = fitContext(spectra, { axis: along });
  const state = operator.fit(spectra, parsed, context);
  return {
    spectra: operator.apply(spectra, state, parsed),
    axis: operator.outputAxis?.(along, state, parsed) ?? along,
    notices: context.notices,
  };
}

const backward = (m: Matrix): Matrix => fromRows(Array.from({ length: m.rows }, (_, i) => [...rowOf(m, i)].reverse()));

describe('agrees with interp1d of SciPy', () => {
  const wanted = known.interp1d.wanted;
  test.each(Object.keys(known.interp1d.values))('%s', (method) => {
    const expected = known.interp1d.values[method];
    const extrapolated = resampled({ target_wavelengths: wanted, method, fill_value: 'extrapolate' });
    expect(relativeError(extrapolated.spectra.data, expected?.extrapolate.flat() ?? [])).toBeLessThan(1e-11);
    const filled = resampled({ target_wavelengths: wanted, method, fill_value: -1 });
    expect(relativeError(filled.spectra.data, expected?.filled_with_minus_1.flat() ?? [])).toBeLessThan(1e-12);
    expect([...filled.axis.values]).toEqual(wanted);
    expect(filled.notices.join()).toContain('2 new channels lie outside of the measured range 850 to 1050');
  });

  test('by channel number', () => {
    const { spectra } = resampled({ num_samples: 37 });
    expect(relativeError(spectra.data, known.by_channel_number_37.flat())).toBeLessThan(1e-13);
  });
});

test('an axis that runs downwards gives the same values', () => {
  const falling: Axis = { values: values.slice().reverse(), unit: 'nm' };
  for (const method of ['linear', 'nearest', 'zero', 'quadratic', 'cubic']) {
    const params = { from: 860, to: 1040, count: 23, method };
    const up = resampled(params);
    const down = resampled(params, backward(three), falling);
    expect(relativeError(down.spectra.data, up.spectra.data)).toBeLessThan(1e-13);
    expect([...down.axis.values]).toEqual([...up.axis.values]);
  }
});

describe('what cannot be interpolated is refused with a sentence', () => {
  test.each([
    [{ target_wavelengths: [840], bounds_error: true }, 'lie outside of the measured range 850 to 1050 for 1 channels'],
    [{ count: 10, crop_range: [851, 852.1], method: 'cubic' }, 'needs at least 4 channels to interpolate from'],
  ])('%j', (params, sentence) => {
    expect(() => resampled(params)).toThrow(sentence);
  });
  test('an axis that turns back', () => {
    const turning: Axis = { values: Float64Array.of(1, 2, 1.5), unit: 'nm' };
    expect(() => resampled({ count: 2 }, fromRows([[1, 2, 3]]), turning)).toThrow('1.5 follows 2');
  });
  test('two ways to name the channels', () => {
    expect(() => transformCalled('Resample', { num_samples: 3, count: 3 })).toThrow('must stand alone');
  });
});

test('without a grid, spectra pass unchanged along any axis', () => {
  const same = resampled({}, three, { values: Float64Array.from(values, () => 5), unit: 'index' });
  expect([...same.spectra.data]).toEqual([...three.data]);
});

test('splines repeat polynomials of their degree, and known values everywhere', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 6, maxLength: 30 }),
      fc.tuple(...[1, 2, 3, 4].map(() => fc.double({ min: -2, max: 2, noNaN: true }))),
      (steps, [a = 0, b = 0, c = 0, d = 0]) => {
        let position = -3;
        const places = Float64Array.from(steps, (step) => (position += step));
        const along: Axis = { values: places, unit: 'index' };
        const between = [...places].slice(1).map((place, k) => (place + (places[k] ?? 0)) / 2);
        for (const [method, degree] of [
          ['linear', 1],
          ['quadratic', 2],
          ['cubic', 3],
        ] as const) {
          const f = (t: number): number => a + b * t + (degree > 1 ? c * t * t : 0) + (degree > 2 ? d * t ** 3 : 0);
          const curve = fromRows([[...places].map(f)]);
          const wanted = [...places, ...between];
          const { spectra } = resampled(
            { target_wavelengths: wanted, method, fill_value: 'extrapolate' },
            curve,
            along,
          );
          const size = Math.max(1, ...wanted.map((t) => Math.abs(f(t))));
          wanted.forEach((t, k) => {
            expect(Math.abs((spectra.data[k] ?? NaN) - f(t)) / size).toBeLessThan(1e-9);
          });
        }
      },
    ),
  );
});
