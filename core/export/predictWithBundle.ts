import { EngineError } from '#core/base/errors.ts';
import { predictChain, type OperatorLookup } from '#core/data/fittedChain.ts';
import { domainFlags, type DomainFlags } from '#core/export/applicabilityDomain.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { predictWithOnnx } from '#core/export/predictWithOnnx.ts';
import type { Bundle } from '#core/export/readBundle.ts';
import { compareWithEngine } from '#core/export/verifyExport.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export interface BundlePrediction {
  /** n predictions in the target's unit. */
  readonly values: Float64Array;
  readonly flags: DomainFlags;
}

/**
 * Predicts n spectra (x: n × p, on the bundle's axis: see `checkAxis`) with an opened bundle: through its ONNX graph, or
 * from its fitted state where it has none. The stored examples are predicted first; a bundle that does not reproduce
 * them is refused.
 * @throws predict.examples, predict.model-columns
 */
export async function predictWithBundle(
  bundle: Bundle,
  x: Matrix,
  using: { readonly runtime: OnnxRuntime; readonly lookup: OperatorLookup; readonly file: string },
): Promise<BundlePrediction> {
  const { onnx, chain, examples } = bundle;
  const { runtime, lookup, file } = using;
  const p = chain.inputAxis.values.length;
  if (x.cols !== p) throw new EngineError('predict.model-columns', { file, expected: p, found: x.cols });
  const predict = async (spectra: Matrix): Promise<Float64Array> =>
    onnx === null ? predictChain(chain, spectra, lookup) : (await predictWithOnnx(runtime, onnx, spectra, file)).values;

  checkExamples(await predict(examples.spectra), examples, file);
  const values = await predict(x);
  return { values, flags: domainFlags(bundle.domain, x, values) };
}

function checkExamples(found: Float64Array, examples: Bundle['examples'], file: string): void {
  try {
    compareWithEngine(found, { engine: examples.expected, sampleIds: examples.sampleIds });
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'export.mismatch') throw error;
    const details = error.details as EngineError<'export.mismatch'>['details']; // the code says which details they are
    const example = examples.sampleIds.indexOf(details.sample);
    throw new EngineError(
      'predict.examples',
      { file, example: example + 1, expected: details.engine, found: details.exported },
      { cause: error },
    );
  }
}
