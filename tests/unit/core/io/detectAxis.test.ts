import { expect, test } from 'vitest';
import { axisName, guessUnit, isMonotonic, unitFromWords } from '#core/io/detectAxis.ts';

const style = { decimal: '.', thousands: '' } as const;
const from = (start: number, step: number, n: number): number[] =>
  Array.from({ length: n }, (_, j) => start + j * step);

test.each([
  ['850', 850],
  ['852.02', 852.02],
  ['852,02', 852.02],
  ['X850.5', 850.5],
  ['wl_900', 900],
  ['1100 nm', 1100],
  ['4000.1 cm-1', 4000.1],
])('%s names a wavelength', (name, value) => {
  expect(axisName(name, style)?.value).toBe(value);
});

test.each(['protein', 'fat 2', '', 'Q1 2020', '10 %'])(
  '%j names none, or one of another style than its neighbours',
  (name) => {
    expect(axisName(name, style)?.dress ?? 'none').not.toBe('…');
  },
);

test.each([
  ['nm', from(850, 2, 100), 0.8],
  ['nm', from(400, 2, 1050), 0.8],
  ['cm-1', from(4000, -4, 800), 0.9],
  ['cm-1', from(899.327, 15798 / 4096, 235), 0.7],
  ['cm-1', from(100, 2, 900), 0.5],
  ['index', from(0, 1, 500), 0.8],
  ['index', from(1, 1, 500), 0.8],
] as const)('%s', (unit, values, confidence) => {
  const guess = guessUnit(values, null);
  expect(guess.unit).toBe(unit);
  expect(guess.confidence).toBeGreaterThan(confidence);
});

test('a stated unit is certain, micrometres are doubted aloud', () => {
  expect(guessUnit(from(850, 2, 10), 'cm-1')).toMatchObject({ unit: 'cm-1', confidence: 1 });
  expect(guessUnit(from(0.9, 0.01, 100), null).note).toMatch(/micrometres/);
  expect([unitFromWords('Wavelength (nm)'), unitFromWords('wavenumber'), unitFromWords('sample')]).toEqual([
    'nm',
    'cm-1',
    null,
  ]);
});

test('rising or falling, but never level', () => {
  expect([isMonotonic([1, 2, 3]), isMonotonic([3, 2, 1]), isMonotonic([1, 1, 2]), isMonotonic([1, 3, 2])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
