import { lanes, madd } from './simd';

/**
 * Squared Euclidean distances of the rows of a (`an` × `cols`) to those of b (`bn` × `cols`), from the differences, so
 * that near rows keep their digits: element (i, j) of `out`, whose rows are `ldOut` doubles apart. Each pair is summed in
 * the same order wherever it stands, and the distance from b to a is the same number.
 */
export function distances(a: usize, an: i32, b: usize, bn: i32, cols: i32, out: usize, ldOut: i32): void {
  const step = <usize>cols << 3;
  const down = <usize>ldOut << 3;
  let i = 0;
  for (; i + 2 <= an; i += 2) {
    let q = b;
    let j = 0;
    for (; j + 4 <= bn; j += 4) {
      eight(a, q, step, cols, out + (<usize>j << 3), down);
      q += 4 * step;
    }
    for (; j < bn; j++) {
      store<f64>(out + (<usize>j << 3), one(a, q, cols));
      store<f64>(out + down + (<usize>j << 3), one(a + step, q, cols));
      q += step;
    }
    a += 2 * step;
    out += 2 * down;
  }
  if (i == an) return;
  for (let j = 0; j < bn; j++) {
    store<f64>(out + (<usize>j << 3), one(a, b, cols));
    b += step;
  }
}

function one(a: usize, b: usize, cols: i32): f64 {
  let sum = f64x2.splat(0);
  const end = a + (<usize>(cols & ~1) << 3);
  while (a < end) {
    const d = f64x2.sub(v128.load(a), v128.load(b));
    sum = madd(d, d, sum);
    a += 16;
    b += 16;
  }
  return lanes(sum) + last(a, b, cols);
}

/** The square of an odd column. */
@inline
function last(a: usize, b: usize, cols: i32): f64 {
  if ((cols & 1) == 0) return 0;
  const d = load<f64>(a) - load<f64>(b);
  return d * d;
}

/** Two rows against four. */
function eight(a: usize, b: usize, step: usize, cols: i32, out: usize, down: usize): void {
  let s00 = f64x2.splat(0), s01 = s00, s02 = s00, s03 = s00;
  let s10 = s00, s11 = s00, s12 = s00, s13 = s00;
  let a1 = a + step;
  let b1 = b + step, b2 = b1 + step, b3 = b2 + step;
  const end = a + (<usize>(cols & ~1) << 3);
  while (a < end) {
    const x = v128.load(a), y = v128.load(a1);
    let v = v128.load(b);
    let d = f64x2.sub(x, v), e = f64x2.sub(y, v);
    s00 = madd(d, d, s00); s10 = madd(e, e, s10);
    v = v128.load(b1);
    d = f64x2.sub(x, v); e = f64x2.sub(y, v);
    s01 = madd(d, d, s01); s11 = madd(e, e, s11);
    v = v128.load(b2);
    d = f64x2.sub(x, v); e = f64x2.sub(y, v);
    s02 = madd(d, d, s02); s12 = madd(e, e, s12);
    v = v128.load(b3);
    d = f64x2.sub(x, v); e = f64x2.sub(y, v);
    s03 = madd(d, d, s03); s13 = madd(e, e, s13);
    a += 16; a1 += 16; b += 16; b1 += 16; b2 += 16; b3 += 16;
  }
  store<f64>(out, lanes(s00) + last(a, b, cols));
  store<f64>(out + 8, lanes(s01) + last(a, b1, cols));
  store<f64>(out + 16, lanes(s02) + last(a, b2, cols));
  store<f64>(out + 24, lanes(s03) + last(a, b3, cols));
  out += down;
  store<f64>(out, lanes(s10) + last(a1, b, cols));
  store<f64>(out + 8, lanes(s11) + last(a1, b1, cols));
  store<f64>(out + 16, lanes(s12) + last(a1, b2, cols));
  store<f64>(out + 24, lanes(s13) + last(a1, b3, cols));
}
