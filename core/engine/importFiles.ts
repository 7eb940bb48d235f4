import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import type { ImportOptions } from '#core/contract/imports.ts';
import { contentHasher } from '#core/data/contentHash.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { importDataset } from '#core/io/importDataset.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { inspectImport } from '#core/io/inspectImport.ts';

export interface ImportControl {
  readonly cancel?: CancelToken;
  readonly onProgress?: (doing: string, fraction: number) => void;
  /** Adds what the files do not say, before anything is stored. */
  readonly finish?: (dataset: Dataset) => Dataset;
  /** Answers with the dataset of the same content that the workspace has already, instead of storing it twice. */
  readonly reuse?: boolean;
}

/** Progress goes out at most this often. */
const PROGRESS_MS = 100;
/** Share of the bar that reading gets; storing has the rest. */
const READING = 0.9;

/** The import of files as one transaction: all of it is in the workspace afterwards, or nothing. */
export async function importFiles(
  parts: Pick<EngineParts, 'workspace' | 'files' | 'clock' | 'randomDigits'>,
  paths: readonly string[],
  options: ImportOptions,
  {
    cancel = neverCancelled,
    onProgress = () => undefined,
    finish = (dataset) => dataset,
    reuse = false,
  }: ImportControl,
): Promise<{ id: string }> {
  let last = -Infinity;
  const { dataset: read, report } = await importDataset(paths, parts.files, options, {
    cancel,
    onProgress: (fraction) => {
      if (parts.clock.now() - last < PROGRESS_MS) return;
      last = parts.clock.now();
      onProgress('Reading spectra', fraction * READING);
    },
  });
  cancel.check();
  const dataset = finish(read);
  onProgress('Storing spectra', READING);
  const contentHash = (await contentHasher())(dataset);
  const known = reuse ? await sameContent(parts.workspace.datasets, dataset, contentHash) : null;
  if (known !== null) return { id: known.id };
  const id = `ds_${parts.randomDigits(12)}`;
  await parts.workspace.datasets.save({ id, dataset, contentHash, options, report, warnings: report.warnings.length });
  onProgress('Storing spectra', 1);
  return { id };
}

/** The dataset of this content, also when an earlier version of the application stored it. */
async function sameContent(
  datasets: EngineParts['workspace']['datasets'],
  dataset: Dataset,
  contentHash: string,
): Promise<{ readonly id: string } | null> {
  return datasets.findByHash(contentHash) ?? datasets.findByHash((await contentHasher({ format: 1 }))(dataset));
}

/** Imports what lies at the paths without asking anything, once per content: the way of the command line. */
export async function importPaths(
  parts: EngineParts,
  paths: readonly string[],
  control: Pick<ImportControl, 'cancel' | 'onProgress'>,
): Promise<{ id: string }> {
  const files: FilePort = { ...parts.files, namesAnywhere: true };
  const { options } = await inspectImport(paths, files);
  return importFiles({ ...parts, files }, paths, options, { ...control, reuse: true });
}
