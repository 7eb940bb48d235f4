import { neverCancelled } from '#core/base/cancellation.ts';
import type { ImportQuestion, JoinReport, SourceReport } from '#core/contract/imports.ts';
import type { FilePort } from '#core/io/filePort.ts';
import type { FileInspection } from '#core/io/inspectFile.ts';
import { joinRows, type RowJoin } from '#core/io/joinRows.ts';
import { sourceNames, type ImportPlan } from '#core/io/planImport.ts';
import { previewSpectra, type PreviewSpectra } from '#core/io/previewSpectra.ts';
import { sourcePart } from '#core/io/sourceTables.ts';
import { tableIds, type SpectraIds } from '#core/io/spectraIds.ts';

/** What can be told of several sources before they are read. */
export interface InspectedSources {
  /** Undefined where there is one source only. */
  readonly reports: SourceReport[] | undefined;
  readonly joins: readonly JoinReport[];
  readonly questions: readonly ImportQuestion[];
  readonly warnings: readonly string[];
}

/** Names, columns and units of the sources, and how their rows meet those of the first. */
export async function inspectSources(
  plan: ImportPlan,
  first: { readonly ids: SpectraIds; readonly preview: PreviewSpectra },
  files: FilePort,
): Promise<InspectedSources> {
  if (plan.sources.length === 0) return { reports: undefined, joins: [], questions: [], warnings: [] };
  const names = sourceNames(plan);
  const reports = [reportOf(plan, plan.main, names[0] ?? '', first.preview)];
  const joins: JoinReport[] = [];
  const questions: ImportQuestion[] = [];
  const warnings: string[] = [];
  for (const [k, inspection] of plan.sources.entries()) {
    const preview = await previewSpectra({ ...plan, main: inspection, singles: [] }, files, neverCancelled);
    reports.push(reportOf(plan, inspection, names[k + 1] ?? inspection.file, preview));
    const own = await tableIds(inspection, files);
    const side = { ...own, file: inspection.file, lines: [], content: () => '' }; // the import compares repeated rows
    const join = joinRows(first.ids, side, plan.options.join);
    joins.push(join.report);
    if (join.report.by === 'order') warnings.push(`${inspection.file} was joined by the order of its rows.`);
    if (first.ids.exact && own.exact) questions.push(...joinQuestions(plan, inspection, own.rows, join, first.ids));
  }
  return { reports, joins, questions, warnings };
}

function reportOf(plan: ImportPlan, inspection: FileInspection, name: string, preview: PreviewSpectra): SourceReport {
  const { columns, orientation } = inspection.layout;
  const named =
    orientation === 'samples-in-columns' ||
    columns.some(({ role, wavelength }) => role === 'spectra' && !Number.isNaN(wavelength));
  const spectra = { axis: preview.axis, named, x: preview.values };
  const { axis, signal } = sourcePart(plan, { name, inspection, spectra }, [...preview.axis.keys()]);
  const { values, unit } = axis;
  return { name, columns: values.length, unit, from: values.at(0) ?? 0, to: values.at(-1) ?? 0, signal };
}

function joinQuestions(
  plan: ImportPlan,
  { file }: FileInspection,
  rows: number,
  { problem, report }: RowJoin,
  first: SpectraIds,
): ImportQuestion[] {
  const { main, options } = plan;
  const leave = {
    label: `Leave ${file} out`,
    patch: { files: { ...options.files, [file]: { ...options.files[file], role: 'ignore' as const } } },
  };
  const question = (text: string, choices: ImportQuestion['choices']): ImportQuestion[] => [
    { id: `join:${file}`, file, field: 'join', text, choices: [...choices, leave] },
  ];
  const inOrder =
    first.rows === rows ? [{ label: 'Join by the order of rows', patch: { join: 'order' as const } }] : [];
  if (problem === 'ids')
    return question(`${file} and ${main.file} share no sample id. How do their rows belong together?`, inOrder);
  if (problem === 'count')
    return question(
      `${file} has ${rows} rows and ${main.file} has ${first.rows} spectra, without common sample ids. What should happen?`,
      [],
    );
  if (report.spectraWithout === 0 || options.missing === 'drop-samples') return [];
  const drop = { label: 'Drop these samples', patch: { missing: 'drop-samples' as const } };
  return question(`${file} has no row for ${report.spectraWithout} of ${first.rows} samples. What should happen?`, [
    drop,
  ]);
}
