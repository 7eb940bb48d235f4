import { lanes, madd } from './simd';

/**
 * t = X r and p += X't in one pass over the rows (ldx doubles apart): what one component of PLS needs of the spectra. Four
 * rows are read for their scores and again, still in the first-level cache, for the loading. A score is summed over two
 * interleaved halves of the channels; the loading row by row, so that blocks of four rows may be passed one by one.
 */
export function scoreAndLoading(x: usize, ldx: i32, rows: i32, cols: i32, r: usize, t: usize, p: usize): void {
  const step = <usize>ldx << 3;
  const pairs = (<usize>cols & ~1) << 3;
  const odd = cols & 1;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const x1 = x + step, x2 = x1 + step, x3 = x2 + step;
    let a = f64x2.splat(0), b = a, c = a, d = a;
    for (let j: usize = 0; j < pairs; j += 16) {
      const v = v128.load(r + j);
      a = madd(v128.load(x + j), v, a);
      b = madd(v128.load(x1 + j), v, b);
      c = madd(v128.load(x2 + j), v, c);
      d = madd(v128.load(x3 + j), v, d);
    }
    let ta = lanes(a), tb = lanes(b), tc = lanes(c), td = lanes(d);
    if (odd) {
      const v = load<f64>(r + pairs);
      ta += load<f64>(x + pairs) * v;
      tb += load<f64>(x1 + pairs) * v;
      tc += load<f64>(x2 + pairs) * v;
      td += load<f64>(x3 + pairs) * v;
    }
    store<f64>(t, ta);
    store<f64>(t, tb, 8);
    store<f64>(t, tc, 16);
    store<f64>(t, td, 24);
    const sa = f64x2.splat(ta), sb = f64x2.splat(tb), sc = f64x2.splat(tc), sd = f64x2.splat(td);
    for (let j: usize = 0; j < pairs; j += 16) {
      let sum = v128.load(p + j);
      sum = madd(v128.load(x + j), sa, sum);
      sum = madd(v128.load(x1 + j), sb, sum);
      sum = madd(v128.load(x2 + j), sc, sum);
      sum = madd(v128.load(x3 + j), sd, sum);
      v128.store(p + j, sum);
    }
    if (odd)
      store<f64>(
        p + pairs,
        load<f64>(p + pairs) +
          load<f64>(x + pairs) * ta +
          load<f64>(x1 + pairs) * tb +
          load<f64>(x2 + pairs) * tc +
          load<f64>(x3 + pairs) * td,
      );
    x = x3 + step;
    t += 32;
  }
  for (; i < rows; i++) {
    let a = f64x2.splat(0);
    for (let j: usize = 0; j < pairs; j += 16) a = madd(v128.load(x + j), v128.load(r + j), a);
    let ta = lanes(a);
    if (odd) ta += load<f64>(x + pairs) * load<f64>(r + pairs);
    store<f64>(t, ta);
    const sa = f64x2.splat(ta);
    for (let j: usize = 0; j < pairs; j += 16) v128.store(p + j, madd(v128.load(x + j), sa, v128.load(p + j)));
    if (odd) store<f64>(p + pairs, load<f64>(p + pairs) + load<f64>(x + pairs) * ta);
    x += step;
    t += 8;
  }
}
