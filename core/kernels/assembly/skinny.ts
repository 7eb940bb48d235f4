import { madd } from './simd';

/**
 * out[c · ldOut + i] = Σ_j x[i, j] u[j, c]: a matrix of `rows` rows (ldx doubles apart, `cols` used) times a narrow one
 * (cols × width, row-major, width even). Every sum runs over j in order, whatever the width, so a column's result does
 * not depend on the columns beside it.
 */
export function forward(
  x: usize,
  ldx: i32,
  rows: i32,
  cols: i32,
  u: usize,
  width: i32,
  out: usize,
  ldOut: i32,
): void {
  let c = 0;
  for (; c + 6 <= width; c += 6) forward6(x, ldx, rows, cols, u + (<usize>c << 3), width, out + ((<usize>c * ldOut) << 3), ldOut);
  for (; c + 4 <= width; c += 4) forward4(x, ldx, rows, cols, u + (<usize>c << 3), width, out + ((<usize>c * ldOut) << 3), ldOut);
  for (; c < width; c += 2) forward2(x, ldx, rows, cols, u + (<usize>c << 3), width, out + ((<usize>c * ldOut) << 3), ldOut);
}

@inline
function put(out: usize, ld: usize, c: usize, acc: v128): void {
  store<f64>(out + c * ld, f64x2.extract_lane(acc, 0));
  store<f64>(out + (c + 1) * ld, f64x2.extract_lane(acc, 1));
}

/** Four rows and six columns at once: twelve sums. */
function forward6(x: usize, ldx: i32, rows: i32, cols: i32, u: usize, width: i32, out: usize, ldOut: i32): void {
  const step = <usize>ldx << 3;
  const uStep = <usize>width << 3;
  const ld = <usize>ldOut << 3;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0, b0 = a0, b1 = a0, b2 = a0;
    let c0 = a0, c1 = a0, c2 = a0, d0 = a0, d1 = a0, d2 = a0;
    let xp = x;
    const end = x + (<usize>cols << 3);
    let up = u;
    const x1 = step, x2 = step * 2, x3 = step * 3;
    while (xp < end) {
      const u0 = v128.load(up), u1 = v128.load(up, 16), u2 = v128.load(up, 32);
      const xa = v128.load64_splat(xp);
      a0 = madd(xa, u0, a0); a1 = madd(xa, u1, a1); a2 = madd(xa, u2, a2);
      const xb = v128.load64_splat(xp + x1);
      b0 = madd(xb, u0, b0); b1 = madd(xb, u1, b1); b2 = madd(xb, u2, b2);
      const xc = v128.load64_splat(xp + x2);
      c0 = madd(xc, u0, c0); c1 = madd(xc, u1, c1); c2 = madd(xc, u2, c2);
      const xd = v128.load64_splat(xp + x3);
      d0 = madd(xd, u0, d0); d1 = madd(xd, u1, d1); d2 = madd(xd, u2, d2);
      xp += 8;
      up += uStep;
    }
    put(out, ld, 0, a0); put(out, ld, 2, a1); put(out, ld, 4, a2);
    put(out + 8, ld, 0, b0); put(out + 8, ld, 2, b1); put(out + 8, ld, 4, b2);
    put(out + 16, ld, 0, c0); put(out + 16, ld, 2, c1); put(out + 16, ld, 4, c2);
    put(out + 24, ld, 0, d0); put(out + 24, ld, 2, d1); put(out + 24, ld, 4, d2);
    x += step * 4;
    out += 32;
  }
  for (; i < rows; i++) {
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0;
    let xp = x;
    const end = x + (<usize>cols << 3);
    let up = u;
    while (xp < end) {
      const xa = v128.load64_splat(xp);
      a0 = madd(xa, v128.load(up), a0); a1 = madd(xa, v128.load(up, 16), a1); a2 = madd(xa, v128.load(up, 32), a2);
      xp += 8;
      up += uStep;
    }
    put(out, ld, 0, a0); put(out, ld, 2, a1); put(out, ld, 4, a2);
    x += step;
    out += 8;
  }
}

/** Four rows and four columns at once: eight sums. */
function forward4(x: usize, ldx: i32, rows: i32, cols: i32, u: usize, width: i32, out: usize, ldOut: i32): void {
  const step = <usize>ldx << 3;
  const uStep = <usize>width << 3;
  const ld = <usize>ldOut << 3;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    let xp = x;
    const end = x + (<usize>cols << 3);
    let up = u;
    const x1 = step, x2 = step * 2, x3 = step * 3;
    while (xp < end) {
      const u0 = v128.load(up), u1 = v128.load(up, 16);
      const xa = v128.load64_splat(xp);
      a0 = madd(xa, u0, a0); a1 = madd(xa, u1, a1);
      const xb = v128.load64_splat(xp + x1);
      b0 = madd(xb, u0, b0); b1 = madd(xb, u1, b1);
      const xc = v128.load64_splat(xp + x2);
      c0 = madd(xc, u0, c0); c1 = madd(xc, u1, c1);
      const xd = v128.load64_splat(xp + x3);
      d0 = madd(xd, u0, d0); d1 = madd(xd, u1, d1);
      xp += 8;
      up += uStep;
    }
    put(out, ld, 0, a0); put(out, ld, 2, a1);
    put(out + 8, ld, 0, b0); put(out + 8, ld, 2, b1);
    put(out + 16, ld, 0, c0); put(out + 16, ld, 2, c1);
    put(out + 24, ld, 0, d0); put(out + 24, ld, 2, d1);
    x += step * 4;
    out += 32;
  }
  for (; i < rows; i++) {
    let a0 = f64x2.splat(0), a1 = a0;
    let xp = x;
    const end = x + (<usize>cols << 3);
    let up = u;
    while (xp < end) {
      const xa = v128.load64_splat(xp);
      a0 = madd(xa, v128.load(up), a0); a1 = madd(xa, v128.load(up, 16), a1);
      xp += 8;
      up += uStep;
    }
    put(out, ld, 0, a0); put(out, ld, 2, a1);
    x += step;
    out += 8;
  }
}

/** Four rows and two columns at once: four sums. */
function forward2(x: usize, ldx: i32, rows: i32, cols: i32, u: usize, width: i32, out: usize, ldOut: i32): void {
  const step = <usize>ldx << 3;
  const uStep = <usize>width << 3;
  const ld = <usize>ldOut << 3;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let a0 = f64x2.splat(0), b0 = a0, c0 = a0, d0 = a0;
    let xp = x;
    const end = x + (<usize>cols << 3);
    let up = u;
    const x1 = step, x2 = step * 2, x3 = step * 3;
    while (xp < end) {
      const u0 = v128.load(up);
      a0 = madd(v128.load64_splat(xp), u0, a0);
      b0 = madd(v128.load64_splat(xp + x1), u0, b0);
      c0 = madd(v128.load64_splat(xp + x2), u0, c0);
      d0 = madd(v128.load64_splat(xp + x3), u0, d0);
      xp += 8;
      up += uStep;
    }
    put(out, ld, 0, a0);
    put(out + 8, ld, 0, b0);
    put(out + 16, ld, 0, c0);
    put(out + 24, ld, 0, d0);
    x += step * 4;
    out += 32;
  }
  for (; i < rows; i++) {
    let a0 = f64x2.splat(0);
    let xp = x;
    const end = x + (<usize>cols << 3);
    let up = u;
    while (xp < end) {
      a0 = madd(v128.load64_splat(xp), v128.load(up), a0);
      xp += 8;
      up += uStep;
    }
    put(out, ld, 0, a0);
    x += step;
    out += 8;
  }
}

/**
 * p[c · ldP + j] += Σ_i x[i, j] t[c · ldT + i] for `count` columns: the transposed matrix times a narrow one, added to
 * what stands there. Rows are taken in order in blocks of at most 32, whatever the number of columns.
 */
export function backward(
  x: usize,
  ldx: i32,
  rows: i32,
  cols: i32,
  t: usize,
  ldT: i32,
  count: i32,
  p: usize,
  ldP: i32,
): void {
  const step = <usize>ldx << 3;
  const tStep = <usize>ldT << 3;
  const pStep = <usize>ldP << 3;
  for (let from = 0; from < rows; from += 32) {
    const block = min(32, rows - from);
    const xb = x + <usize>from * step;
    const tb = t + (<usize>from << 3);
    let c = 0;
    for (; c + 3 <= count; c += 3) backward3(xb, step, block, cols, tb + <usize>c * tStep, tStep, p + <usize>c * pStep, pStep);
    for (; c < count; c++) backward1(xb, step, block, cols, tb + <usize>c * tStep, p + <usize>c * pStep);
  }
}

/** Three columns and eight channels at once: twelve sums. */
function backward3(x: usize, step: usize, rows: i32, cols: i32, t: usize, tStep: usize, p: usize, pStep: usize): void {
  const end = t + (<usize>rows << 3);
  let j = 0;
  for (; j + 8 <= cols; j += 8) {
    const q = p + pStep, r = q + pStep;
    let a0 = v128.load(p), a1 = v128.load(p, 16), a2 = v128.load(p, 32), a3 = v128.load(p, 48);
    let b0 = v128.load(q), b1 = v128.load(q, 16), b2 = v128.load(q, 32), b3 = v128.load(q, 48);
    let c0 = v128.load(r), c1 = v128.load(r, 16), c2 = v128.load(r, 32), c3 = v128.load(r, 48);
    let xp = x;
    let tp = t;
    while (tp < end) {
      const ta = v128.load64_splat(tp);
      const tb = v128.load64_splat(tp + tStep);
      const tc = v128.load64_splat(tp + tStep * 2);
      const x0 = v128.load(xp);
      a0 = madd(x0, ta, a0); b0 = madd(x0, tb, b0); c0 = madd(x0, tc, c0);
      const x1 = v128.load(xp, 16);
      a1 = madd(x1, ta, a1); b1 = madd(x1, tb, b1); c1 = madd(x1, tc, c1);
      const x2 = v128.load(xp, 32);
      a2 = madd(x2, ta, a2); b2 = madd(x2, tb, b2); c2 = madd(x2, tc, c2);
      const x3 = v128.load(xp, 48);
      a3 = madd(x3, ta, a3); b3 = madd(x3, tb, b3); c3 = madd(x3, tc, c3);
      xp += step;
      tp += 8;
    }
    v128.store(p, a0); v128.store(p, a1, 16); v128.store(p, a2, 32); v128.store(p, a3, 48);
    v128.store(q, b0); v128.store(q, b1, 16); v128.store(q, b2, 32); v128.store(q, b3, 48);
    v128.store(r, c0); v128.store(r, c1, 16); v128.store(r, c2, 32); v128.store(r, c3, 48);
    p += 64;
    x += 64;
  }
  rest(x, step, rows, cols - j, t, p);
  rest(x, step, rows, cols - j, t + tStep, p + pStep);
  rest(x, step, rows, cols - j, t + tStep * 2, p + pStep * 2);
}

/** One column and eight channels at once. */
function backward1(x: usize, step: usize, rows: i32, cols: i32, t: usize, p: usize): void {
  const end = t + (<usize>rows << 3);
  let j = 0;
  for (; j + 8 <= cols; j += 8) {
    let a0 = v128.load(p), a1 = v128.load(p, 16), a2 = v128.load(p, 32), a3 = v128.load(p, 48);
    let xp = x;
    let tp = t;
    while (tp < end) {
      const ta = v128.load64_splat(tp);
      a0 = madd(v128.load(xp), ta, a0);
      a1 = madd(v128.load(xp, 16), ta, a1);
      a2 = madd(v128.load(xp, 32), ta, a2);
      a3 = madd(v128.load(xp, 48), ta, a3);
      xp += step;
      tp += 8;
    }
    v128.store(p, a0); v128.store(p, a1, 16); v128.store(p, a2, 32); v128.store(p, a3, 48);
    p += 64;
    x += 64;
  }
  rest(x, step, rows, cols - j, t, p);
}

/** Fewer than eight channels, one by one, with the same multiply-add as the others. */
function rest(x: usize, step: usize, rows: i32, cols: i32, t: usize, p: usize): void {
  for (let j = 0; j < cols; j++) {
    let sum = v128.load64_zero(p);
    let xp = x;
    let tp = t;
    for (let i = 0; i < rows; i++) {
      sum = madd(v128.load64_zero(xp), v128.load64_zero(tp), sum);
      xp += step;
      tp += 8;
    }
    store<f64>(p, f64x2.extract_lane(sum, 0));
    p += 8;
    x += 8;
  }
}

/** out[j] += Σ_i w[i] (x[i, j] − mean[j])²: squared deviations of the columns from given means, in order of the rows. */
export function squaresAbout(x: usize, ldx: i32, rows: i32, cols: i32, w: usize, mean: usize, out: usize): void {
  const step = <usize>ldx << 3;
  let j = 0;
  for (; j + 4 <= cols; j += 4) {
    const m0 = v128.load(mean), m1 = v128.load(mean, 16);
    let s0 = v128.load(out), s1 = v128.load(out, 16);
    let xp = x;
    let wp = w;
    for (let i = 0; i < rows; i++) {
      const weight = v128.load64_splat(wp);
      const d0 = f64x2.sub(v128.load(xp), m0), d1 = f64x2.sub(v128.load(xp, 16), m1);
      s0 = madd(f64x2.mul(weight, d0), d0, s0);
      s1 = madd(f64x2.mul(weight, d1), d1, s1);
      xp += step;
      wp += 8;
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    x += 32;
    mean += 32;
    out += 32;
  }
  for (; j < cols; j++) {
    const m = load<f64>(mean);
    let s = load<f64>(out);
    let xp = x;
    let wp = w;
    for (let i = 0; i < rows; i++) {
      const d = load<f64>(xp) - m;
      s += load<f64>(wp) * d * d;
      xp += step;
      wp += 8;
    }
    store<f64>(out, s);
    x += 8;
    mean += 8;
    out += 8;
  }
}
