import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import { removeFile } from '#core/artifacts/removeFile.ts';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { Verification } from '#core/contract/models.ts';
import { resolveChain } from '#core/data/fittedChain.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { loadFinalModel } from '#core/engine/finalModel.ts';
import { predictInChunks } from '#core/engine/predictInChunks.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chainToOnnx, stepsWithoutOnnx } from '#core/export/chainToOnnx.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { EXPORT_TOLERANCE, verifyBundle, verifyOnnx } from '#core/export/verifyExport.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';
import type { RunRecord } from '#core/workspace/index.ts';
import { EngineError } from '#core/base/errors.ts';

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
 * Writes the refitted model of a run as one file, reads the file back, loads it in a fresh session and compares its
 * predictions with the engine's on the whole test partition (the training spectra where there is none). The file gets
 * its name only when it agrees: an export that fails leaves no file, and an earlier one of that name as it was.
 */
export async function exportModel(
  parts: Pick<EngineParts, 'workspace' | 'datasets' | 'onnx' | 'appVersion' | 'clock'>,
  runId: string,
  path: string,
  format: 'onnx' | 'refract',
): Promise<{ name: string; bytes: number; verification: Verification }> {
  const { workspace } = parts;
  const run = workspace.runs.get(runId);
  const { chain, variant } = await loadFinalModel(workspace, runId);
  const { dataset } = await parts.datasets.load(run.datasetId);
  const rowsOf = (partition: 'train' | 'test') =>
    workspace.predictions.read({ runId, variant, foldId: 'final', partition })[0]?.arrays.rows ?? new Int32Array(0);
  const [train, test] = [rowsOf('train'), rowsOf('test')];
  const compared = test.length > 0 ? test : train.slice(0, MOST_COMPARED);
  const idsOf = (rows: Int32Array) => Array.from(rows, (row) => dataset.sampleIds[row] ?? String(row + 1));

  const lineage: Lineage = {
    runId,
    variant: String(variant),
    datasetName: run.datasetName,
    datasetHash: run.datasetHash,
    pipelineHash: run.pipelineHash,
    seed: run.seed,
  };
  const trainX = takeRows(dataset.source.x, train);
  const domain = applicabilityDomain(
    trainX,
    takeValues(dataset.targets.find((target) => target.name === run.target)?.values ?? new Float64Array(0), train),
  );
  const x = takeRows(dataset.source.x, compared);
  const reference = { x, engine: await predictInChunks(chain, x, neverCancelled), sampleIds: idsOf(compared) };
  const withoutOnnx = stepsWithoutOnnx(resolveChain(chain, operatorsByKind.any));
  const onnx =
    format === 'onnx' || withoutOnnx.length === 0
      ? chainToOnnx(chain, operatorsByKind.any, { appVersion: parts.appVersion, lineage, targetRange: domain.y })
      : null;
  const bytes =
    format === 'onnx' && onnx !== null
      ? onnx
      : writeBundle(
          {
            appVersion: parts.appVersion,
            created: new Date(parts.clock.epoch()).toISOString(),
            lineage,
            chain,
            scores: scoresOf(run),
            onnx,
            domain,
            examples: chooseExamples(chain, trainX, idsOf(train), operatorsByKind.any),
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
        ? await verifyOnnx(parts.onnx, written, reference, file)
        : await verifyBundle(parts.onnx, written, reference, { file, sha256, lookup: operatorsByKind.any });
    await atomicWrite(path, written);
    return {
      name: file,
      bytes: written.length,
      verification: {
        maxRelativeDifference: found.maxRelativeDifference,
        tolerance: EXPORT_TOLERANCE,
        samples: found.n,
        worstSample: found.worstSample,
      },
    };
  } finally {
    await removeFile(unproven);
  }
}

/** The scores that go with the model, each with its n. */
function scoresOf({ result }: RunRecord) {
  if (result === null) return [];
  const n = { train: result.nTrain, test: result.nTest, cv: result.nCv ?? 0 };
  return [
    { metric: 'rmsecv', kind: 'cv' as const, value: result.rmsecv, n: n.cv },
    { metric: 'rmsec', kind: 'final' as const, value: result.rmsec, n: n.train },
    { metric: 'rmsep', kind: 'final' as const, value: result.rmsep, n: n.test },
  ].flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value }]));
}
