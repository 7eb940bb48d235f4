import { madd } from './simd';

/** out_j += Σ_i (x_ij − shift_j), row after row, over the `rows` × `cols` doubles of x. */
export function columnSums(x: usize, rows: i32, cols: i32, shift: usize, out: usize): void {
  const step = <usize>cols << 3;
  const whole = cols & ~1;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let a = x, s = shift, o = out;
    for (let k = 0; k < whole; k += 2) {
      const m = v128.load(s);
      let sum = f64x2.add(v128.load(o), f64x2.sub(v128.load(a), m));
      sum = f64x2.add(sum, f64x2.sub(v128.load(a + step), m));
      sum = f64x2.add(sum, f64x2.sub(v128.load(a + 2 * step), m));
      v128.store(o, f64x2.add(sum, f64x2.sub(v128.load(a + 3 * step), m)));
      a += 16; s += 16; o += 16;
    }
    if (cols & 1)
      for (let r = 0; r < 4; r++, a += step) store<f64>(o, load<f64>(o) + (load<f64>(a) - load<f64>(s)));
    x += 4 * step;
  }
  for (; i < rows; i++) {
    let s = shift, o = out;
    for (let k = 0; k < cols; k++) {
      store<f64>(o, load<f64>(o) + (load<f64>(x) - load<f64>(s)));
      x += 8; s += 8; o += 8;
    }
  }
}

/** out_j += Σ_i (x_ij − shift_j)², row after row. */
export function columnSquares(x: usize, rows: i32, cols: i32, shift: usize, out: usize): void {
  const step = <usize>cols << 3;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let a = x, s = shift, o = out;
    for (let k = 0; k + 2 <= cols; k += 2) {
      v128.store(o, fourSquares(a, step, v128.load(s), v128.load(o)));
      a += 16; s += 16; o += 16;
    }
    if (cols & 1) store<f64>(o, f64x2.extract_lane(oneByOne(a, step, 4, load<f64>(s), load<f64>(o)), 0));
    x += 4 * step;
  }
  const left = rows - i;
  if (left == 0) return;
  let s = shift, o = out;
  for (let k = 0; k < cols; k++) {
    store<f64>(o, f64x2.extract_lane(oneByOne(x, step, left, load<f64>(s), load<f64>(o)), 0));
    x += 8; s += 8; o += 8;
  }
}

/** Squares of two columns in four rows. */
@inline
function fourSquares(a: usize, step: usize, shift: v128, sum: v128): v128 {
  const d0 = f64x2.sub(v128.load(a), shift);
  const d1 = f64x2.sub(v128.load(a + step), shift);
  const d2 = f64x2.sub(v128.load(a + 2 * step), shift);
  const d3 = f64x2.sub(v128.load(a + 3 * step), shift);
  return madd(d3, d3, madd(d2, d2, madd(d1, d1, madd(d0, d0, sum))));
}

/** The same for one column, with the same rounding, so that a column's figure does not depend on its place. */
function oneByOne(a: usize, step: usize, rows: i32, shift: f64, start: f64): v128 {
  let sum = f64x2.splat(start);
  const m = f64x2.splat(shift);
  for (let r = 0; r < rows; r++, a += step) {
    const d = f64x2.sub(v128.load64_splat(a), m);
    sum = madd(d, d, sum);
  }
  return sum;
}

/** Least and greatest value of each column of x and of what `least` and `greatest` hold. NaN in x is passed over. */
export function columnLimits(x: usize, rows: i32, cols: i32, least: usize, greatest: usize): void {
  for (let i = 0; i < rows; i++) {
    let l = least, g = greatest;
    let k = 0;
    for (; k + 2 <= cols; k += 2) {
      const a = v128.load(x);
      v128.store(l, f64x2.pmin(v128.load(l), a));
      v128.store(g, f64x2.pmax(v128.load(g), a));
      x += 16; l += 16; g += 16;
    }
    if (k < cols) {
      const a = load<f64>(x);
      if (a < load<f64>(l)) store<f64>(l, a);
      if (a > load<f64>(g)) store<f64>(g, a);
      x += 8;
    }
  }
}

/** x_ij = (x_ij − shift_j) / scale_j + base, in place, each operation rounded. */
export function standardiseRows(x: usize, rows: i32, cols: i32, shift: usize, scale: usize, base: f64): void {
  const b = f64x2.splat(base);
  for (let i = 0; i < rows; i++) {
    let s = shift, d = scale;
    let k = 0;
    for (; k + 2 <= cols; k += 2) {
      v128.store(x, f64x2.add(f64x2.div(f64x2.sub(v128.load(x), v128.load(s)), v128.load(d)), b));
      x += 16; s += 16; d += 16;
    }
    if (k < cols) {
      store<f64>(x, (load<f64>(x) - load<f64>(s)) / load<f64>(d) + base);
      x += 8;
    }
  }
}
