import { EngineError } from '#core/base/errors.ts';
import type { SourcePart } from '#core/data/sources.ts';
import { guessUnit } from '#core/io/detectAxis.ts';
import { guessSignal } from '#core/io/detectSignal.ts';
import type { FileInspection } from '#core/io/inspectFile.ts';
import { joinRows, type RowJoin } from '#core/io/joinRows.ts';
import { sourceNames, type ImportPlan } from '#core/io/planImport.ts';
import { needSpectra, type SpectraData } from '#core/io/readSpectra.ts';
import { readTable, type Problems, type TableData } from '#core/io/readTable.ts';
import type { ReadContext } from '#core/io/tableReader.ts';

/** One of several sources, and which of its rows belongs to each sample. */
export interface SourceTable {
  readonly name: string;
  readonly inspection: FileInspection;
  readonly data: TableData;
  readonly spectra: NonNullable<TableData['spectra']>;
  /** Null for the first source: its rows are the samples. */
  readonly join: RowJoin | null;
}

/**
 * Reads the files of further sources and finds for each sample its row in them; the first entry is what was read
 * already.
 *
 * @throws EngineError data.source-rows where samples have no row in a source and may not be dropped; data.join-*
 */
export async function sourceTables(
  plan: ImportPlan,
  first: SpectraData,
  context: ReadContext,
  problems: Problems,
): Promise<SourceTable[]> {
  const names = sourceNames(plan);
  const tables: SourceTable[] = [
    { name: names[0] ?? plan.name, inspection: plan.main, data: first, spectra: first.spectra, join: null },
  ];
  for (const [k, inspection] of plan.sources.entries()) {
    const data = await readTable(inspection, context, problems);
    const spectra = needSpectra(data);
    const p = spectra.axis.length;
    const content = (row: number): string => spectra.x.subarray(row * p, (row + 1) * p).join(' ');
    const join = joinRows(first, { ...data, content }, plan.options.join);
    refuseUnmatched(plan, first, data, join);
    tables.push({ name: names[k + 1] ?? inspection.file, inspection, data, spectra, join });
  }
  return tables;
}

function refuseUnmatched(plan: ImportPlan, first: SpectraData, data: TableData, { problem, report }: RowJoin): void {
  const names = { file: data.file, spectraFile: plan.main.file };
  if (problem === 'count') throw new EngineError('data.join-count', { ...names, rows: data.rows, spectra: first.rows });
  if (problem === 'ids')
    throw new EngineError('data.join-none', {
      ...names,
      example: data.ids?.[0] ?? 'no id',
      spectraExample: first.ids?.[0] ?? 'no id',
    });
  if (report.spectraWithout > 0 && plan.options.missing !== 'drop-samples')
    throw new EngineError('data.source-rows', {
      ...names,
      without: report.spectraWithout,
      samples: first.rows,
      example: report.spectraWithoutIds[0] ?? '',
    });
}

/** All sources side by side (n × Σ p, on shared memory); NaN where a sample has no row in a source. */
export function wideSpectra(tables: readonly SourceTable[], n: number): Float64Array {
  const [first] = tables;
  if (tables.length === 1 && first !== undefined) return first.spectra.x;
  const width = tables.reduce((sum, { spectra }) => sum + spectra.axis.length, 0);
  const x = new Float64Array(new SharedArrayBuffer(8 * n * width));
  let at = 0;
  for (const { spectra, join } of tables) {
    const p = spectra.axis.length;
    for (let i = 0; i < n; i++) {
      const row = join === null ? i : (join.index[i] ?? -1);
      const start = i * width + at;
      if (row < 0) x.fill(NaN, start, start + p);
      else x.set(spectra.x.subarray(row * p, (row + 1) * p), start);
    }
    at += p;
  }
  return x;
}

/**
 * A source as the dataset has it, for the columns that are left. What the options say in general holds for the first
 * source; another one has options of its own, or its unit and signal are detected.
 */
export function sourcePart(
  plan: ImportPlan,
  { name, inspection, spectra: { axis, named, x } }: Pick<SourceTable, 'name' | 'inspection' | 'spectra'>,
  kept: readonly number[],
): SourcePart {
  const own = plan.options.files[inspection.file];
  const general = inspection === plan.main ? plan.options : { axisUnit: 'auto' as const, signal: 'auto' as const };
  const [asked, signal] = [own?.axisUnit ?? general.axisUnit, own?.signal ?? general.signal];
  const unit = asked === 'auto' ? inspection.layout.unit : asked;
  const values = Float64Array.from(kept, (j) => axis[j] ?? NaN);
  // Columns that have words for names are no spectrum.
  const words = plan.sources.length > 0 && !named && inspection.format.header;
  return {
    name,
    axis: { values, unit: unit === 'index' || !named ? 'index' : guessUnit(values, unit).unit },
    signal:
      signal !== 'auto'
        ? signal
        : words
          ? 'unknown'
          : guessSignal(x.subarray(0, 50 * axis.length), inspection.file).type,
  };
}
