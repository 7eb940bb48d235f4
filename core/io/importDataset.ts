import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { DataReport, ImportOptions } from '#core/contract/imports.ts';
import { dataReport } from '#core/data/dataReport.ts';
import type { Dataset, MetadataColumn, Target } from '#core/data/dataset.ts';
import { guessUnit } from '#core/io/detectAxis.ts';
import { guessSignal } from '#core/io/detectSignal.ts';
import { baseName } from '#core/io/baseName.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { formatQuestions } from '#core/io/formatQuestions.ts';
import { applyMissingPolicy } from '#core/io/missingPolicy.ts';
import { planImport, type ImportPlan } from '#core/io/planImport.ts';
import { readSpectra, type SpectraData } from '#core/io/readSpectra.ts';
import { sideTables, type SideTables } from '#core/io/sideTables.ts';
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
  const cancel = control.cancel ?? neverCancelled;
  const plan = await planImport(paths, files, options);
  refuseOpenQuestions(plan);
  const onBytes = await byteProgress(plan, files, control.onProgress);
  const problems = { missing: new CellProblems(), bad: new CellProblems() };
  const data = await readSpectra(plan, { files, cancel, onBytes }, problems);
  const sides = await sideTables(plan, data, files);
  refuseUnjoined(plan, sides, data);
  const bad = checkCells(plan, problems, sides);
  const { dataset, dropped } = assemble(plan, data, sides, problems.missing.count + problems.bad.count > 0);
  control.onProgress?.(1);
  const found = dataReport(dataset);
  return {
    dataset,
    report: {
      ...found,
      joins: sides.used.map((side) => side.join.report),
      badCells: bad,
      dropped,
      skippedFiles: [...data.skippedFiles],
      warnings: [...found.warnings, ...sides.warnings, ...importWarnings(data, sides, dropped)],
    },
  };
}

function refuseOpenQuestions(plan: ImportPlan): void {
  const read = [plan.main, ...plan.candidates.targets, ...plan.candidates.split, ...plan.candidates.metadata];
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

function assemble(
  plan: ImportPlan,
  data: SpectraData,
  sides: SideTables,
  mayHaveGaps: boolean,
): { dataset: Dataset; dropped: DataReport['dropped'] } {
  const [n, allWavelengths] = [data.rows, data.spectra.axis];
  const ids = sampleIds(data, sides);
  let { x } = data.spectra;
  let rows: Int32Array | null = null;
  let axis = allWavelengths;
  const dropped: DataReport['dropped'] = { samples: [], wavelengths: [] };
  const firstGap = mayHaveGaps ? x.findIndex(Number.isNaN) : -1;
  if (firstGap !== -1) {
    const { missing } = plan.options;
    // Text that is taken as missing leaves a gap, for which the rule for gaps holds.
    if (missing === 'refuse') throw gapLeft(plan, data, firstGap);
    const kept = applyMissingPolicy(x, n, axis.length, missing);
    x = kept.x;
    rows = kept.rows;
    const stay = new Set(kept.rows);
    dropped.samples.push(...ids.filter((_, i) => !stay.has(i)));
    const columns = new Set(kept.columns);
    dropped.wavelengths.push(...axis.filter((_, j) => !columns.has(j)));
    axis = Float64Array.from(kept.columns, (j) => allWavelengths[j] as number);
  }
  const keep = <T>(values: readonly T[]): readonly T[] =>
    rows === null ? values : Array.from(rows, (i) => values[i] as T);
  const keepNumbers = (values: Float64Array): Float64Array =>
    rows === null ? values : Float64Array.from(rows, (i) => values[i] as number);

  const targets: Target[] = data.targets.map((target) => namedTarget(target.name, keepNumbers(target.values)));
  const metadata: MetadataColumn[] = data.metadata.map((column) => ({
    name: column.name,
    values: keep(column.values),
  }));
  let split = data.split;
  for (const { data: side, join } of sides.used) {
    const at = (row: number, values: readonly string[]): string => (row < 0 ? '' : (values[row] ?? ''));
    for (const target of side.targets)
      targets.push(
        namedTarget(
          target.name,
          keepNumbers(Float64Array.from(join.index, (row) => (row < 0 ? NaN : (target.values[row] as number)))),
        ),
      );
    for (const column of side.metadata)
      metadata.push({ name: column.name, values: keep(Array.from(join.index, (row) => at(row, column.values))) });
    const labels = side.split;
    if (labels) split = Array.from(join.index, (row) => at(row, labels));
  }
  const unit = plan.options.axisUnit === 'auto' ? plan.main.layout.unit : plan.options.axisUnit;
  return {
    dropped,
    dataset: {
      name: plan.name,
      source: {
        name: plan.singles.length > 1 ? plan.name : baseName(plan.main.file),
        axis: { values: axis, unit: unit === 'index' || !data.spectra.named ? 'index' : guessUnit(axis, unit).unit },
        x: { rows: rows?.length ?? n, cols: axis.length, data: x },
        signal:
          plan.options.signal === 'auto'
            ? guessSignal(x.subarray(0, 50 * axis.length), plan.main.file).type
            : plan.options.signal,
      },
      sampleIds: keep(ids),
      targets: uniqueNames(targets),
      metadata: uniqueNames(metadata),
      split: split === null ? null : keep(split),
      files: [
        ...(plan.singles.length > 1 ? fileNames(plan) : [plan.main.file]),
        ...sides.used.map((side) => side.inspection.file),
      ],
    },
  };
}

/** The names of many files as one entry, since nobody reads thousands. */
function fileNames(plan: ImportPlan): string[] {
  const names = plan.singles.map((single) => single.file);
  return names.length <= 20 ? names : [`${names[0] ?? ''} … ${names.at(-1) ?? ''} (${names.length} files)`];
}

/** Ids of the spectra; else, for files joined by order, the ids of the other file; else the row numbers from 1. */
function sampleIds(data: SpectraData, sides: SideTables): readonly string[] {
  if (data.ids) return data.ids;
  const other = sides.used.find((side) => side.data.ids !== null && side.join.report.by === 'order');
  return other?.data.ids ?? Array.from({ length: data.rows }, (_, i) => String(i + 1));
}

function gapLeft(plan: ImportPlan, data: SpectraData, at: number): EngineError {
  const p = data.spectra.axis.length;
  const row = Math.floor(at / p);
  const column = String(data.spectra.axis[at - row * p]);
  const cell = { file: plan.main.file, line: data.lines[row] ?? 0, column, found: 'text taken as missing' };
  return new EngineError('data.missing-values', { count: 1, cells: [cell] });
}

/** "Protein [%]" and "Protein (%)" are the target Protein in %. */
function namedTarget(header: string, values: Float64Array): Target {
  const match = /^(.*\S)\s*[[(]([^\])]{1,20})[\])]$/.exec(header.trim());
  return match
    ? { name: match[1] ?? header, unit: match[2] ?? null, values }
    : { name: header.trim(), unit: null, values };
}

/** Two columns of one name would be one choice in every list. */
function uniqueNames<T extends { readonly name: string }>(columns: readonly T[]): T[] {
  const used = new Map<string, number>();
  return columns.map((column) => {
    const count = (used.get(column.name) ?? 0) + 1;
    used.set(column.name, count);
    return count === 1 ? column : { ...column, name: `${column.name} (${count})` };
  });
}

function importWarnings(data: SpectraData, sides: SideTables, dropped: DataReport['dropped']): string[] {
  const warnings: string[] = [];
  if (data.skippedFiles.length > 0)
    warnings.push(`${data.skippedFiles.length} files could not be read and were left out.`);
  if (dropped.samples.length > 0) warnings.push(`${dropped.samples.length} samples with missing values were dropped.`);
  if (dropped.wavelengths.length > 0)
    warnings.push(`${dropped.wavelengths.length} wavelengths with missing values were dropped.`);
  for (const { join } of sides.used) {
    const { file, spectraWithout, rowsWithout } = join.report;
    if (spectraWithout > 0) warnings.push(`${spectraWithout} spectra have no row in ${file}.`);
    if (rowsWithout > 0) warnings.push(`${rowsWithout} rows of ${file} have no spectrum and were not used.`);
  }
  return warnings;
}
