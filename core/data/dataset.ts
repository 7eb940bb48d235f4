import type { Axis } from '#core/data/axis.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** The spectra of a dataset: one matrix, whatever its columns come from. */
export interface SpectralSource {
  readonly name: string;
  /** Of the columns of `x`; column numbers where there are several sources. */
  readonly axis: Axis;
  /** n × p; may lie on shared memory. No NaN: the import decided what to do with missing values. */
  readonly x: Matrix;
  readonly signal: SignalType;
}

/** Columns of the spectra that one instrument, or one table of other measurements, gave. */
export interface SourceColumns {
  readonly name: string;
  /** Columns from … to − 1 of the spectra. */
  readonly from: number;
  readonly to: number;
  /** Of these columns: to − from values. */
  readonly axis: Axis;
  readonly signal: SignalType;
}

export type SignalType = 'absorbance' | 'reflectance' | 'transmittance' | 'unknown';

export interface Target {
  readonly name: string;
  readonly unit: string | null;
  /** Length n; NaN where the reference value is missing. */
  readonly values: Float64Array;
}

export interface MetadataColumn {
  readonly name: string;
  /** Length n; '' where missing. */
  readonly values: readonly string[];
}

/** What an import yields and a workspace stores. Rows of everything are the samples, in file order. */
export interface Dataset {
  readonly name: string;
  readonly source: SpectralSource;
  /** Two or more, side by side in this order, without gaps; absent where all columns are one source (see `sourcesOf`). */
  readonly sources?: readonly SourceColumns[];
  readonly sampleIds: readonly string[];
  readonly targets: readonly Target[];
  readonly metadata: readonly MetadataColumn[];
  /** The label of a split file or column, one a sample ('' where missing), or null without one. */
  readonly split: readonly string[] | null;
  /** Files it came from, by name (never a full path). */
  readonly files: readonly string[];
}
