import { madd } from './simd';

/**
 * The Gram matrix of y_i = a_i x_i + α_i c + β_i 1 from that of x (n × n): with m_i = x_i'c, s_i = x_i'1 and, for each
 * row, A_i = y_i'c and B_i = y_i'1,
 *
 *   out[i, j] = a_j (a_i G[i, j] + α_i m_j + β_i s_j) + α_j A_i + β_j B_i.
 *
 * Rows `from` … `to`; the vectors have length n.
 */
export function derive(
  g: usize,
  n: i32,
  from: i32,
  to: i32,
  a: usize,
  alpha: usize,
  beta: usize,
  m: usize,
  s: usize,
  rowA: usize,
  rowB: usize,
  out: usize,
): void {
  const pairs = (<usize>n & ~1) << 3;
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    const row = (<usize>i * n) << 3;
    const ai = load<f64>(a + at), li = load<f64>(alpha + at), bi = load<f64>(beta + at);
    const ra = load<f64>(rowA + at), rb = load<f64>(rowB + at);
    const va = f64x2.splat(ai), vl = f64x2.splat(li), vb = f64x2.splat(bi);
    const wa = f64x2.splat(ra), wb = f64x2.splat(rb);
    for (let j: usize = 0; j < pairs; j += 16) {
      let sum = f64x2.mul(va, v128.load(g + row + j));
      sum = madd(vl, v128.load(m + j), sum);
      sum = madd(vb, v128.load(s + j), sum);
      sum = f64x2.mul(v128.load(a + j), sum);
      sum = madd(v128.load(alpha + j), wa, sum);
      v128.store(out + row + j, madd(v128.load(beta + j), wb, sum));
    }
    if (n & 1) {
      const j = pairs;
      const sum = ai * load<f64>(g + row + j) + li * load<f64>(m + j) + bi * load<f64>(s + j);
      store<f64>(out + row + j, load<f64>(a + j) * sum + load<f64>(alpha + j) * ra + load<f64>(beta + j) * rb);
    }
  }
}
