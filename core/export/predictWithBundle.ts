import { EngineError } from '#core/base/errors.ts';
import { leadChain, predictDeployed } from '#core/data/deployedModel.ts';
import { checkGroups } from '#core/data/checkGroups.ts';
import { operatorsOf, type FittedStep } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import type { OperatorLookup } from '#core/data/resolveChain.ts';
import { domainFlags, type DomainFlags } from '#core/export/applicabilityDomain.ts';
import { compareWithEngine } from '#core/export/compareWithEngine.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { predictWithOnnx } from '#core/export/predictWithOnnx.ts';
import type { Bundle } from '#core/export/readBundle.ts';
import { readOnnxTolerance } from '#core/export/readOnnxOrigin.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export interface BundlePrediction extends Predicted {
  readonly flags: DomainFlags;
}

export interface BundleUse {
  readonly runtime: OnnxRuntime;
  readonly lookup: OperatorLookup;
  /** The name for error sentences. */
  readonly file: string;
  /** What is known of the spectra besides their values. */
  readonly rows?: RowFacts;
}

/**
 * Predicts n spectra (x: n × p, on the bundle's axis: see `checkAxis`) with an opened bundle: through its ONNX graph, or
 * from its fitted state where it has none. The stored examples are predicted first; a bundle that does not reproduce
 * them is refused.
 * @throws predict.examples, predict.model-columns, chain.no-column, chain.unknown-group
 */
export async function predictWithBundle(bundle: Bundle, x: Matrix, using: BundleUse): Promise<BundlePrediction> {
  const { onnx, model, examples } = bundle;
  const { runtime, lookup, file } = using;
  const { inputAxis } = leadChain(model);
  const p = inputAxis.values.length;
  if (x.cols !== p) throw new EngineError('predict.model-columns', { file, expected: p, found: x.cols });

  if (onnx === null) {
    checkExamples(fromState(bundle, examples.spectra, using, examples.rows), bundle, file);
    const found = fromState(bundle, x, using, using.rows);
    return { ...found, flags: domainFlags(bundle.domain, x, found.predicted) };
  }
  const example = await predictWithOnnx(runtime, onnx, examples.spectra, file, examples.rows);
  checkExamples(example, bundle, file, readOnnxTolerance(example.metadata));
  for (const { steps } of model.chains) checkGroups(steps, using.rows, x.rows);
  // Of metadata a graph knows the groups alone; what was fitted knows all.
  const { predicted, probabilities } =
    using.rows !== undefined && model.chains.some((chain) => readsMetadata(chain.steps, lookup))
      ? fromState(bundle, x, using, using.rows)
      : await predictWithOnnx(runtime, onnx, x, file, using.rows);
  return { predicted, probabilities, flags: domainFlags(bundle.domain, x, predicted) };
}

/**
 * What the fitted steps make of spectra. No schema describes what an operator has learned, so a file with another
 * operator's state, or with arrays of other lengths, shows itself here.
 */
function fromState({ model }: Bundle, x: Matrix, { lookup, file }: BundleUse, rows: RowFacts | undefined): Predicted {
  try {
    return predictDeployed(model, x, lookup, rows);
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    throw new EngineError(
      'bundle.invalid',
      { file, problem: 'what its steps have learned does not fit them.' },
      { cause: error },
    );
  }
}

function checkExamples(found: Predicted, bundle: Bundle, file: string, tolerance?: number): void {
  const { examples, model } = bundle;
  try {
    compareWithEngine(found, { ...examples, classes: leadChain(model).target.classes }, tolerance);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.code !== 'export.mismatch' && error.code !== 'export.class-mismatch') throw error;
    // The code says which details they are.
    const details = error.details as EngineError<'export.mismatch' | 'export.class-mismatch'>['details'];
    const example = examples.sampleIds.indexOf(details.sample);
    throw new EngineError(
      'predict.examples',
      { file, example: example + 1, expected: details.engine, found: details.exported },
      { cause: error },
    );
  }
}

const readsMetadata = (steps: readonly FittedStep[], lookup: OperatorLookup): boolean =>
  operatorsOf(steps).some(({ id }) => {
    const operator = lookup(id);
    return operator?.kind === 'transform' && operator.readsMetadata === true;
  });
