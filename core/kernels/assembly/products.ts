import { madd } from './simd';

/** Depth of a packed block. */
const DEPTH: i32 = 256;

/**
 * One tile of C = A B' (A and B with `depth` columns): rows a0 … a0 + an of A (lda doubles apart) against rows
 * b0 … b0 + bn of B. `byColumns`: A and B are read transposed, that is C = A' B over columns a0 … and b0 …
 * Sums run over the depth in order in blocks of 256, so a tile's numbers do not depend on which thread makes it.
 *
 * @param a first element of A; `b` of B (the same for a symmetric product)
 * @param c element (0, 0) of C, ldc doubles a row
 * @param scratch room for packed blocks: (96 + 96) × 256 doubles
 */
export function tile(
  a: usize,
  lda: i32,
  b: usize,
  ldb: i32,
  depth: i32,
  a0: i32,
  an: i32,
  b0: i32,
  bn: i32,
  byColumns: bool,
  c: usize,
  ldc: i32,
  scratch: usize,
): void {
  const packedA = scratch;
  const packedB = scratch + ((<usize>DEPTH * 96) << 3);
  for (let from = 0; from < depth; from += DEPTH) {
    const deep = min(DEPTH, depth - from);
    if (byColumns) {
      packColumns(a, lda, from, deep, a0, an, 6, packedA);
      packColumns(b, ldb, from, deep, b0, bn, 4, packedB);
    } else {
      packRows(a, lda, from, deep, a0, an, 6, packedA);
      packRows(b, ldb, from, deep, b0, bn, 4, packedB);
    }
    const first = from == 0;
    for (let j = 0; j < bn; j += 4) {
      const bp = packedB + ((<usize>j * deep) << 3);
      for (let i = 0; i < an; i += 6) {
        const ap = packedA + ((<usize>i * deep) << 3);
        micro(ap, bp, deep, c + ((<usize>(a0 + i) * ldc + (b0 + j)) << 3), ldc, min(6, an - i), min(4, bn - j), first);
      }
    }
  }
}

/** Groups of `width` rows side by side: for each k the group's values, zeros where the matrix ends. */
function packRows(a: usize, lda: i32, from: i32, deep: i32, row: i32, rows: i32, width: i32, out: usize): void {
  const step = <usize>width << 3;
  for (let i = 0; i < rows; i += width) {
    for (let r = 0; r < width; r++) {
      let o = out + (<usize>r << 3);
      if (i + r < rows) {
        let p = a + ((<usize>(row + i + r) * lda + from) << 3);
        for (let k = 0; k < deep; k++) {
          store<f64>(o, load<f64>(p));
          p += 8;
          o += step;
        }
      } else {
        for (let k = 0; k < deep; k++) {
          store<f64>(o, 0);
          o += step;
        }
      }
    }
    out += step * deep;
  }
}

/** The same for columns of a matrix that is read transposed. */
function packColumns(a: usize, lda: i32, from: i32, deep: i32, column: i32, columns: i32, width: i32, out: usize): void {
  const stride = <usize>lda << 3;
  for (let i = 0; i < columns; i += width) {
    const there = min(width, columns - i);
    let p = a + ((<usize>from * lda + (column + i)) << 3);
    for (let k = 0; k < deep; k++) {
      for (let r = 0; r < there; r++) store<f64>(out + (<usize>r << 3), load<f64>(p + (<usize>r << 3)));
      for (let r = there; r < width; r++) store<f64>(out + (<usize>r << 3), 0);
      out += <usize>width << 3;
      p += stride;
    }
  }
}

/** Six rows against four: twelve sums of two. */
function micro(a: usize, b: usize, deep: i32, c: usize, ldc: i32, rows: i32, cols: i32, first: bool): void {
  let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0;
  let d0 = a0, d1 = a0, e0 = a0, e1 = a0, f0 = a0, f1 = a0;
  const end = b + (<usize>deep << 5);
  while (b < end) {
    const y0 = v128.load(b), y1 = v128.load(b, 16);
    const x0 = v128.load64_splat(a);
    a0 = madd(x0, y0, a0); a1 = madd(x0, y1, a1);
    const x1 = v128.load64_splat(a, 8);
    b0 = madd(x1, y0, b0); b1 = madd(x1, y1, b1);
    const x2 = v128.load64_splat(a, 16);
    c0 = madd(x2, y0, c0); c1 = madd(x2, y1, c1);
    const x3 = v128.load64_splat(a, 24);
    d0 = madd(x3, y0, d0); d1 = madd(x3, y1, d1);
    const x4 = v128.load64_splat(a, 32);
    e0 = madd(x4, y0, e0); e1 = madd(x4, y1, e1);
    const x5 = v128.load64_splat(a, 40);
    f0 = madd(x5, y0, f0); f1 = madd(x5, y1, f1);
    a += 48;
    b += 32;
  }
  const step = <usize>ldc << 3;
  putRow(c, a0, a1, cols, first);
  if (rows > 1) putRow(c + step, b0, b1, cols, first);
  if (rows > 2) putRow(c + step * 2, c0, c1, cols, first);
  if (rows > 3) putRow(c + step * 3, d0, d1, cols, first);
  if (rows > 4) putRow(c + step * 4, e0, e1, cols, first);
  if (rows > 5) putRow(c + step * 5, f0, f1, cols, first);
}

@inline
function putRow(c: usize, s0: v128, s1: v128, cols: i32, first: bool): void {
  if (cols == 4) {
    if (!first) {
      s0 = f64x2.add(s0, v128.load(c));
      s1 = f64x2.add(s1, v128.load(c, 16));
    }
    v128.store(c, s0);
    v128.store(c, s1, 16);
    return;
  }
  put1(c, f64x2.extract_lane(s0, 0), first);
  if (cols > 1) put1(c + 8, f64x2.extract_lane(s0, 1), first);
  if (cols > 2) put1(c + 16, f64x2.extract_lane(s1, 0), first);
}

@inline
function put1(c: usize, value: f64, first: bool): void {
  store<f64>(c, first ? value : value + load<f64>(c));
}

/** The upper half of a tile on the diagonal of a square matrix (n × n), rows and columns `from` … `to`, from the lower. */
export function mirror(c: usize, n: i32, from: i32, to: i32): void {
  const step = <usize>n << 3;
  for (let i = from; i < to; i++)
    for (let j = i + 1; j < to; j++)
      store<f64>(c + <usize>i * step + (<usize>j << 3), load<f64>(c + <usize>j * step + (<usize>i << 3)));
}

/** The tile above the diagonal of a square matrix (n × n) that mirrors the one at rows a0 … a0 + an, columns b0 … b0 + bn. */
export function transpose(c: usize, n: i32, a0: i32, an: i32, b0: i32, bn: i32): void {
  const step = <usize>n << 3;
  for (let j = b0; j < b0 + bn; j++)
    for (let i = a0; i < a0 + an; i++)
      store<f64>(c + <usize>j * step + (<usize>i << 3), load<f64>(c + <usize>i * step + (<usize>j << 3)));
}
