import { resolve } from 'node:path';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
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
    rmsep: table.scores?.rmse ?? null,
    bias: table.scores?.bias ?? null,
    out: options.out,
    warnings: table.warnings,
  };
  if (options.json === true) printJson(summary);
  else
    process.stdout.write(
      [
        `Predicted ${table.target} of ${table.sampleIds.length} samples → ${options.out}`,
        table.axisNote,
        ...(table.scores?.rmse === null || table.scores === null
          ? []
          : [`RMSEP ${table.scores.rmse.toPrecision(4)} on the ${table.scores.n} samples with a reference value`]),
        ...table.warnings.map((warning) => `Note: ${warning}`),
        '',
      ].join('\n'),
    );
}
