import { expect, test } from 'vitest';
import { gaussianSmoothingJitter } from '#core/augmentations/magnitude/gaussianSmoothingJitter.ts';
import { unsharpSpectralMask } from '#core/augmentations/magnitude/unsharpSpectralMask.ts';
import { interpolateInto } from '#core/augmentations/interpolateInto.ts';
import { symmetricBeta } from '#core/augmentations/draws.ts';
import { instrumentalBroadening } from '#core/augmentations/physics/instrumentalBroadening.ts';
import { smoothCurve } from '#core/augmentations/smoothCurve.ts';
import { wavelengthShift } from '#core/augmentations/wavelength/wavelengthShift.ts';
import { wavelengthStretch } from '#core/augmentations/wavelength/wavelengthStretch.ts';
import { randomState } from '#core/base/randomState.ts';
import type { AnyAugmentation } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { relativeError } from '#tests/support/tolerance.ts';
import { augment } from '#tests/unit/core/augmentations/support/augment.ts';

interface Golden {
  readonly rtol: number;
  readonly rows: readonly number[];
  readonly controls: readonly number[];
  readonly cases: Readonly<Record<string, readonly number[]>>;
  readonly betaBelow: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}
const truth = golden('augmentations.json') as Golden;
const data = tecator();
const x = takeRows(data.x, truth.rows);
const axis = { values: data.axis, unit: 'nm' } as const;

// With a range that begins where it ends, nothing is random.
test.each<[string, AnyAugmentation, Record<string, unknown>]>([
  ['shift 1.3', wavelengthShift, { shift_range: [1.3, 1.3] }],
  ['shift -4', wavelengthShift, { shift_range: [-4, -4] }],
  ['stretch 1.02', wavelengthStretch, { stretch_range: [1.02, 1.02] }],
  ['stretch 0.97', wavelengthStretch, { stretch_range: [0.97, 0.97] }],
  ['broadening 3', instrumentalBroadening, {}],
  ['broadening 12.5', instrumentalBroadening, { fwhm: 12.5 }],
  ['smoothing 1.4, 11', gaussianSmoothingJitter, { sigma_range: [1.4, 1.4] }],
  ['smoothing 0.5, 5', gaussianSmoothingJitter, { sigma_range: [0.5, 0.5], kernel_width: 5 }],
  ['unsharp 0.3, 1, 11', unsharpSpectralMask, { amount_range: [0.3, 0.3] }],
])('agrees with NumPy and SciPy: %s', (name, operator, params) => {
  expect(relativeError(augment(operator, params, x, { axis }).x.data, truth.cases[name] ?? [])).toBeLessThan(
    truth.rtol,
  );
});

test('the curve of a warp is the spline of SciPy', () => {
  const shifts = new Float64Array(x.cols);
  smoothCurve(axis.values, 5).interpolateInto(Float64Array.from(truth.controls), shifts);
  const wanted = axis.values.map((value, j) => value - (shifts[j] ?? 0));
  const warped = mapRows(x, x.cols, (spectrum, out) => {
    interpolateInto(axis.values, spectrum, wanted, out);
  });
  expect(relativeError(warped.data, truth.cases['warp'] ?? [])).toBeLessThan(truth.rtol);
});

test.each(Object.entries(truth.betaBelow))(
  'the weight of mixtures follows the beta distribution, α = %s',
  (alpha, below) => {
    const random = randomState(11);
    const draws = Array.from({ length: 20_000 }, () => symmetricBeta(random, Number(alpha)));
    for (const [at, probability] of below) {
      const share = draws.filter((draw) => draw < at).length / draws.length;
      // Four standard errors of a share of 20,000.
      expect(Math.abs(share - probability)).toBeLessThan(
        4 * Math.sqrt((probability * (1 - probability)) / 20_000) + 1e-4,
      );
    }
  },
);

test('a weight with α = 0 takes one of two samples', () => {
  const random = randomState(1);
  const draws = new Set(Array.from({ length: 50 }, () => symmetricBeta(random, 0)));
  expect([...draws].sort()).toEqual([0, 1]);
});
