import type { Axis } from '#core/data/axis.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** One block of spectra with its own axis. */
export interface SpectralSource {
  readonly name: string;
  readonly axis: Axis;
  /** n × p; may lie on shared memory. No NaN: the import decided what to do with missing values. */
  readonly x: Matrix;
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
  readonly sampleIds: readonly string[];
  readonly targets: readonly Target[];
  readonly metadata: readonly MetadataColumn[];
  /** The label of a split file or column, one a sample ('' where missing), or null without one. */
  readonly split: readonly string[] | null;
  /** Files it came from, by name (never a full path). */
  readonly files: readonly string[];
}
