import { EngineError } from '#core/base/errors.ts';
import { resolveChain, type FittedChain, type OperatorLookup, type ResolvedChain } from '#core/data/fittedChain.ts';
import type { OnnxValue } from '#core/data/onnxGraph.ts';
import { graphBuilder } from '#core/export/graphBuilder.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { encodeOnnxModel } from '#core/export/onnxModel.ts';

export interface OnnxExportInfo {
  readonly appVersion: string;
  readonly lineage: Lineage;
  /** Range of the reference values it was calibrated on, in the target's unit; absent where nobody knows it. */
  readonly targetRange?: { readonly min: number; readonly max: number };
}

/**
 * Writes a whole chain as one ONNX graph in double precision: `spectra` double[n, p] (raw spectra, in the order of the
 * chain's axis) in, `prediction` double[n, 1] (in the target's unit) out. Equal chains give equal bytes.
 * @throws export.no-onnx-form before anything is written, when an operator cannot be expressed.
 */
export function chainToOnnx(chain: FittedChain, lookup: OperatorLookup, info: OnnxExportInfo): Uint8Array {
  const resolved = resolveChain(chain, lookup);
  const missing = stepsWithoutOnnx(resolved)[0];
  if (missing) throw new EngineError('export.no-onnx-form', missing);

  const p = chain.inputAxis.values.length;
  const graph = graphBuilder(INPUT);
  let value: OnnxValue = { name: INPUT, cols: p };
  resolved.transforms.forEach(({ definition, step }, i) => {
    graph.scope(`${i + 1}_${step.id}`);
    value = definition.onnx(graph, value, step.state, step.params);
  });
  graph.scope(`${resolved.transforms.length + 1}_${resolved.model.step.id}`);
  value = resolved.model.definition.onnx(graph, value, resolved.model.step.state, resolved.model.step.params);
  for (const { definition, step } of [...resolved.targets].reverse()) {
    graph.scope(`undo_${step.id}`);
    value = definition.onnxInvert?.(graph, value, step.state, step.params) ?? value; // checked by stepsWithoutOnnx
  }
  if (value.cols !== 1) throw new Error(`The model writes ${value.cols} columns into the graph; one is expected.`);
  graph.output(value.name, OUTPUT);

  return encodeOnnxModel({
    name: 'refract',
    producerVersion: info.appVersion,
    description: describe(chain),
    input: { name: INPUT, cols: p },
    output: { name: OUTPUT, cols: 1 },
    nodes: graph.nodes,
    constants: graph.constants,
    metadata: metadataOf(chain, info),
  });
}

/** The steps that cannot be written as ONNX; empty for every chain that can be exported. */
export function stepsWithoutOnnx(
  resolved: ResolvedChain,
): { readonly operator: string; readonly role: 'transform' | 'target' | 'model' }[] {
  // Operators from outside the catalog may lack what the type promises, so presence is asked of a partial view.
  const lacks = (definition: Partial<Record<'onnx' | 'onnxInvert', unknown>>, form: 'onnx' | 'onnxInvert'): boolean =>
    typeof definition[form] !== 'function';
  return [
    ...resolved.transforms.filter(({ definition }) => lacks(definition, 'onnx')),
    ...resolved.targets.filter(({ definition }) => lacks(definition, 'onnxInvert')),
    ...[resolved.model].filter(({ definition }) => lacks(definition, 'onnx')),
  ].map(({ step }) => ({ operator: step.id, role: step.role }));
}

const INPUT = 'spectra';
const OUTPUT = 'prediction';

function describe(chain: FittedChain): string {
  const unit = chain.target.unit === null ? '' : ` (${chain.target.unit})`;
  const { values, unit: axisUnit } = chain.inputAxis;
  return (
    `Calibration for ${chain.target.name}${unit}. Input "${INPUT}": raw spectra, double[n, ${values.length}], ` +
    `columns as in the metadata entry refract.axis.values (${axisUnit}). Output "${OUTPUT}": double[n, 1].`
  );
}

function metadataOf(chain: FittedChain, info: OnnxExportInfo): Record<string, string> {
  return {
    'refract.version': info.appVersion,
    'refract.axis.values': JSON.stringify(Array.from(chain.inputAxis.values)),
    'refract.axis.unit': chain.inputAxis.unit,
    'refract.signal': chain.signal,
    'refract.target.name': chain.target.name,
    'refract.target.unit': chain.target.unit ?? '',
    ...(info.targetRange === undefined
      ? {}
      : { 'refract.target.range': JSON.stringify([info.targetRange.min, info.targetRange.max]) }),
    'refract.steps': JSON.stringify(
      chain.steps.map(({ role, id, version, params }) => ({ role, id, version, params })),
    ),
    'refract.lineage': JSON.stringify(info.lineage),
  };
}
