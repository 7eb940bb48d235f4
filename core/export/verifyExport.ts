import { predictDeployed } from '#core/data/deployedModel.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { compareWithEngine, type EngineReference, type Verification } from '#core/export/compareWithEngine.ts';
import { onnxForms } from '#core/export/onnxForms.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { predictWithOnnx } from '#core/export/predictWithOnnx.ts';
import { readBundle, type BundleReading } from '#core/export/readBundle.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What an export is compared with: spectra, and the engine's own predictions of them. */
export interface Reference extends EngineReference {
  /** n × p raw spectra: the whole test partition. */
  readonly x: Matrix;
  /** What is known of them; needed where the model separates by a metadata column. */
  readonly rows?: RowFacts;
}

/**
 * Loads a written ONNX file in a fresh session and compares it with the engine, within `tolerance` (see `onnxForms`).
 * @throws export.mismatch with the worst sample, export.class-mismatch, export.nothing-to-compare
 */
export async function verifyOnnx(
  runtime: OnnxRuntime,
  bytes: Uint8Array,
  reference: Reference,
  file: string,
  tolerance?: number,
): Promise<Verification> {
  return compareWithEngine(
    await predictWithOnnx(runtime, bytes, reference.x, file, reference.rows),
    reference,
    tolerance,
  );
}

/**
 * Reads a written bundle back and compares with the engine: the stored state (within 1e-9), the ONNX graph in a fresh
 * session (within the tolerance of its operators), and both on the stored examples. Returns the worst of all.
 * @throws export.mismatch, export.class-mismatch, export.nothing-to-compare, and whatever `readBundle` throws
 */
export async function verifyBundle(
  runtime: OnnxRuntime,
  bytes: Uint8Array,
  reference: Reference,
  reading: BundleReading,
): Promise<Verification> {
  const { model, onnx, examples } = readBundle(bytes, reading);
  const { tolerance } = onnxForms(model, reading.lookup);
  const stored: Reference = { ...examples, x: examples.spectra, classes: reference.classes };
  const results: Verification[] = [];
  for (const part of [reference, stored]) {
    results.push(compareWithEngine(predictDeployed(model, part.x, reading.lookup, part.rows), part));
    if (onnx !== null) results.push(await verifyOnnx(runtime, onnx, part, reading.file, tolerance));
  }
  return results.reduce((worst, next) => ({
    ...(next.maxRelativeDifference > worst.maxRelativeDifference ? next : worst),
    tolerance: Math.max(worst.tolerance, next.tolerance),
    n: Math.max(worst.n, next.n),
  }));
}
