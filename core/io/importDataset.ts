import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { DataReport, ImportOptions } from '#core/contract/imports.ts';
import { dataReport } from '#core/data/dataReport.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { assembleDataset } from '#core/io/assembleDataset.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { formatQuestions } from '#core/io/formatQuestions.ts';
import { importPartitions } from '#core/io/importPartitions.ts';
import { planImport, type ImportPlan } from '#core/io/planImport.ts';
import { readSpectra, type SpectraData } from '#core/io/readSpectra.ts';
import { sideTables, type SideTables } from '#core/io/sideTables.ts';
import { sourceTables } from '#core/io/sourceTables.ts';
import { stackDatasets } from '#core/io/stackDatasets.ts';
import { CellProblems } from '#core/io/tableReader.ts';

export interface ImportResult {
  readonly dataset: Dataset;
  readonly report: DataReport;
}

/**
 * Reads files into a dataset. What `options` leave open is detected as `inspectImport` shows it; what cannot be
 * detected is refused. Nothing is kept of an import that fails or is cancelled.
 *
 * @param control `onProgress` hears the share (0 … 1) of the bytes read
 * @throws EngineError data.*; CancelledError
 */
export async function importDataset(
  paths: readonly string[],
  files: FilePort,
  options: Partial<ImportOptions> = {},
  control: { cancel?: CancelToken; onProgress?: (fraction: number) => void } = {},
): Promise<ImportResult> {
  const parts: { part: string; dataset: Dataset; found: Found }[] = [];
  const partitions = await importPartitions(paths, files, options);
  for (const [k, part] of partitions.entries()) {
    const plan = await planImport(paths, files, options, part);
    const onProgress = (fraction: number): void => control.onProgress?.((k + fraction) / partitions.length);
    const read = await importPart(plan, files, {
      cancel: control.cancel ?? neverCancelled,
      ...(control.onProgress ? { onProgress } : {}),
    });
    parts.push({ part: part ?? '', ...read });
  }
  const dataset = stackDatasets(parts);
  const report = dataReport(dataset);
  const found = parts.map((part) => part.found);
  return {
    dataset,
    report: {
      ...report,
      joins: found.flatMap(({ joins }) => joins),
      badCells: found.flatMap(({ badCells }) => badCells).slice(0, 100),
      dropped: {
        samples: found.flatMap(({ dropped }) => dropped.samples),
        wavelengths: found.flatMap(({ dropped }) => dropped.wavelengths),
      },
      skippedFiles: found.flatMap(({ skippedFiles }) => skippedFiles),
      warnings: [...new Set([...report.warnings, ...found.flatMap(({ warnings }) => warnings)])],
    },
  };
}

/** What only the import knows about the data. */
type Found = Pick<DataReport, 'joins' | 'badCells' | 'dropped' | 'skippedFiles' | 'warnings'>;

/** The files of one plan. */
async function importPart(
  plan: ImportPlan,
  files: FilePort,
  { cancel, onProgress }: { cancel: CancelToken; onProgress?: (fraction: number) => void },
): Promise<{ dataset: Dataset; found: Found }> {
  refuseOpenQuestions(plan);
  const onBytes = await byteProgress(plan, files, onProgress);
  const problems = { missing: new CellProblems(), bad: new CellProblems() };
  const data = await readSpectra(plan, { files, cancel, onBytes }, problems);
  const sources = await sourceTables(plan, data, { files, cancel, onBytes }, problems);
  const sides = await sideTables(plan, data, files);
  refuseUnjoined(plan, sides, data);
  const badCells = checkCells(plan, problems, sides);
  const joins = [...sources, ...sides.used].flatMap(({ join }) => (join === null ? [] : [join.report]));
  const mayHaveGaps =
    problems.missing.count + problems.bad.count > 0 || sources.some(({ join }) => join?.index.includes(-1));
  const { dataset, dropped } = assembleDataset(plan, { data, sources, sides }, mayHaveGaps);
  onProgress?.(1);
  return {
    dataset,
    found: {
      joins,
      badCells,
      dropped,
      skippedFiles: [...data.skippedFiles],
      warnings: [...sides.warnings, ...importWarnings(data, joins, dropped)],
    },
  };
}

function refuseOpenQuestions(plan: ImportPlan): void {
  const read = [
    plan.main,
    ...plan.sources,
    ...plan.candidates.targets,
    ...plan.candidates.split,
    ...plan.candidates.metadata,
  ];
  for (const inspection of read) {
    const [question] = formatQuestions(inspection, plan.options);
    if (question) throw new EngineError('data.ambiguous', { file: question.file, question: question.text });
  }
}

async function byteProgress(
  plan: ImportPlan,
  files: FilePort,
  onProgress: ((fraction: number) => void) | undefined,
): Promise<(count: number) => void> {
  if (!onProgress) return () => undefined;
  let total = plan.main.bytes;
  // One size stands for all: asking for thousands of sizes would take longer than the progress is worth.
  if (plan.singles.length > 1) total = plan.singles.length * (await files.size(plan.main.path));
  for (const source of plan.sources) total += source.bytes;
  let done = 0;
  return (count) => {
    done += count;
    onProgress(Math.min(0.99, done / Math.max(1, total)));
  };
}

function refuseUnjoined(plan: ImportPlan, sides: SideTables, data: SpectraData): void {
  for (const side of sides.used) {
    const names = { file: side.inspection.file, spectraFile: plan.main.file };
    if (side.join.problem === 'count')
      throw new EngineError('data.join-count', { ...names, rows: side.data.rows, spectra: data.rows });
    if (side.join.problem === 'ids')
      throw new EngineError('data.join-none', {
        ...names,
        example: side.data.ids?.[0] ?? 'no id',
        spectraExample: data.ids?.[0] ?? 'no id',
      });
  }
}

/** Stops at cells that may not be taken as missing. Returns those that may. */
function checkCells(
  plan: ImportPlan,
  problems: { missing: CellProblems; bad: CellProblems },
  sides: SideTables,
): DataReport['badCells'] {
  const bad = [...problems.bad.first, ...sides.used.flatMap((side) => side.bad.first)].slice(0, 100);
  const badCount = sides.used.reduce((sum, side) => sum + side.bad.count, problems.bad.count);
  if (badCount > 0 && plan.options.nonNumeric === 'refuse')
    throw new EngineError('data.not-numeric', { count: badCount, cells: bad });
  if (problems.missing.count > 0 && plan.options.missing === 'refuse')
    throw new EngineError('data.missing-values', { count: problems.missing.count, cells: problems.missing.first });
  return bad;
}

function importWarnings(data: SpectraData, joins: DataReport['joins'], dropped: DataReport['dropped']): string[] {
  const warnings: string[] = [];
  if (data.skippedFiles.length > 0)
    warnings.push(`${data.skippedFiles.length} files could not be read and were left out.`);
  if (dropped.samples.length > 0) warnings.push(`${dropped.samples.length} samples with missing values were dropped.`);
  if (dropped.wavelengths.length > 0)
    warnings.push(`${dropped.wavelengths.length} wavelengths with missing values were dropped.`);
  for (const { file, spectraWithout, rowsWithout } of joins) {
    if (spectraWithout > 0) warnings.push(`${spectraWithout} spectra have no row in ${file}.`);
    if (rowsWithout > 0) warnings.push(`${rowsWithout} rows of ${file} have no spectrum and were not used.`);
  }
  return warnings;
}
