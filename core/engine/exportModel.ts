import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { atomicWrite, publishAs } from '#core/artifacts/atomicWrite.ts';
import { removeFile } from '#core/artifacts/removeFile.ts';
import { neverCancelled } from '#core/base/cancellation.ts';
import { EngineError, isEngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { Verification } from '#core/contract/models.ts';
import { leadChain, requiredColumns } from '#core/data/deployedModel.ts';
import { factsOf } from '#core/data/rowsByLane.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { exportedScores } from '#core/engine/exportedScores.ts';
import { loadDeployed } from '#core/engine/finalModel.ts';
import { modelRows } from '#core/engine/modelRows.ts';
import { predictInChunks } from '#core/engine/predictInChunks.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { EXPORT_TOLERANCE, onnxForms, type MissingForm } from '#core/export/onnxForms.ts';
import { verifyBundle, verifyOnnx } from '#core/export/verifyExport.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import type { RunRecord } from '#core/workspace/index.ts';

/** A run by its id, by the beginning of its id, or `latest`. */
export function runNamed(parts: Pick<EngineParts, 'workspace'>, name: string): RunRecord {
  const runs = parts.workspace.runs.list();
  const found = name === 'latest' ? runs.slice(0, 1) : runs.filter((run) => run.id.startsWith(name));
  const [run] = found;
  if (run === undefined || found.length > 1) throw new EngineError('workspace.not-found', { what: 'run', id: name });
  return run;
}

/** Spectra that an export is compared on when there is no test set. */
const MOST_COMPARED = 2000;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Writes a model of a run as one file, reads the file back, loads it in a fresh session and compares its predictions
 * with the engine's on the whole test partition (the training spectra where there is none). The file gets its name only
 * when it agrees: an export that fails leaves no file, and an earlier one of that name as it was.
 */
export async function exportModel(
  parts: Pick<EngineParts, 'workspace' | 'datasets' | 'onnx' | 'appVersion' | 'clock'>,
  what: { readonly runId: string; readonly variant: number | null },
  path: string,
  format: 'onnx' | 'refract',
): Promise<{ name: string; bytes: number; verification: Verification; notes: string[] }> {
  const { workspace } = parts;
  const run = workspace.runs.get(what.runId);
  const { deployed, variant } = await loadDeployed(workspace, run.id, what.variant ?? undefined);
  const { missing, tolerance } = onnxForms(deployed, lookup);
  const [first, ...others] = missing;
  if (format === 'onnx' && first !== undefined)
    throw new EngineError('export.no-onnx-form', { ...first, others: others.map(({ operator }) => operator) });

  const { dataset } = await parts.datasets.load(run.datasetId);
  const { train, test, measured } = modelRows(workspace, run.id, variant, deployed.content);
  const compared = test.length > 0 ? test : train.slice(0, MOST_COMPARED);
  const idsOf = (rows: Int32Array) => Array.from(rows, (row) => dataset.sampleIds[row] ?? String(row + 1));
  const lineage: Lineage = {
    runId: run.id,
    variant: String(variant),
    datasetName: run.datasetName,
    datasetHash: run.datasetHash,
    pipelineHash: run.pipelineHash,
    seed: run.seed,
  };
  const trainX = takeRows(dataset.source.x, train);
  const { classes } = leadChain(deployed).target;
  const domain = applicabilityDomain(trainX, classes === null ? measured : null);
  const x = takeRows(dataset.source.x, compared);
  const metadata = Object.fromEntries(
    requiredColumns(deployed, lookup).map((name) => [
      name,
      dataset.metadata.find((one) => one.name === name)?.values ?? [],
    ]),
  );
  const facts = (index: Int32Array) => factsOf({ metadata }, index);
  const own = await predictInChunks(deployed, x, neverCancelled, facts(compared));
  const reference = { ...own, x, rows: facts(compared), classes, sampleIds: idsOf(compared) };
  const onnx =
    missing.length === 0
      ? modelToOnnx(deployed, lookup, {
          appVersion: parts.appVersion,
          lineage,
          ...(domain.y === null ? {} : { targetRange: domain.y }),
        })
      : null;
  const bytes =
    format === 'onnx' && onnx !== null
      ? onnx
      : writeBundle(
          {
            appVersion: parts.appVersion,
            created: new Date(parts.clock.epoch()).toISOString(),
            lineage,
            model: deployed,
            scores: exportedScores(workspace, run.id, variant, deployed.content),
            onnx,
            domain,
            examples: chooseExamples(deployed, trainX, idsOf(train), lookup, facts(train)),
          },
          sha256,
        );
  const file = basename(path);
  // Beside the target, under the name of a temporary file: nobody takes it for a model.
  const unproven = join(dirname(path), `.refract-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await atomicWrite(unproven, bytes);
    const written = new Uint8Array(await readFile(unproven));
    const found =
      format === 'onnx'
        ? await verifyOnnx(parts.onnx, written, reference, file, tolerance)
        : await verifyBundle(parts.onnx, written, reference, { file, sha256, lookup });
    await publishAs(unproven, path);
    return {
      name: file,
      bytes: written.length,
      verification: {
        maxRelativeDifference: found.maxRelativeDifference,
        tolerance: found.tolerance,
        samples: found.n,
        worstSample: found.worstSample,
      },
      notes: notesOf(missing, found.tolerance),
    };
  } catch (error) {
    // A drive that fails here too leaves the temporary file; the person must hear of what happened first.
    await removeFile(unproven).catch(() => false);
    throw named(error, unproven, path);
  }
}

/** The person knows the file by the name that it was going to have. */
const named = (error: unknown, temporary: string, path: string): unknown => {
  if (!isEngineError(error) || typeof error.details !== 'object' || !('path' in error.details)) return error;
  if (error.details.path !== temporary) return error;
  return new EngineError(error.code, { ...error.details, path } as never, { cause: error }); // the same details
};

const lookup = operatorsByKind.any;

function notesOf(missing: readonly MissingForm[], tolerance: number): string[] {
  return [
    ...missing.map(({ operator, reason }) =>
      `The bundle has no ONNX graph, because ${operator} cannot be written as ONNX. ${reason}`.trim(),
    ),
    ...(tolerance > EXPORT_TOLERANCE
      ? [
          `ONNX computes a step of this model in single precision: it was compared within ${tolerance.toExponential(0)}.`,
        ]
      : []),
  ];
}
