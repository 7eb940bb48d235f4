import type { Density, SpectraBands, SpectraLines, View } from '#core/contract/datasets.ts';

export type AxisUnit = 'nm' | 'cm-1' | 'index';
export type SignalKind = 'absorbance' | 'reflectance' | 'transmittance' | 'unknown' | 'processed';

/**
 * Where a spectra plot gets what it draws: a dataset in the engine, or arrays at hand. All answers are about one fixed
 * set of spectra; `key` changes when the set does.
 */
export interface SpectraSource {
  readonly key: string;
  /** Axis values of the p columns, ascending or descending. */
  readonly axis: Float64Array;
  readonly unit: AxisUnit;
  readonly signal: SignalKind;
  /** How many spectra there are. */
  readonly n: number;
  /** What the spectra can be coloured by. */
  readonly targets: readonly SpectraTarget[];
  lines(rows: Int32Array | null, limit: number, target: string | null): Promise<SpectraLines>;
  bands(): Promise<SpectraBands>;
  density(request: DensityRequest): Promise<Density>;
  nearest(wavelength: number, value: number): Promise<NearestSpectrum>;
}

export interface SpectraTarget {
  readonly name: string;
  readonly unit: string | null;
  /** Range of the values, so that a colour means the same at every zoom; null when there are none. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

export interface DensityRequest {
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly target: string | null;
  readonly limit: number | null;
}

export interface NearestSpectrum {
  readonly row: number;
  readonly id: string;
  readonly wavelength: number;
  readonly value: number;
}

/** Above either, lines would hide each other and slow the gestures: the plot shows their density. */
const MOST_LINES = 400;
const MOST_POINTS = 120_000;

/** Whether the spectra are drawn one by one. */
export const drawsLines = (source: Pick<SpectraSource, 'n' | 'axis'>): boolean =>
  source.n <= MOST_LINES && source.n * source.axis.length <= MOST_POINTS;
