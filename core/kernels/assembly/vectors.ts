import { lanes, madd } from './simd';

/** Σ a b over n doubles, in four running sums. */
export function dot(a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let k = 0;
  for (; k + 8 <= n; k += 8) {
    s0 = madd(v128.load(a), v128.load(b), s0);
    s1 = madd(v128.load(a, 16), v128.load(b, 16), s1);
    s2 = madd(v128.load(a, 32), v128.load(b, 32), s2);
    s3 = madd(v128.load(a, 48), v128.load(b, 48), s3);
    a += 64;
    b += 64;
  }
  let sum = lanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; k < n; k++) {
    sum += load<f64>(a) * load<f64>(b);
    a += 8;
    b += 8;
  }
  return sum;
}

/** Σ w a b over n doubles. */
export function weightedDot(w: usize, a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    s0 = madd(f64x2.mul(v128.load(w), v128.load(a)), v128.load(b), s0);
    s1 = madd(f64x2.mul(v128.load(w, 16), v128.load(a, 16)), v128.load(b, 16), s1);
    w += 32;
    a += 32;
    b += 32;
  }
  let sum = lanes(f64x2.add(s0, s1));
  for (; k < n; k++) {
    sum += load<f64>(w) * load<f64>(a) * load<f64>(b);
    w += 8;
    a += 8;
    b += 8;
  }
  return sum;
}

/** y += c x over n doubles. */
export function addScaled(c: f64, x: usize, y: usize, n: i32): void {
  const cc = f64x2.splat(c);
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    v128.store(y, madd(cc, v128.load(x), v128.load(y)));
    v128.store(y, madd(cc, v128.load(x, 16), v128.load(y, 16)), 16);
    x += 32;
    y += 32;
  }
  for (; k < n; k++) {
    store<f64>(y, load<f64>(y) + c * load<f64>(x));
    x += 8;
    y += 8;
  }
}

/** y = c x + d over n doubles; x and y may be the same place. */
export function affine(c: f64, d: f64, x: usize, y: usize, n: i32): void {
  const cc = f64x2.splat(c);
  const dd = f64x2.splat(d);
  let k = 0;
  for (; k + 2 <= n; k += 2) {
    v128.store(y, madd(cc, v128.load(x), dd));
    x += 16;
    y += 16;
  }
  if (k < n) store<f64>(y, c * load<f64>(x) + d);
}

/** z = x ∘ y over n doubles. */
export function multiply(x: usize, y: usize, z: usize, n: i32): void {
  let k = 0;
  for (; k + 2 <= n; k += 2) {
    v128.store(z, f64x2.mul(v128.load(x), v128.load(y)));
    x += 16;
    y += 16;
    z += 16;
  }
  if (k < n) store<f64>(z, load<f64>(x) * load<f64>(y));
}

/**
 * Removes from s (length n) its parts along the first `count` vectors of `basis` (one behind the other, n doubles each),
 * which are orthonormal under the weights w: one modified Gram–Schmidt pass. What counts in the sums are the weighted
 * rows; all rows are changed.
 */
export function orthogonalise(basis: usize, count: i32, w: usize, s: usize, n: i32): void {
  const stride = (<usize>n) << 3;
  for (let j = 0; j < count; j++) {
    addScaled(-weightedDot(w, basis, s, n), basis, s, n);
    basis += stride;
  }
}

/** r −= (p_j · w) r_j for the first `count` vectors p_j of P and r_j of R (n doubles each). */
export function projectOut(p: usize, r: usize, count: i32, w: usize, out: usize, n: i32): void {
  const stride = (<usize>n) << 3;
  for (let j = 0; j < count; j++) {
    addScaled(-dot(p, w, n), r, out, n);
    p += stride;
    r += stride;
  }
}

/** Rows of x (`rows` × `cols`, in place) minus the vector `shift`. */
export function subtractRow(x: usize, rows: i32, cols: i32, shift: usize): void {
  for (let i = 0; i < rows; i++) {
    let s = shift;
    let k = 0;
    for (; k + 2 <= cols; k += 2) {
      v128.store(x, f64x2.sub(v128.load(x), v128.load(s)));
      x += 16;
      s += 16;
    }
    if (k < cols) {
      store<f64>(x, load<f64>(x) - load<f64>(s));
      x += 8;
    }
  }
}

/** out (cols × width, row-major) = transpose of `width` vectors of n doubles, one behind the other; `from` is the first that is there, the rest is zero. */
export function interleave(x: usize, count: i32, n: i32, out: usize, width: i32): void {
  const stride = (<usize>n) << 3;
  const step = (<usize>width) << 3;
  for (let c = 0; c < width; c++) {
    let o = out + ((<usize>c) << 3);
    if (c < count) {
      let a = x + <usize>c * stride;
      for (let k = 0; k < n; k++) {
        store<f64>(o, load<f64>(a));
        a += 8;
        o += step;
      }
    } else {
      for (let k = 0; k < n; k++) {
        store<f64>(o, 0);
        o += step;
      }
    }
  }
}

/** Sum of n doubles. */
export function sum(a: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    s0 = f64x2.add(s0, v128.load(a));
    s1 = f64x2.add(s1, v128.load(a, 16));
    a += 32;
  }
  let total = lanes(f64x2.add(s0, s1));
  for (; k < n; k++) {
    total += load<f64>(a);
    a += 8;
  }
  return total;
}
