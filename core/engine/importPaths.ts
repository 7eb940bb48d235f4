import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import { contentHasher } from '#core/data/contentHash.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';

/** Imports what lies at the paths without asking; data that the workspace has already (by content) are not stored twice. */
export async function importPaths(
  parts: EngineParts,
  paths: readonly string[],
  onProgress: (doing: string, fraction: number) => void,
  cancel: CancelToken = neverCancelled,
): Promise<{ id: string }> {
  const { options } = await inspectImport(paths, parts.files);
  const { dataset, report } = await importDataset(paths, parts.files, options, {
    cancel,
    onProgress: (fraction) => {
      onProgress('Reading spectra', fraction);
    },
  });
  const contentHash = (await contentHasher())(dataset);
  const known = parts.workspace.datasets.findByHash(contentHash);
  if (known !== null) return { id: known.id };
  const id = `ds_${parts.randomDigits(12)}`;
  await parts.workspace.datasets.save({ id, dataset, contentHash, options, report, warnings: report.warnings.length });
  return { id };
}
