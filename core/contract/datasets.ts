import { z } from 'zod';
import { JobId } from '#core/contract/app.ts';
import {
  call,
  Counts,
  Doubles,
  FileGrant,
  LONG_JOB_SECONDS,
  Nothing,
  RowNumbers,
  Singles,
} from '#core/contract/call.ts';
import { DataReport, ImportOptions, ImportProposal, SourceReport } from '#core/contract/imports.ts';

export const DatasetId = z.string().regex(/^ds_[0-9a-z]{6,24}$/);
export const AxisUnit = z.enum(['nm', 'cm-1', 'index']);
export const Signal = z.enum(['absorbance', 'reflectance', 'transmittance', 'unknown']);

export const TargetSummary = z.strictObject({
  name: z.string(),
  unit: z.string().nullable(),
  n: z.int(),
  missing: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
});
export type TargetSummary = z.infer<typeof TargetSummary>;

export const DatasetSummary = z.strictObject({
  id: DatasetId,
  name: z.string(),
  samples: z.int(),
  wavelengths: z.int(),
  axis: z.strictObject({ from: z.number(), to: z.number(), unit: AxisUnit }),
  signal: Signal,
  /** Where there are several, side by side in this order: then `axis` counts the columns of all. */
  sources: z.array(SourceReport).optional(),
  targets: z.array(TargetSummary),
  metadata: z.array(z.string()),
  /** Split labels and how many samples carry each; null without a split. */
  split: z.array(z.strictObject({ label: z.string(), samples: z.int() })).nullable(),
  /** 16 hexadecimal digits over everything in the dataset. */
  contentHash: z.string(),
  files: z.array(z.string()),
  createdAt: z.string(),
  warnings: z.int(),
});
export type DatasetSummary = z.infer<typeof DatasetSummary>;

export const DatasetDetail = DatasetSummary.extend({
  axisValues: Doubles,
  /** The axis of each of several sources. */
  sourceAxes: z.array(Doubles).optional(),
  report: DataReport,
});
export type DatasetDetail = z.infer<typeof DatasetDetail>;

export const SampleRow = z.strictObject({
  row: z.int(),
  id: z.string(),
  /** In the order of the dataset's targets; null where missing. */
  targets: z.array(z.number().nullable()),
  metadata: z.array(z.string()),
  split: z.string().nullable(),
});
export type SampleRow = z.infer<typeof SampleRow>;

/** Some spectra as they are: row k of `values` (rows.length × p) is sample `rows[k]`. */
export const SpectraLines = z.strictObject({
  rows: RowNumbers,
  ids: z.array(z.string()),
  p: z.int(),
  values: Doubles,
  /** The colouring target of each row (NaN where missing), or null. */
  colour: Doubles.nullable(),
});
export type SpectraLines = z.infer<typeof SpectraLines>;

/** Per wavelength, over all samples; each of length p. */
export const SpectraBands = z.strictObject({
  min: Doubles,
  p5: Doubles,
  p25: Doubles,
  median: Doubles,
  p75: Doubles,
  p95: Doubles,
  max: Doubles,
});
export type SpectraBands = z.infer<typeof SpectraBands>;

/** A view in data units: columns by axis value (left may exceed right on a reversed axis), values bottom to top. */
export const View = z.strictObject({ left: z.number(), right: z.number(), bottom: z.number(), top: z.number() });
export type View = z.infer<typeof View>;

/** How many spectra pass through each pixel. Row 0 is the top. */
export const Density = z.strictObject({
  width: z.int(),
  height: z.int(),
  count: Counts,
  /** Mean target of the spectra through a pixel (NaN where none), or null without a colouring target. */
  colour: Singles.nullable(),
  /** How many samples it was drawn from, of how many: a preview says so. */
  drawn: z.int(),
  of: z.int(),
});
export type Density = z.infer<typeof Density>;

const One = z.strictObject({ id: DatasetId });

/** One of several sources; null for all columns, and for the spectra of a dataset of one source. */
const OfSource = One.extend({ source: z.string().nullable().default(null) });

/** Everything the window may ask about datasets. */
export const datasets = {
  'datasets.inspect': call({
    in: z.strictObject({ files: z.array(FileGrant).min(1).max(20_000), options: ImportOptions.partial().optional() }),
    out: ImportProposal,
    timeoutSeconds: 120,
  }),
  'datasets.import': call({
    in: z.strictObject({ files: z.array(FileGrant).min(1).max(20_000), options: ImportOptions, jobId: JobId }),
    out: One,
    timeoutSeconds: LONG_JOB_SECONDS,
  }),
  'datasets.importSample': call({ in: z.strictObject({ sample: z.enum(['tecator']) }), out: One }),
  'datasets.list': call({ in: Nothing, out: z.array(DatasetSummary) }),
  'datasets.get': call({ in: One, out: DatasetDetail }),
  'datasets.rename': call({ in: One.extend({ name: z.string().min(1).max(200) }), out: Nothing }),
  'datasets.remove': call({ in: One, out: Nothing }),
  'datasets.samples': call({
    in: One.extend({
      offset: z.int().min(0),
      limit: z.int().min(1).max(1000),
      /** 'row', 'id', 'split', `target:NAME` or `metadata:NAME`. */
      sortBy: z.string().default('row'),
      descending: z.boolean().default(false),
    }),
    out: z.strictObject({ total: z.int(), rows: z.array(SampleRow) }),
  }),
  'datasets.lines': call({
    /** The named rows, or up to `limit` evenly spaced ones when `rows` is null. */
    in: OfSource.extend({
      rows: RowNumbers.nullable(),
      limit: z.int().min(1).max(1000),
      target: z.string().nullable(),
    }),
    out: SpectraLines,
  }),
  'datasets.bands': call({ in: OfSource, out: SpectraBands }),
  'datasets.density': call({
    in: OfSource.extend({
      view: View,
      width: z.int().min(16).max(4096),
      height: z.int().min(16).max(4096),
      target: z.string().nullable(),
      /** Draw from at most so many evenly spaced samples (a quick first picture), or all when null. */
      limit: z.int().min(1).nullable(),
    }),
    out: Density,
  }),
  'datasets.nearest': call({
    in: OfSource.extend({ wavelength: z.number(), value: z.number() }),
    out: z.strictObject({ row: z.int(), id: z.string(), wavelength: z.number(), value: z.number() }),
  }),
};
