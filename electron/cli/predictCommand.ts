import { resolve } from 'node:path';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import type { PredictionTable } from '#core/contract/models.ts';
import { predictionCsv, predictFiles } from '#core/engine/index.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { printJson } from '#electron/cli/session.ts';

export interface PredictOptions {
  readonly data: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `refract predict`: needs the model file alone, no workspace. */
export async function predictCommand(model: string, options: PredictOptions): Promise<void> {
  const table = await predictFiles({ files: nodeFiles, onnx: onnxRuntimeNode }, resolve(model), [
    resolve(options.data),
  ]);
  const out = resolve(options.out);
  await atomicWrite(out, new TextEncoder().encode(predictionCsv(table)));
  const summary = {
    model: table.modelName,
    target: table.target,
    samples: table.sampleIds.length,
    axis: table.axisNote,
    task: table.task,
    classes: table.classes,
    rmsep: table.scores?.rmse ?? null,
    bias: table.scores?.bias ?? null,
    accuracy: table.scores?.accuracy ?? null,
    balancedAccuracy: table.scores?.balancedAccuracy ?? null,
    confusion: table.confusion,
    out: options.out,
    warnings: table.warnings,
  };
  if (options.json === true) printJson(summary);
  else
    process.stdout.write(
      [
        `Predicted ${table.target} of ${table.sampleIds.length} samples → ${options.out}`,
        table.axisNote,
        ...comparisonOf(table),
        ...table.warnings.map((warning) => `Note: ${warning}`),
        '',
      ].join('\n'),
    );
}

function comparisonOf({ scores }: PredictionTable): string[] {
  if (scores === null) return [];
  const { n, rmse, accuracy, balancedAccuracy } = scores;
  if (rmse !== null) return [`RMSEP ${rmse.toPrecision(4)} on the ${n} samples with a reference value`];
  if (accuracy === null) return [];
  const balanced = balancedAccuracy === null ? '' : `, balanced accuracy ${balancedAccuracy.toFixed(3)}`;
  return [`Accuracy ${accuracy.toFixed(3)}${balanced} on the ${n} samples with a reference class`];
}
