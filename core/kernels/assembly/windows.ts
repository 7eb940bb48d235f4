import { dot } from './vectors';
import { lanes, madd } from './simd';

/**
 * Moving windows along the rows of x (`rows` × `cols`, in place), whose weights are symmetric or antisymmetric. With the
 * middle weight w₀ and w₁ … w_half to the right of it (`weights`), out[j] = w₀ x[j] + Σ w_k (x[j + k] + sign · x[j − k]). Both
 * sides are joined before they are weighted, so that an antisymmetric window takes off an offset exactly. The channels
 * beyond the ends are those of the same row that `places` numbers (doubles): `half` to the left, then `half` to the right.
 *
 * @param scratch room for cols + 2 half doubles
 */
export function filterRows(
  x: usize,
  rows: i32,
  cols: i32,
  weights: usize,
  half: i32,
  sign: f64,
  places: usize,
  scratch: usize,
): void {
  const step = <usize>cols << 3;
  const inner = scratch + (<usize>half << 3);
  for (let i = 0; i < rows; i++) {
    memory.copy(inner, x, step);
    let left = scratch, right = inner + step, from = places;
    for (let k = 0; k < half; k++) {
      store<f64>(left, load<f64>(x + (<usize>load<f64>(from) << 3)));
      store<f64>(right, load<f64>(x + (<usize>load<f64>(from + inner - scratch) << 3)));
      left += 8;
      right += 8;
      from += 8;
    }
    fold(inner, cols, weights, half, sign, x);
    x += step;
  }
}

/**
 * The same, but the ends of a row (`half` channels each) are sums over its first and its last full window, which `edges`
 * weights: half vectors of 2 half + 1 doubles for the left end, then as many for the right. cols ≥ 2 half + 1.
 *
 * @param scratch room for cols doubles
 */
export function windowRows(
  x: usize,
  rows: i32,
  cols: i32,
  weights: usize,
  half: i32,
  sign: f64,
  edges: usize,
  scratch: usize,
): void {
  const window = 2 * half + 1;
  const step = <usize>cols << 3;
  const width = <usize>window << 3;
  const inner = <usize>half << 3;
  for (let i = 0; i < rows; i++) {
    memory.copy(scratch, x, step);
    fold(scratch + inner, cols - 2 * half, weights, half, sign, x + inner);
    let w = edges;
    for (let k = 0; k < half; k++, w += width) store<f64>(x + (<usize>k << 3), dot(w, scratch, window));
    const end = x + step - inner;
    for (let k = 0; k < half; k++, w += width) store<f64>(end + (<usize>k << 3), dot(w, scratch + step - width, window));
    x += step;
  }
}

/** The sums for `count` channels of one row; the channels that they need lie around them. */
function fold(x: usize, count: i32, weights: usize, half: i32, sign: f64, out: usize): void {
  if (sign > 0) foldBy(true, x, count, weights, half, out);
  else foldBy(false, x, count, weights, half, out);
}

@inline
function join(plus: bool, r: v128, l: v128): v128 {
  return plus ? f64x2.add(r, l) : f64x2.sub(r, l);
}

/**
 * Sixteen channels at a time. Two weights that lie two channels apart go together, since what one needs for a pair of
 * channels, the other needs for the next pair: half as many loads, which are what limits the speed.
 */
@inline
function foldBy(plus: bool, x: usize, count: i32, weights: usize, half: i32, out: usize): void {
  let j = 0;
  for (; j + 16 <= count; j += 16) {
    const w0 = v128.load64_splat(weights);
    let a = f64x2.mul(w0, v128.load(x)), b = f64x2.mul(w0, v128.load(x, 16));
    let c = f64x2.mul(w0, v128.load(x, 32)), d = f64x2.mul(w0, v128.load(x, 48));
    let e = f64x2.mul(w0, v128.load(x, 64)), f = f64x2.mul(w0, v128.load(x, 80));
    let g = f64x2.mul(w0, v128.load(x, 96)), h = f64x2.mul(w0, v128.load(x, 112));
    // Pairs begin at 1, 2, 5, 6, 9 …
    let k = 1;
    for (; k + 2 <= half; k += (k & 3) == 2 ? 3 : 1) {
      const at = <usize>k << 3;
      const y = v128.load64_splat(weights + at), z = v128.load64_splat(weights + at, 16);
      const l = x - at - 16, r = x + at;
      let l0 = v128.load(l), l1 = v128.load(l, 16);
      let r0 = v128.load(r), r1 = v128.load(r, 16);
      a = madd(z, join(plus, r1, l0), madd(y, join(plus, r0, l1), a));
      l0 = v128.load(l, 32); r0 = v128.load(r, 32);
      b = madd(z, join(plus, r0, l1), madd(y, join(plus, r1, l0), b));
      l1 = v128.load(l, 48); r1 = v128.load(r, 48);
      c = madd(z, join(plus, r1, l0), madd(y, join(plus, r0, l1), c));
      l0 = v128.load(l, 64); r0 = v128.load(r, 64);
      d = madd(z, join(plus, r0, l1), madd(y, join(plus, r1, l0), d));
      l1 = v128.load(l, 80); r1 = v128.load(r, 80);
      e = madd(z, join(plus, r1, l0), madd(y, join(plus, r0, l1), e));
      l0 = v128.load(l, 96); r0 = v128.load(r, 96);
      f = madd(z, join(plus, r0, l1), madd(y, join(plus, r1, l0), f));
      l1 = v128.load(l, 112); r1 = v128.load(r, 112);
      g = madd(z, join(plus, r1, l0), madd(y, join(plus, r0, l1), g));
      l0 = v128.load(l, 128); r0 = v128.load(r, 128);
      h = madd(z, join(plus, r0, l1), madd(y, join(plus, r1, l0), h));
    }
    for (const last = (k & 3) == 2 ? k : half; k <= last; k++) {
      const at = <usize>k << 3;
      const y = v128.load64_splat(weights + at);
      const l = x - at, r = x + at;
      a = madd(y, join(plus, v128.load(r), v128.load(l)), a);
      b = madd(y, join(plus, v128.load(r, 16), v128.load(l, 16)), b);
      c = madd(y, join(plus, v128.load(r, 32), v128.load(l, 32)), c);
      d = madd(y, join(plus, v128.load(r, 48), v128.load(l, 48)), d);
      e = madd(y, join(plus, v128.load(r, 64), v128.load(l, 64)), e);
      f = madd(y, join(plus, v128.load(r, 80), v128.load(l, 80)), f);
      g = madd(y, join(plus, v128.load(r, 96), v128.load(l, 96)), g);
      h = madd(y, join(plus, v128.load(r, 112), v128.load(l, 112)), h);
    }
    v128.store(out, a); v128.store(out, b, 16); v128.store(out, c, 32); v128.store(out, d, 48);
    v128.store(out, e, 64); v128.store(out, f, 80); v128.store(out, g, 96); v128.store(out, h, 112);
    x += 128;
    out += 128;
  }
  for (; j < count; j++) {
    let sum = f64x2.mul(v128.load64_zero(weights), v128.load64_zero(x));
    let w = weights;
    let l = x, r = x;
    for (let k = 0; k < half; k++) {
      w += 8;
      l -= 8;
      r += 8;
      sum = madd(v128.load64_zero(w), join(plus, v128.load64_zero(r), v128.load64_zero(l)), sum);
    }
    store<f64>(out, f64x2.extract_lane(sum, 0));
    x += 8;
    out += 8;
  }
}

/**
 * Each channel of the rows of x minus the mean of the 2 half + 1 channels around it, divided by their standard deviation
 * (their number as divisor), in place; where that is no more than `flat` times their largest absolute value, only the
 * mean is taken off. `ends` holds, for each row, what stands beyond its ends: `half` doubles for the left, then as many
 * for the right.
 *
 * @param scratch room for cols + 2 half doubles
 */
export function standardiseWindows(x: usize, rows: i32, cols: i32, half: i32, flat: f64, ends: usize, scratch: usize): void {
  const step = <usize>cols << 3;
  const reach = <usize>half << 3;
  const width = 2 * half + 1;
  for (let i = 0; i < rows; i++) {
    memory.copy(scratch, ends, reach);
    memory.copy(scratch + reach, x, step);
    memory.copy(scratch + reach + step, ends + reach, reach);
    ends += 2 * reach;
    let from = scratch;
    let j = 0;
    for (; j + 4 <= cols; j += 4) {
      fourWindows(from, width, flat, x);
      from += 32;
      x += 32;
    }
    for (; j < cols; j++) {
      store<f64>(x, oneWindow(from, width, flat));
      from += 8;
      x += 8;
    }
  }
}

/** Windows that begin at four neighbouring channels. */
function fourWindows(from: usize, width: i32, flat: f64, out: usize): void {
  const end = from + (<usize>width << 3);
  let s0 = f64x2.splat(0), s1 = s0;
  let l0 = s0, l1 = s0;
  for (let p = from; p < end; p += 8) {
    const a = v128.load(p), b = v128.load(p, 16);
    s0 = f64x2.add(s0, a); s1 = f64x2.add(s1, b);
    l0 = f64x2.pmax(l0, f64x2.abs(a)); l1 = f64x2.pmax(l1, f64x2.abs(b));
  }
  const n = f64x2.splat(<f64>width);
  const m0 = f64x2.div(s0, n), m1 = f64x2.div(s1, n);
  let q0 = f64x2.splat(0), q1 = q0;
  for (let p = from; p < end; p += 8) {
    const a = f64x2.sub(v128.load(p), m0), b = f64x2.sub(v128.load(p, 16), m1);
    q0 = madd(a, a, q0); q1 = madd(b, b, q1);
  }
  const middle = from + (<usize>(width >> 1) << 3);
  v128.store(out, standardised(v128.load(middle), m0, f64x2.div(q0, n), l0, flat));
  v128.store(out, standardised(v128.load(middle, 16), m1, f64x2.div(q1, n), l1, flat), 16);
}

@inline
function standardised(x: v128, mean: v128, variance: v128, largest: v128, flat: f64): v128 {
  const deviation = f64x2.sqrt(variance);
  const level = f64x2.le(deviation, f64x2.mul(f64x2.splat(flat), largest));
  return f64x2.div(f64x2.sub(x, mean), v128.bitselect(f64x2.splat(1), deviation, level));
}

/** The same for one window, with the same rounding. */
function oneWindow(from: usize, width: i32, flat: f64): f64 {
  let sum = f64x2.splat(0), largest = sum, squares = sum;
  const end = from + (<usize>width << 3);
  for (let p = from; p < end; p += 8) {
    const a = v128.load64_zero(p);
    sum = f64x2.add(sum, a);
    largest = f64x2.pmax(largest, f64x2.abs(a));
  }
  const n = f64x2.splat(<f64>width);
  const mean = f64x2.div(sum, n);
  for (let p = from; p < end; p += 8) {
    const a = f64x2.sub(v128.load64_zero(p), mean);
    squares = madd(a, a, squares);
  }
  const middle = v128.load64_zero(from + (<usize>(width >> 1) << 3));
  return f64x2.extract_lane(standardised(middle, mean, f64x2.div(squares, n), largest, flat), 0);
}
