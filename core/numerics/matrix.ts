import { EngineError } from '#core/base/errors.ts';

/** A dense real matrix, row-major, double precision. Spectra are rows. `data` may lie on shared memory. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  /** Length rows × cols; element (i, j) is `data[i * cols + j]`. */
  readonly data: Float64Array;
}

/** Wraps existing data; throws when the length does not fit. */
export function matrix(rows: number, cols: number, data: Float64Array): Matrix {
  if (data.length !== rows * cols)
    throw new EngineError('numerics.shape', {
      what: 'Matrix',
      expected: `${rows} × ${cols} = ${rows * cols} values`,
      found: String(data.length),
    });
  return { rows, cols, data };
}

export const zeros = (rows: number, cols: number): Matrix => ({ rows, cols, data: new Float64Array(rows * cols) });

/** The same on shared memory where `x` lies there: what follows from a shared stage need not be copied to share it. */
export function zerosLike(x: Matrix): Matrix {
  const { rows, cols } = x;
  if (!(x.data.buffer instanceof SharedArrayBuffer)) return zeros(rows, cols);
  return { rows, cols, data: new Float64Array(new SharedArrayBuffer(rows * cols * 8)) };
}

export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const out = zeros(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols)
      throw new EngineError('numerics.shape', {
        what: `Row ${i + 1}`,
        expected: `${cols} values`,
        found: String(row.length),
      });
    out.data.set(row, i * cols);
  });
  return out;
}

/** A view of row i; writing to it writes to the matrix. */
export const rowOf = (m: Matrix, i: number): Float64Array => m.data.subarray(i * m.cols, (i + 1) * m.cols);

/** A copy of the named rows, in the order given. */
export function takeRows(m: Matrix, index: ArrayLike<number>): Matrix {
  const out = zeros(index.length, m.cols);
  for (let k = 0; k < index.length; k++) out.data.set(rowOf(m, index[k] as number), k * m.cols);
  return out;
}

export function takeValues(values: Float64Array, index: ArrayLike<number>): Float64Array {
  const out = new Float64Array(index.length);
  for (let k = 0; k < index.length; k++) out[k] = values[index[k] as number] as number;
  return out;
}

export function columnOf(m: Matrix, j: number): Float64Array {
  const out = new Float64Array(m.rows);
  for (let i = 0; i < m.rows; i++) out[i] = m.data[i * m.cols + j] as number;
  return out;
}

/** The rows of both matrices, one after the other; the first itself when there is no second. */
export function joinRows(first: Matrix, second: Matrix | null): Matrix {
  if (second === null || second.rows === 0) return first;
  if (first.cols !== second.cols)
    throw new EngineError('numerics.shape', {
      what: 'Rows to join',
      expected: `${first.cols} columns`,
      found: String(second.cols),
    });
  const out = zeros(first.rows + second.rows, first.cols);
  out.data.set(first.data);
  out.data.set(second.data, first.data.length);
  return out;
}

/** Matrices of equal height side by side; the first itself when it is the only one. */
export function joinColumns(parts: readonly Matrix[]): Matrix {
  const [first] = parts;
  if (first === undefined)
    throw new EngineError('numerics.shape', { what: 'Blocks', expected: 'one or more', found: '0' });
  if (parts.length === 1) return first;
  const out = zeros(
    first.rows,
    parts.reduce((sum, part) => sum + part.cols, 0),
  );
  let at = 0;
  for (const part of parts) {
    if (part.rows !== first.rows)
      throw new EngineError('numerics.shape', {
        what: 'Blocks side by side',
        expected: `${first.rows} rows each`,
        found: String(part.rows),
      });
    for (let i = 0; i < part.rows; i++) out.data.set(rowOf(part, i), i * out.cols + at);
    at += part.cols;
  }
  return out;
}
