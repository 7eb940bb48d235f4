import { z } from 'zod';

/**
 * What a file is for. `source` is another source of spectra (or of other measurements) of the same samples beside the
 * file with the role `spectra`. `single-spectra` stands for a group of files with one spectrum each.
 */
export const FileRole = z.enum(['spectra', 'source', 'single-spectra', 'targets', 'split', 'metadata', 'ignore']);
export type FileRole = z.infer<typeof FileRole>;

export const ColumnRole = z.enum(['id', 'spectra', 'target', 'metadata', 'split', 'ignore']);
export type ColumnRole = z.infer<typeof ColumnRole>;

export const TextEncodingName = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);
export type TextEncodingName = z.infer<typeof TextEncodingName>;

/** ' ' means any run of blanks and tabs. */
export const Separator = z.enum([',', ';', '\t', '|', ' ']);
export type Separator = z.infer<typeof Separator>;

export const DecimalMark = z.enum(['.', ',']);
export type DecimalMark = z.infer<typeof DecimalMark>;

/** '' means that there is none; ' ' covers the narrow and the non-breaking blank too. */
export const ThousandsMark = z.enum(['', ',', '.', ' ', "'"]);
export type ThousandsMark = z.infer<typeof ThousandsMark>;

export const Orientation = z.enum(['samples-in-rows', 'samples-in-columns']);
export type Orientation = z.infer<typeof Orientation>;

/** How the text of one file is to be read, everything settled. */
export const TableFormat = z.strictObject({
  encoding: TextEncodingName,
  separator: Separator,
  decimal: DecimalMark,
  thousands: ThousandsMark,
  /** Lines that start with it are skipped; '' for none. */
  comment: z.enum(['', '#', '%']),
  /** Lines before the table (titles, instrument settings). */
  skipLines: z.int().min(0).max(10_000),
  header: z.boolean(),
  orientation: Orientation,
});
export type TableFormat = z.infer<typeof TableFormat>;

/** What the person (or a dataset file) decided about one file; whatever is absent is detected. */
export const FileOptions = TableFormat.partial().extend({
  role: FileRole.optional(),
  /** Roles by column name, or by `#3` for the third column. */
  columns: z.record(z.string(), ColumnRole).optional(),
  /** Name of the source that the file's spectra are; the file's name without one. */
  source: z.string().trim().min(1).max(100).optional(),
  /** Axis unit and signal of this file, where they differ from those of the first source. */
  axisUnit: z.enum(['auto', 'nm', 'cm-1', 'index']).optional(),
  signal: z.enum(['auto', 'absorbance', 'reflectance', 'transmittance', 'unknown']).optional(),
  /**
   * Which samples the file is about: files of one partition form a table of samples with this split label, and the
   * tables follow each other. A file without one is about the samples of all partitions.
   */
  partition: z.string().trim().min(1).max(100).optional(),
});
export type FileOptions = z.infer<typeof FileOptions>;

export const ImportOptions = z.strictObject({
  /** Name of the dataset; '' takes the name of the folder or file. */
  name: z.string().max(200),
  /** By the file key of the proposal (the file name, with its folder where two files share a name). */
  files: z.record(z.string(), FileOptions),
  axisUnit: z.enum(['auto', 'nm', 'cm-1', 'index']),
  signal: z.enum(['auto', 'absorbance', 'reflectance', 'transmittance', 'unknown']),
  /** What happens to missing values in spectra. */
  missing: z.enum(['refuse', 'drop-samples', 'drop-wavelengths']),
  /** What happens to text in a numeric column: refuse the import, or take it as missing. */
  nonNumeric: z.enum(['refuse', 'missing']),
  /** How the files belong together: by sample id, by the order of their rows, or whichever fits. */
  join: z.enum(['auto', 'id', 'order']),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

/** A cell that is not what its column should hold. Lines and columns are counted as an editor does, from 1. */
export const CellProblem = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.string(),
  found: z.string(),
});
export type CellProblem = z.infer<typeof CellProblem>;

/** Neighbouring columns with one role (a block of wavelengths is one entry). */
export const ColumnProposal = z.strictObject({
  /** The first column of the block, from 1. */
  column: z.int(),
  count: z.int(),
  name: z.string(),
  lastName: z.string(),
  numeric: z.boolean(),
  role: ColumnRole,
});
export type ColumnProposal = z.infer<typeof ColumnProposal>;

export const FileProposal = z.strictObject({
  file: z.string(),
  role: FileRole,
  /** Why it has this role, or why it is left out. */
  note: z.string(),
  /** How many files this entry stands for (1, except for single spectra). */
  members: z.int(),
  bytes: z.number(),
  format: TableFormat.nullable(),
  /** 0 … 1: how clearly the format spoke. */
  confidence: z.number(),
  /** Rows of data; estimated from the beginning of the file when `rowsExact` is false. */
  rows: z.int(),
  rowsExact: z.boolean(),
  columns: z.int(),
  /** The first cells as they stand in the file, header included. */
  preview: z.array(z.strictObject({ line: z.int(), cells: z.array(z.string()) })),
  columnRoles: z.array(ColumnProposal),
  /** Name of the source that it is, where there are several. */
  source: z.string().optional(),
});
export type FileProposal = z.infer<typeof FileProposal>;

/** Something the files do not tell. The import refuses until each is answered; a choice is a change of the options. */
export const ImportQuestion = z.strictObject({
  id: z.string(),
  file: z.string(),
  field: z.enum(['separator', 'decimal', 'join']),
  text: z.string(),
  choices: z.array(z.strictObject({ label: z.string(), patch: ImportOptions.partial() })),
});
export type ImportQuestion = z.infer<typeof ImportQuestion>;

/** How one file's rows met the spectra. */
export const JoinReport = z.strictObject({
  file: z.string(),
  by: z.enum(['id', 'order', 'none']),
  matched: z.int(),
  /** How many spectra have no row in the file, and the first 20 of their ids. */
  spectraWithout: z.int(),
  spectraWithoutIds: z.array(z.string()),
  /** How many rows of the file have no spectrum, and the first 20 of their ids. */
  rowsWithout: z.int(),
  rowsWithoutIds: z.array(z.string()),
});
export type JoinReport = z.infer<typeof JoinReport>;

/** One of several sources of spectra that stand side by side. */
export const SourceReport = z.strictObject({
  name: z.string(),
  columns: z.int(),
  unit: z.enum(['nm', 'cm-1', 'index']),
  from: z.number(),
  to: z.number(),
  signal: z.enum(['absorbance', 'reflectance', 'transmittance', 'unknown']),
});
export type SourceReport = z.infer<typeof SourceReport>;

export const SplitCount = z.strictObject({ label: z.string(), samples: z.int() });

/** Everything the import dialog shows before anything is imported. */
export const ImportProposal = z.strictObject({
  name: z.string(),
  files: z.array(FileProposal),
  samples: z.int(),
  samplesExact: z.boolean(),
  axis: z
    .strictObject({
      unit: z.enum(['nm', 'cm-1', 'index']),
      unitConfidence: z.number(),
      from: z.number(),
      to: z.number(),
      count: z.int(),
    })
    .nullable(),
  signal: z.strictObject({
    type: z.enum(['absorbance', 'reflectance', 'transmittance', 'unknown']),
    confidence: z.number(),
  }),
  /** Where there are several: their names and columns, in order. */
  sources: z.array(SourceReport).optional(),
  targets: z.array(z.string()),
  metadata: z.array(z.string()),
  split: z.array(SplitCount).nullable(),
  joins: z.array(JoinReport),
  questions: z.array(ImportQuestion),
  warnings: z.array(z.string()),
  /** Text found in numeric columns and blank cells of spectra, as far as the files were looked at. */
  badCells: z.array(CellProblem),
  /** Up to 50 spectra for a first picture, n × p row by row, beside the p axis values. */
  preview: z.strictObject({
    n: z.int(),
    ids: z.array(z.string()),
    axis: z.instanceof(Float64Array),
    values: z.instanceof(Float64Array),
  }),
  /** The choices that were in force; send them back, changed or not, to look again or to import. */
  options: ImportOptions,
});
export type ImportProposal = z.infer<typeof ImportProposal>;

/** What is worth knowing about a dataset before it is trusted. Rows are counted from 0 here. */
export const DataReport = z.strictObject({
  samples: z.int(),
  wavelengths: z.int(),
  axis: z.strictObject({
    unit: z.enum(['nm', 'cm-1', 'index']),
    from: z.number(),
    to: z.number(),
    monotonic: z.boolean(),
    /** Steps of more than five times the median step. */
    gaps: z.array(z.strictObject({ from: z.number(), to: z.number() })),
  }),
  /** Where there are several: then `axis` counts the columns of all. */
  sources: z.array(SourceReport).optional(),
  missingTargets: z.array(z.strictObject({ target: z.string(), missing: z.int() })),
  /** Samples whose spectrum equals that of an earlier one, and the first 100 groups of equals. */
  duplicateSpectra: z.strictObject({
    samples: z.int(),
    groups: z.array(z.array(z.strictObject({ row: z.int(), id: z.string() }))),
    /** Groups of identical spectra that stand in more than one part of the split. */
    acrossSplits: z.int(),
  }),
  duplicateIds: z.strictObject({
    ids: z.int(),
    first: z.array(z.strictObject({ id: z.string(), rows: z.array(z.int()) })),
  }),
  constantWavelengths: z.strictObject({ count: z.int(), first: z.array(z.number()) }),
  /** Reference values outside median ± 5 MAD. */
  targetOutliers: z.strictObject({
    count: z.int(),
    first: z.array(z.strictObject({ target: z.string(), row: z.int(), id: z.string(), value: z.number() })),
  }),
  split: z.array(SplitCount).nullable(),
  joins: z.array(JoinReport),
  /** Cells that were taken as missing although they hold text: the first 100. */
  badCells: z.array(CellProblem),
  dropped: z.strictObject({ samples: z.array(z.string()), wavelengths: z.array(z.number()) }),
  skippedFiles: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
  warnings: z.array(z.string()),
});
export type DataReport = z.infer<typeof DataReport>;
