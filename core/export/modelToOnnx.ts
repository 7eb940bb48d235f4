import { EngineError } from '#core/base/errors.ts';
import { leadChain, type DeployedModel } from '#core/data/deployedModel.ts';
import type { FittedStep } from '#core/data/fittedChain.ts';
import type { OnnxValue } from '#core/data/onnxGraph.ts';
import { resolveChain, type OperatorLookup } from '#core/data/resolveChain.ts';
import { chainGraph } from '#core/export/chainGraph.ts';
import { classGraph } from '#core/export/classGraph.ts';
import { graphBuilder } from '#core/export/graphBuilder.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { meanGraph } from '#core/export/meanGraph.ts';
import { EXPORT_TOLERANCE, onnxForms } from '#core/export/onnxForms.ts';
import { encodeOnnxModel, type OnnxOutput } from '#core/export/onnxModel.ts';

export interface OnnxExportInfo {
  readonly appVersion: string;
  readonly lineage: Lineage;
  /** Range of the reference values it was calibrated on, in the target's unit; absent where there is none. */
  readonly targetRange?: { readonly min: number; readonly max: number };
}

/**
 * Writes a whole model as one ONNX graph in double precision: `spectra` double[n, p] in (raw spectra, in the order of
 * the axis). Out: in regression `prediction` double[n, 1] in the target's unit; in classification `label` int64[n]
 * (class codes, −1 for none) and, where the model has them, `probabilities` double[n, K], else `scores` double[n, K].
 * A fold ensemble is one graph of all its chains and their mean. Equal models give equal bytes.
 * @throws export.no-onnx-form before anything is written, when an operator cannot be expressed.
 */
export function modelToOnnx(model: DeployedModel, lookup: OperatorLookup, info: OnnxExportInfo): Uint8Array {
  const { missing, tolerance } = onnxForms(model, lookup);
  const [first, ...others] = missing;
  if (first) throw new EngineError('export.no-onnx-form', { ...first, others: others.map(({ operator }) => operator) });

  const chain = leadChain(model);
  const input: OnnxValue = { name: INPUT, cols: chain.inputAxis.values.length };
  const graph = graphBuilder(INPUT);
  const resolved = model.chains.map((one) => resolveChain(one, lookup));
  const members = resolved.map((one, i) => chainGraph(graph, input, one, resolved.length === 1 ? '' : `fold_${i}/`));
  let outputs: readonly OnnxOutput[];
  if (chain.target.classes === null) {
    graph.output(meanGraph(graph, members).name, OUTPUT);
    outputs = [{ name: OUTPUT, type: 'double', cols: 1 }];
  } else {
    outputs = classGraph(graph, members, {
      classCount: chain.target.classes.length,
      probabilities: resolved.every((one) => one.model.definition.probabilities !== undefined),
    });
  }
  return encodeOnnxModel({
    name: 'refract',
    producerVersion: info.appVersion,
    description: describe(model, outputs),
    input,
    outputs,
    ...graph.finished(),
    metadata: {
      ...metadataOf(model, info),
      ...(tolerance > EXPORT_TOLERANCE ? { 'refract.tolerance': String(tolerance) } : {}),
    },
  });
}

const INPUT = 'spectra';
const OUTPUT = 'prediction';

function describe(model: DeployedModel, outputs: readonly OnnxOutput[]): string {
  const { target, inputAxis } = leadChain(model);
  const unit = target.unit === null ? '' : ` (${target.unit})`;
  const sizes = outputs.map(
    (output) => `Output "${output.name}": ${output.type === 'double' ? `double[n, ${output.cols}]` : 'int64[n]'}.`,
  );
  return (
    `${target.classes === null ? 'Calibration' : 'Classification'} for ${target.name}${unit}. ` +
    `Input "${INPUT}": raw spectra, double[n, ${inputAxis.values.length}], ` +
    `columns as in the metadata entry refract.axis.values (${inputAxis.unit}). ${sizes.join(' ')}` +
    (target.classes === null ? '' : ' Classes as in the metadata entry refract.target.classes.')
  );
}

function metadataOf(model: DeployedModel, info: OnnxExportInfo): Record<string, string> {
  const chain = leadChain(model);
  const { classes } = chain.target;
  return {
    'refract.version': info.appVersion,
    'refract.axis.values': JSON.stringify(Array.from(chain.inputAxis.values)),
    'refract.axis.unit': chain.inputAxis.unit,
    'refract.signal': chain.signal,
    'refract.target.name': chain.target.name,
    'refract.target.unit': chain.target.unit ?? '',
    ...(classes === null ? {} : { 'refract.target.classes': JSON.stringify(classes) }),
    ...(info.targetRange === undefined
      ? {}
      : { 'refract.target.range': JSON.stringify([info.targetRange.min, info.targetRange.max]) }),
    ...(model.content === 'refit' ? {} : { 'refract.folds': String(model.chains.length) }),
    'refract.steps': JSON.stringify(chain.steps.map(stepWithoutState)),
    'refract.lineage': JSON.stringify(info.lineage),
  };
}

function stepWithoutState(step: FittedStep): object {
  if (step.role === 'concat') return { role: step.role, lanes: step.lanes.map((lane) => lane.map(stepWithoutState)) };
  const { role, id, version, params } = step;
  return { role, id, version, params };
}
