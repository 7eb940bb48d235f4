import { EngineError } from '#core/base/errors.ts';
import { leadChain, type DeployedModel } from '#core/data/deployedModel.ts';
import type { FittedFilter, FittedOperator, FittedStep } from '#core/data/fittedChain.ts';
import type { OnnxValue } from '#core/data/onnxGraph.ts';
import { givesProbabilities } from '#core/data/predictSteps.ts';
import { resolveChain, type OperatorLookup } from '#core/data/resolveChain.ts';
import { mapSteps } from '#core/data/stepTree.ts';
import { chainGraph, type ChainInputs } from '#core/export/chainGraph.ts';
import { classGraph } from '#core/export/classGraph.ts';
import { columnInputs, COLUMNS_ENTRY, type ColumnInput } from '#core/export/columnInputs.ts';
import { graphBuilder } from '#core/export/graphBuilder.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { meanGraph } from '#core/export/meanGraph.ts';
import { EXPORT_TOLERANCE, onnxForms } from '#core/export/onnxForms.ts';
import { encodeOnnxModel, type OnnxOutput } from '#core/export/onnxModel.ts';
import { whereKnown } from '#core/export/whereKnown.ts';

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
 * A fold ensemble is one graph of all its chains and their mean; so is a stack of its base models and the model on top,
 * where equal steps are computed once. A model that separates by a metadata column has that column as a further input
 * (`columnInputs`); a value that it does not know gives NaN, in classification the label −1. Equal models give equal
 * bytes.
 * @throws export.no-onnx-form before anything is written, when an operator cannot be expressed.
 */
export function modelToOnnx(model: DeployedModel, lookup: OperatorLookup, info: OnnxExportInfo): Uint8Array {
  const { missing, tolerance } = onnxForms(model, lookup);
  const [first, ...others] = missing;
  if (first) throw new EngineError('export.no-onnx-form', { ...first, others: others.map(({ operator }) => operator) });

  const chain = leadChain(model);
  const spectra: OnnxValue = { name: INPUT, cols: chain.inputAxis.values.length };
  const graph = graphBuilder(INPUT);
  const columns = columnInputs(model);
  for (const { input } of columns) graph.input(input);
  const from: ChainInputs = {
    spectra,
    column: (name) => columns.find(({ column }) => column === name)?.input ?? name,
  };
  const resolved = model.chains.map((one) => resolveChain(one, lookup));
  const written = resolved.map((one, i) => chainGraph(graph, from, one, resolved.length === 1 ? '' : `fold_${i}/`));
  const members = written.map(({ value }) => value);
  graph.scope('known');
  const known = [...new Set(written.flatMap((one) => one.known))].reduce<string | null>(
    (all, one) => (all === null ? one : graph.node('And', [all, one])),
    null,
  );
  let outputs: readonly OnnxOutput[];
  if (chain.target.classes === null) {
    const mean = meanGraph(graph, members).name;
    graph.output(whereKnown(graph, known, mean, NaN), OUTPUT);
    outputs = [{ name: OUTPUT, type: 'double', cols: 1 }];
  } else {
    outputs = classGraph(graph, members, {
      classCount: chain.target.classes.length,
      probabilities: resolved.every((one) => givesProbabilities(one.steps)),
      known,
    });
  }
  return encodeOnnxModel({
    name: 'refract',
    producerVersion: info.appVersion,
    description: describe(model, columns, outputs),
    input: spectra,
    columns: columns.map(({ input }) => input),
    outputs,
    ...graph.finished(),
    metadata: {
      ...metadataOf(model, info),
      ...(columns.length === 0 ? {} : { [COLUMNS_ENTRY]: JSON.stringify(columns) }),
      ...(tolerance > EXPORT_TOLERANCE ? { 'refract.tolerance': String(tolerance) } : {}),
    },
  });
}

const INPUT = 'spectra';
const OUTPUT = 'prediction';

function describe(model: DeployedModel, columns: readonly ColumnInput[], outputs: readonly OnnxOutput[]): string {
  const { target, inputAxis } = leadChain(model);
  const unit = target.unit === null ? '' : ` (${target.unit})`;
  const sizes = outputs.map(
    (output) => `Output "${output.name}": ${output.type === 'double' ? `double[n, ${output.cols}]` : 'int64[n]'}.`,
  );
  return (
    `${target.classes === null ? 'Calibration' : 'Classification'} for ${target.name}${unit}. ` +
    `Input "${INPUT}": raw spectra, double[n, ${inputAxis.values.length}], ` +
    `columns as in the metadata entry refract.axis.values (${inputAxis.unit}). ` +
    columns.map(describeColumn).join('') +
    sizes.join(' ') +
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
    'refract.steps': JSON.stringify(stepsWithoutState(chain.steps)),
    'refract.lineage': JSON.stringify(info.lineage),
  };
}

function describeColumn({ input, column, values }: ColumnInput): string {
  const answer = 'a sample with another value has no prediction (NaN; in classification the label -1)';
  return `Input "${input}": the metadata column "${column}", string[n, 1], one of ${values.join(', ')}; ${answer}. `;
}

const stepsWithoutState = (steps: readonly FittedStep[]): object[] =>
  mapSteps<FittedOperator, FittedFilter, object, object>(steps, {
    operator: ({ role, id, version, params }) => ({ role, id, version, params }),
    filter: ({ id, version, params }) => ({ id, version, params }),
  });
