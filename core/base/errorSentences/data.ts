import type { Sentences } from '#core/base/sentences.ts';

/** One cell that is not what its column should hold; lines counted from 1 as an editor does. */
interface Cell {
  file: string;
  line: number;
  column: string;
  found: string;
}

/** Failures of this area: code → details. `file` is always a name, never a path. */
export interface DataErrors {
  'data.unreadable': { file: string; reason: string };
  'data.no-files': { where: string };
  'data.empty': { file: string };
  'data.binary': { file: string; kind: string };
  'data.encoding': { file: string; line: number; encoding: string };
  'data.ragged': { file: string; line: number; expected: number; found: number; hint: string };
  'data.unbalanced-quote': { file: string; line: number };
  'data.too-large': { file: string; line: number; what: string; limit: string };
  'data.no-spectra': { file: string; found: string };
  'data.missing-values': { count: number; cells: Cell[] };
  'data.not-numeric': { count: number; cells: Cell[] };
  'data.axis-value': { file: string; line: number; column: string; found: string };
  'data.duplicate-id': { file: string; id: string; line: number; firstLine: number };
  'data.axis-mismatch': { file: string; other: string; found: string; expected: string };
  'data.join-count': { file: string; rows: number; spectraFile: string; spectra: number };
  'data.join-none': { file: string; spectraFile: string; example: string; spectraExample: string };
  'data.source-rows': { file: string; spectraFile: string; without: number; samples: number; example: string };
  'data.other-sources': { part: string; other: string; found: string; expected: string };
  'data.source-missing': { source: string; columns: number; known: string[] };
  'data.source-columns': { source: string; expected: number; found: number };
  'data.ambiguous': { file: string; question: string };
  'data.nothing-left': { reason: string };
  'data.config': { file: string; problem: string };
  'data.config-file': { file: string; role: string; path: string };
}

const shown = (text: string): string => (text === '' ? 'an empty cell' : `"${text}"`);
const place = (cell: Cell | undefined): string =>
  cell ? `${cell.file}, line ${cell.line}, column ${cell.column}: found ${shown(cell.found)}` : 'unknown place';
const others = (count: number): string => (count > 1 ? `, and ${(count - 1).toLocaleString('en-GB')} more` : '');

export const dataSentences: Sentences<DataErrors> = {
  'data.unreadable': (d) => `${d.file} cannot be read: ${d.reason}`,
  'data.no-files': (d) =>
    `No table was found in ${d.where}. Expected files that end in .csv, .tsv, .txt, .dat, .asc, .prn or .xy (also with .gz).`,
  'data.empty': (d) =>
    `${d.file} holds no data rows. Check that the export finished and that the right file was chosen.`,
  'data.binary': (d) => `${d.file} is not a text table: it looks like ${d.kind}. Save or export it as CSV first.`,
  'data.encoding': (d) =>
    `${d.file}, line ${d.line}: the text is not valid ${d.encoding.toUpperCase()}. Choose another encoding in the import dialog, for example Windows-1252.`,
  'data.ragged': (d) =>
    `${d.file}, line ${d.line}: expected ${d.expected} columns, found ${d.found}. ${d.hint} Correct that line, or choose another separator.`,
  'data.unbalanced-quote': (d) =>
    `${d.file}, line ${d.line}: a quotation mark opens here and is never closed. Close it or remove it.`,
  'data.too-large': (d) =>
    `${d.file}, line ${d.line}: ${d.what}; at most ${d.limit} can be imported. Divide the file, or check its separator.`,
  'data.no-spectra': (d) =>
    `${d.file} holds no spectra: expected a block of numeric columns headed by wavelengths, found ${d.found}. Mark the columns as spectra in the import dialog, or choose another file.`,
  'data.missing-values': (d) =>
    `${place(d.cells[0])} where a spectrum needs a number${others(d.count)}. Fill the gaps, or choose to drop the samples or the wavelengths that have them.`,
  'data.not-numeric': (d) =>
    `${place(d.cells[0])} where a number was expected${others(d.count)}. Correct the file, take such cells as missing, or give the column another role.`,
  'data.axis-value': (d) =>
    `${d.file}, line ${d.line}, column ${d.column}: expected a wavelength, found ${shown(d.found)}. Correct it, or give the column another role.`,
  'data.duplicate-id': (d) =>
    `${d.file}, line ${d.line}: sample "${d.id}" stands on line ${d.firstLine} already with other values. Keep one of the two lines.`,
  'data.axis-mismatch': (d) =>
    `${d.file} has another axis than ${d.other}: found ${d.found}, expected ${d.expected}. Import them separately, or export them with the same axis.`,
  'data.join-count': (d) =>
    `${d.file} has ${d.rows} rows and ${d.spectraFile} has ${d.spectra} spectra; without matching sample ids they cannot be put together. Add a sample id column to both.`,
  'data.join-none': (d) =>
    `${d.file} and ${d.spectraFile} share no sample id (for example "${d.example}" and "${d.spectraExample}"). Correct the ids, or choose to join by the order of rows.`,
  'data.source-rows': (d) =>
    `${d.file} has no row for ${d.without} of the ${d.samples} samples of ${d.spectraFile} (for example "${d.example}"). Add the rows, or choose to drop samples with missing values.`,
  'data.other-sources': (d) =>
    `The ${d.part} data have other sources than the ${d.other} data: found ${d.found}, expected ${d.expected}. Give both the same files, in the same order.`,
  'data.source-missing': (d) =>
    `The model needs the source "${d.source}" (${d.columns} columns), which the data lack; they have ${d.known.join(', ')}. Import it beside the others, with this name.`,
  'data.source-columns': (d) =>
    `The source "${d.source}" has ${d.found} columns, and the model expects ${d.expected}. Nothing was resampled. Export it on the axis of the model's data and try again.`,
  'data.ambiguous': (d) => `${d.file}: ${d.question} Choose it in the import dialog, or state it in a dataset.yaml.`,
  'data.nothing-left': (d) => `Nothing is left to import: ${d.reason} Choose another rule for missing values.`,
  'data.config': (d) => `${d.file} is not a valid dataset file: ${d.problem}`,
  'data.config-file': (d) =>
    `${d.file} names "${d.path}" for ${d.role}, which does not exist beside it. Correct the path.`,
};
