import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNumber } from '#core/io/parseNumber.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string, decimal = '.'): number => {
  const data = bytes(`x${text}y`); // neighbours that must not be read
  return parseNumber(data, 1, data.length - 1, decimal.charCodeAt(0));
};

describe('reads exactly what Number reads', () => {
  test('every double, in its shortest text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parse(String(value))).toBe(Number(String(value)));
      }),
      { numRuns: 5000 },
    );
  });

  test('every double with any number of digits', () => {
    const law = fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 0, max: 25 }),
      fc.boolean(),
      (value, digits, exponential) => {
        const text = exponential ? value.toExponential(digits) : value.toFixed(digits);
        expect(Object.is(parse(text), Number(text))).toBe(true);
        expect(Object.is(parse(text.replace('.', ','), ','), Number(text))).toBe(true);
      },
    );
    fc.assert(law, { numRuns: 20_000 });
  });

  test('digits, marks and exponents put together at random', () => {
    const digits = fc.stringMatching(/^\d{0,24}$/);
    const law = fc.property(
      fc.constantFrom('', '+', '-'),
      digits,
      fc.constantFrom('', '.'),
      digits,
      fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.integer({ min: 0, max: 400 }))),
      (sign, whole, point, fraction, power) => {
        const text = `${sign}${whole}${point}${point && fraction}${power ? power.join('') : ''}`;
        const expected = /\d/.test(`${whole}${point && fraction}`) ? Number(text) : NaN;
        const value = Number.isFinite(expected) ? expected : NaN;
        expect(Object.is(parse(text), value)).toBe(true);
      },
    );
    fc.assert(law, { numRuns: 20_000 });
  });

  test('the middle between two doubles, where one wrong bit shows', () => {
    const law = fc.property(
      fc.integer({ min: 2 ** 30, max: 2 ** 40 }),
      fc.integer({ min: 1, max: 9 }),
      (whole, shift) => {
        const middle = (BigInt(whole) * 2n ** 23n + 1n) * 2n ** BigInt(shift) + 2n ** BigInt(shift - 1);
        for (const near of [middle - 1n, middle, middle + 1n]) expect(parse(String(near))).toBe(Number(String(near)));
      },
    );
    fc.assert(law, { numRuns: 2000 });
  });
});

test('reads the spellings of instruments', () => {
  expect([parse('.5'), parse('5.'), parse('+1.50E-03'), parse('-0'), parse('007')]).toEqual([0.5, 5, 0.0015, -0, 7]);
  expect(parse('2,61776', ',')).toBe(2.61776);
});

test.each([
  '',
  '-',
  '+',
  '.',
  'e5',
  '1e',
  '1e+',
  '1.2.3',
  '1,5',
  '0x10',
  'Infinity',
  'NaN',
  '3a',
  '1 2',
  '--1',
  '1e999',
])('takes %j for no number', (text) => {
  expect(parse(text)).toBeNaN();
});
