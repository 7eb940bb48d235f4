import { addScaled, dot } from './vectors';
import { lanes, madd } from './simd';

/** For each row of x (`rows` × `cols`): its mean, Σ (x − mean)² and its largest absolute value, three doubles to `out`. */
export function rowMoments(x: usize, rows: i32, cols: i32, out: usize): void {
  const whole = cols & ~3;
  const pairs = <usize>whole << 3;
  for (let i = 0; i < rows; i++) {
    const end = x + pairs;
    let s0 = f64x2.splat(0), s1 = s0;
    let p = x;
    while (p < end) {
      s0 = f64x2.add(s0, v128.load(p));
      s1 = f64x2.add(s1, v128.load(p, 16));
      p += 32;
    }
    let sum = lanes(f64x2.add(s0, s1));
    for (let k = whole; k < cols; k++, p += 8) sum += load<f64>(p);
    const first = sum / <f64>cols;
    // The deviations from the rounded mean add up to its error: it corrects both the mean and the squares.
    const m = f64x2.splat(first);
    let r0 = f64x2.splat(0), r1 = r0, q0 = r0, q1 = r0, l0 = r0, l1 = r0;
    p = x;
    while (p < end) {
      const a = v128.load(p), b = v128.load(p, 16);
      l0 = f64x2.pmax(l0, f64x2.abs(a)); l1 = f64x2.pmax(l1, f64x2.abs(b));
      const da = f64x2.sub(a, m), db = f64x2.sub(b, m);
      r0 = f64x2.add(r0, da); r1 = f64x2.add(r1, db);
      q0 = madd(da, da, q0); q1 = madd(db, db, q1);
      p += 32;
    }
    let rest = lanes(f64x2.add(r0, r1));
    let squares = lanes(f64x2.add(q0, q1));
    l0 = f64x2.pmax(l0, l1);
    let largest = max(f64x2.extract_lane(l0, 0), f64x2.extract_lane(l0, 1));
    for (let k = whole; k < cols; k++, p += 8) {
      const a = load<f64>(p), d = a - first;
      largest = max(largest, abs(a));
      rest += d;
      squares += d * d;
    }
    const correction = rest / <f64>cols;
    // A row that holds an infinity keeps the mean that its sum gives.
    store<f64>(out, correction == correction ? first + correction : first);
    store<f64>(out + 8, squares - rest * correction);
    store<f64>(out + 16, largest);
    out += 24;
    x += <usize>cols << 3;
  }
}

/**
 * For each row of x: Σ x, Σ |x|, its least and its greatest value, four doubles to `out`. NaN is in both sums; the least and
 * the greatest value pass over it.
 */
export function rowSizes(x: usize, rows: i32, cols: i32, out: usize): void {
  const whole = cols & ~3;
  for (let i = 0; i < rows; i++) {
    const end = x + (<usize>whole << 3);
    let s0 = f64x2.splat(0), s1 = s0, t0 = s0, t1 = s0;
    let low0 = f64x2.splat(Infinity), low1 = low0, high0 = f64x2.splat(-Infinity), high1 = high0;
    while (x < end) {
      const a = v128.load(x), b = v128.load(x, 16);
      s0 = f64x2.add(s0, a); s1 = f64x2.add(s1, b);
      t0 = f64x2.add(t0, f64x2.abs(a)); t1 = f64x2.add(t1, f64x2.abs(b));
      low0 = f64x2.pmin(low0, a); low1 = f64x2.pmin(low1, b);
      high0 = f64x2.pmax(high0, a); high1 = f64x2.pmax(high1, b);
      x += 32;
    }
    low0 = f64x2.pmin(low0, low1);
    high0 = f64x2.pmax(high0, high1);
    let sum = lanes(f64x2.add(s0, s1)), sizes = lanes(f64x2.add(t0, t1));
    let least = min(f64x2.extract_lane(low0, 0), f64x2.extract_lane(low0, 1));
    let greatest = max(f64x2.extract_lane(high0, 0), f64x2.extract_lane(high0, 1));
    for (let k = whole; k < cols; k++, x += 8) {
      const a = load<f64>(x);
      sum += a;
      sizes += abs(a);
      if (a < least) least = a;
      if (a > greatest) greatest = a;
    }
    store<f64>(out, sum);
    store<f64>(out + 8, sizes);
    store<f64>(out + 16, least);
    store<f64>(out + 24, greatest);
    out += 32;
  }
}

/** For each row of x: Σ x and Σ x v, two doubles to `out`. */
export function rowProducts(x: usize, rows: i32, cols: i32, v: usize, out: usize): void {
  const whole = cols & ~3;
  for (let i = 0; i < rows; i++) {
    const end = x + (<usize>whole << 3);
    let s0 = f64x2.splat(0), s1 = s0, t0 = s0, t1 = s0;
    let w = v;
    while (x < end) {
      const a = v128.load(x), b = v128.load(x, 16);
      s0 = f64x2.add(s0, a); s1 = f64x2.add(s1, b);
      t0 = madd(a, v128.load(w), t0); t1 = madd(b, v128.load(w, 16), t1);
      x += 32;
      w += 32;
    }
    let sum = lanes(f64x2.add(s0, s1)), product = lanes(f64x2.add(t0, t1));
    for (let k = whole; k < cols; k++) {
      sum += load<f64>(x);
      product += load<f64>(x) * load<f64>(w);
      x += 8;
      w += 8;
    }
    store<f64>(out, sum);
    store<f64>(out + 8, product);
    out += 16;
  }
}

/**
 * x = (x − shift) · factor, in place; `by` holds shift and factor of each row. Twice as fast as the division, and a rounding
 * less exact.
 */
export function shiftScaleRows(x: usize, rows: i32, cols: i32, by: usize): void {
  for (let i = 0; i < rows; i++) {
    const shift = load<f64>(by), factor = load<f64>(by, 8);
    const a = f64x2.splat(shift), b = f64x2.splat(factor);
    const end = x + (<usize>(cols & ~1) << 3);
    while (x < end) {
      v128.store(x, f64x2.mul(f64x2.sub(v128.load(x), a), b));
      x += 16;
    }
    if (cols & 1) {
      store<f64>(x, (load<f64>(x) - shift) * factor);
      x += 8;
    }
    by += 16;
  }
}

/** x = (x − shift) / divisor, in place, with the rounding of one division; `by` holds shift and divisor of each row. */
export function shiftDivideRows(x: usize, rows: i32, cols: i32, by: usize): void {
  for (let i = 0; i < rows; i++) {
    const shift = load<f64>(by), divisor = load<f64>(by, 8);
    const a = f64x2.splat(shift), b = f64x2.splat(divisor);
    const end = x + (<usize>(cols & ~1) << 3);
    while (x < end) {
      v128.store(x, f64x2.div(f64x2.sub(v128.load(x), a), b));
      x += 16;
    }
    if (cols & 1) {
      store<f64>(x, (load<f64>(x) - shift) / divisor);
      x += 8;
    }
    by += 16;
  }
}

/** Rows of x minus their parts along `count` orthonormal vectors (`cols` doubles each), one after the other, in place. */
export function projectRows(x: usize, rows: i32, cols: i32, basis: usize, count: i32): void {
  const step = <usize>cols << 3;
  for (let i = 0; i < rows; i++) {
    let b = basis;
    for (let c = 0; c < count; c++) {
      addScaled(-dot(b, x, cols), b, x, cols);
      b += step;
    }
    x += step;
  }
}

/** Row i of x plus factors[i · stride] · v, in place. */
export function addToRows(x: usize, rows: i32, cols: i32, factors: usize, stride: i32, v: usize): void {
  for (let i = 0; i < rows; i++) {
    addScaled(load<f64>(factors), v, x, cols);
    factors += <usize>stride << 3;
    x += <usize>cols << 3;
  }
}
