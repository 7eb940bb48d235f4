/**
 * Reads one decimal number from the bytes start … end − 1 (ASCII, no blanks around it) exactly as `Number` would read
 * its text: the nearest double. Grammar: `[+-] digits [mark digits] [e[+-]digits]` with at least one digit.
 *
 * @param decimal byte of the decimal mark: 46 for a point, 44 for a comma
 * @returns the number; NaN when the bytes are anything else or the value is beyond the range of doubles
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let at = start;
  let negative = false;
  const sign = bytes[at];
  if (sign === MINUS) {
    negative = true;
    at++;
  } else if (sign === PLUS) at++;

  let mantissa = 0; // exact: at most 15 digits are added
  let tail = 0; // the digits after those, up to four
  let digits = 0; // significant digits seen
  let anyDigit = false;
  let exponent = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    anyDigit = true;
    if (digit === 0 && digits === 0) continue;
    if (++digits <= EXACT_DIGITS) mantissa = mantissa * 10 + digit;
    else if (digits <= PAIR_DIGITS) tail = tail * 10 + digit;
  }
  if (at < end && bytes[at] === decimal) {
    for (at++; at < end; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      anyDigit = true;
      exponent--;
      if (digit === 0 && digits === 0) continue;
      if (++digits <= EXACT_DIGITS) mantissa = mantissa * 10 + digit;
      else if (digits <= PAIR_DIGITS) tail = tail * 10 + digit;
    }
  }
  if (!anyDigit) return NaN;
  if (at < end) {
    if (((bytes[at] as number) | 32) !== LOWER_E) return NaN;
    at++;
    let down = false;
    const mark = bytes[at];
    if (at < end && (mark === MINUS || mark === PLUS)) {
      down = mark === MINUS;
      at++;
    }
    if (at >= end) return NaN;
    let written = 0;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) return NaN;
      if (written < 100_000) written = written * 10 + digit; // beyond that the value is 0 or out of range anyway
    }
    exponent += down ? -written : written;
  }
  if (digits === 0) return negative ? -0 : 0;
  if (digits <= EXACT_DIGITS) {
    // Both factors are exact doubles, so the one operation rounds once and correctly (Clinger 1990, fast path).
    if (exponent === 0) return negative ? -mantissa : mantissa;
    if (exponent < 0 && exponent >= -EXACT_POWER) {
      const value = mantissa / (POWERS[-exponent] as number);
      return negative ? -value : value;
    }
    if (exponent > 0 && exponent <= EXACT_POWER) {
      const value = mantissa * (POWERS[exponent] as number);
      return negative ? -value : value;
    }
  } else if (digits <= PAIR_DIGITS && exponent <= EXACT_POWER && exponent >= -EXACT_POWER) {
    const value = pairNumber(mantissa, tail, POWERS[digits - EXACT_DIGITS] as number, exponent);
    if (!Number.isNaN(value)) return negative ? -value : value;
  }
  return slowNumber(bytes, start, end, decimal);
}

/**
 * (mantissa · shift + tail) · 10^exponent with about 100 bits on the way, as an unevaluated sum of two doubles
 * (Dekker 1971, Numer. Math. 18, 224–242), rounded once at the end. NaN when the value lies so close to the middle of
 * two doubles that those bits do not tell the side (Ziv 1991, ACM TOMS 17, 410–423).
 */
function pairNumber(mantissa: number, tail: number, shift: number, exponent: number): number {
  const product = mantissa * shift;
  const lost = productError(mantissa, shift, product);
  const high = product + (lost + tail); // |lost + tail| is far below a unit of the product, and exact
  const low = lost + tail - (high - product);
  let first: number;
  let second: number;
  if (exponent < 0) {
    const power = POWERS[-exponent] as number;
    first = high / power;
    const back = first * power;
    second = (high - back - productError(first, power, back) + low) / power;
  } else {
    const power = POWERS[exponent] as number;
    first = high * power;
    second = productError(high, power, first) + low * power;
  }
  const sum = first + second;
  const rest = second - (sum - first);
  const doubt = Math.abs(second) * 2 ** -40 + Math.abs(first) * 2 ** -98;
  return sum + (rest + doubt) === sum && sum + (rest - doubt) === sum ? sum : NaN;
}

/** The exact error a·b − fl(a·b), by splitting both factors into halves of 26 bits. */
function productError(a: number, b: number, product: number): number {
  const aBig = a * SPLIT;
  const aHigh = aBig - (aBig - a);
  const aLow = a - aHigh;
  const bBig = b * SPLIT;
  const bHigh = bBig - (bBig - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The engine's own reader, for the few numbers that need more than 53 bits on the way. */
function slowNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    text += String.fromCharCode(byte === decimal ? POINT : byte);
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : NaN;
}

const MINUS = 45;
const PLUS = 43;
const POINT = 46;
const ZERO = 48;
const LOWER_E = 101;
/** 10¹⁵ < 2⁵³: so many digits are always exact. */
const EXACT_DIGITS = 15;
/** Digits that a pair of doubles takes on; the shortest text of a double has at most 17. */
const PAIR_DIGITS = 19;
const SPLIT = 2 ** 27 + 1;
/** The largest power of ten that is an exact double. */
const EXACT_POWER = 22;
const POWERS = Float64Array.from({ length: EXACT_POWER + 1 }, (_, k) => Number(`1e${k}`));
