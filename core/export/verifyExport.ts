import { EngineError } from '#core/base/errors.ts';
import { predictChain } from '#core/data/fittedChain.ts';
import { readBundle, type BundleReading } from '#core/export/readBundle.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { predictWithOnnx } from '#core/export/predictWithOnnx.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What an export is compared with: spectra, and the engine's own predictions of them. */
export interface Reference {
  /** n × p raw spectra: the examples and the whole test partition. */
  readonly x: Matrix;
  /** n predictions of the engine. */
  readonly engine: Float64Array;
  /** n names for sentences. */
  readonly sampleIds: readonly string[];
}

export interface Verification {
  /** The largest relative difference; see `compareWithEngine`. */
  readonly maxRelativeDifference: number;
  /** The sample where it occurs. */
  readonly worstSample: string;
  /** Spectra compared. */
  readonly n: number;
}

/** A double precision graph differs from the engine by the order of its sums only. */
export const EXPORT_TOLERANCE = 1e-9;

/**
 * Loads a written ONNX file in a fresh session and compares it with the engine.
 * @throws export.mismatch with the worst sample, export.nothing-to-compare
 */
export async function verifyOnnx(
  runtime: OnnxRuntime,
  bytes: Uint8Array,
  reference: Reference,
  file: string,
): Promise<Verification> {
  const { values } = await predictWithOnnx(runtime, bytes, reference.x, file);
  return compareWithEngine(values, reference);
}

/**
 * Reads a written bundle back and compares with the engine: the stored state, the ONNX graph in a fresh session, and
 * both on the stored examples. Returns the worst of all.
 * @throws export.mismatch, export.nothing-to-compare, and whatever `readBundle` throws
 */
export async function verifyBundle(
  runtime: OnnxRuntime,
  bytes: Uint8Array,
  reference: Reference,
  reading: BundleReading,
): Promise<Verification> {
  const { chain, onnx, examples } = readBundle(bytes, reading);
  const stored: Reference = { x: examples.spectra, engine: examples.expected, sampleIds: examples.sampleIds };
  const results: Verification[] = [];
  for (const part of [reference, stored]) {
    results.push(compareWithEngine(predictChain(chain, part.x, reading.lookup), part));
    if (onnx !== null) results.push(await verifyOnnx(runtime, onnx, part, reading.file));
  }
  return results.reduce((worst, next) => ({
    ...(next.maxRelativeDifference > worst.maxRelativeDifference ? next : worst),
    n: Math.max(worst.n, next.n),
  }));
}

/**
 * Compares predictions with the engine's. The difference of a sample is |Δ| / max(|engine|, scale), where scale is the
 * mean |engine| over all samples, so that one prediction near zero does not magnify rounding. A value that is not
 * finite counts as an infinite difference.
 * @throws export.mismatch above the tolerance, export.nothing-to-compare without spectra
 */
export function compareWithEngine(
  exported: Float64Array,
  { engine, sampleIds }: Omit<Reference, 'x'>,
  tolerance: number = EXPORT_TOLERANCE,
): Verification {
  const n = engine.length;
  if (n === 0) throw new EngineError('export.nothing-to-compare', { what: 'there are no spectra' });
  const scale = engine.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  let worst = 0;
  let largest = -1;
  for (let i = 0; i < n; i++) {
    const difference = relativeDifference(exported[i] ?? NaN, engine[i] ?? NaN, scale);
    if (difference > largest) [worst, largest] = [i, difference];
  }
  const worstSample = sampleIds[worst] ?? String(worst + 1);
  if (largest > tolerance)
    throw new EngineError('export.mismatch', {
      sample: worstSample,
      engine: engine[worst] ?? NaN,
      exported: exported[worst] ?? NaN,
      difference: largest,
      tolerance,
    });
  return { maxRelativeDifference: largest, worstSample, n };
}

function relativeDifference(exported: number, engine: number, scale: number): number {
  if (!Number.isFinite(exported) || !Number.isFinite(engine)) return Infinity;
  const difference = Math.abs(exported - engine);
  return difference === 0 ? 0 : difference / Math.max(Math.abs(engine), scale);
}
