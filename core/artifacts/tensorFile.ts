import type { ArtifactStore } from '#core/artifacts/artifactStore.ts';
import type { Written } from '#core/artifacts/atomicWrite.ts';
import { doublesToBytes, swapDoublesInPlace } from '#core/artifacts/littleEndian.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * Stores the values of a matrix as raw little-endian doubles, row after row, without a header: the shape belongs to
 * whoever keeps the checksum, and any other program can read the file with one line.
 */
export function writeMatrix(store: ArtifactStore, m: Matrix): Promise<Written> {
  return store.put(pieces(m.data));
}

/** Reads a stored matrix (rows × cols doubles) into shared memory, where all workers can see it. The checksum is verified. */
export async function readMatrix(store: ArtifactStore, sha256: string, rows: number, cols: number): Promise<Matrix> {
  const data = new Float64Array(new SharedArrayBuffer(rows * cols * 8));
  const bytes = new Uint8Array(data.buffer);
  await store.readInto(sha256, bytes);
  swapDoublesInPlace(bytes);
  return { rows, cols, data };
}

function* pieces(values: Float64Array): Generator<Uint8Array> {
  for (let at = 0; at < values.length; at += PIECE) yield doublesToBytes(values.subarray(at, at + PIECE));
}

/** Doubles a piece: 8 MB. */
const PIECE = 1024 * 1024;
