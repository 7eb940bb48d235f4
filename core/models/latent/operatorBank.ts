import { dot } from '#core/numerics/dot.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';
import { savitzkyGolayWeights } from '#core/numerics/savitzkyGolayWeights.ts';

/** A linear pre-treatment: detrending of a degree (null for none), then a filter (null for none). */
export interface BankOperator {
  readonly name: string;
  readonly detrend: number | null;
  readonly kernel: Float64Array | null;
}

/**
 * The pre-treatments among which AOM-PLS chooses, by number. `compact` has nine usual ones; `default` has those of
 * nirs4all: smoothing, first and second derivatives of many widths, gap derivatives, detrending, and every filter after
 * taking off the mean or a straight line of each spectrum.
 */
export function operatorBank(bank: 'default' | 'compact'): BankOperator[] {
  const identity: BankOperator = { name: 'none', detrend: null, kernel: null };
  const trend = (degree: number): BankOperator => ({ name: `detrend ${degree}`, detrend: degree, kernel: null });
  if (bank === 'compact')
    return [
      identity,
      ...[[11, 2, 0], [21, 2, 0], [11, 2, 1], [15, 2, 1], [21, 2, 1], [15, 2, 2], [21, 2, 2]].map(savitzkyGolay), // prettier-ignore
      trend(1),
    ];
  const filters = [
    ...derivatives([11, 15, 21, 31], 2, 0),
    ...derivatives([11, 15, 21, 31, 41], 2, 1),
    ...derivatives([11, 15, 21, 31, 41], 2, 2),
    ...derivatives([11, 15, 21, 31], 3, 2),
    ...derivatives([11, 15, 21, 31], 3, 1),
    filter('difference 1', [-0.5, 0, 0.5]),
    filter('difference 2', [1, -2, 1]),
    ...[[3, 1, 1], [5, 1, 1], [11, 1, 1], [5, 5, 1], [11, 5, 1], [5, 1, 2], [11, 1, 2], [5, 5, 2]].map(gapDerivative), // prettier-ignore
  ];
  const after = filters.flatMap((one) =>
    [0, 1].map((degree): BankOperator => ({ ...one, name: `detrend ${degree}, ${one.name}`, detrend: degree })),
  );
  return [identity, ...filters, trend(0), trend(1), trend(2), ...after];
}

/** Applies an operator to one spectrum. The ends of the spectrum continue with zeros, so that it stays linear. */
export function applyOperator({ detrend, kernel }: BankOperator, spectrum: Float64Array): Float64Array {
  const flat = detrend === null ? spectrum : withoutTrend(spectrum, detrend);
  return kernel === null ? flat.slice() : correlate(flat, kernel);
}

/** `applyOperator` on every row, as a new matrix. */
export const treatedRows = (operator: BankOperator, x: Matrix): Matrix =>
  mapRows(x, x.cols, (row, out) => {
    out.set(applyOperator(operator, row));
  });

/** The transpose of `applyOperator`: takes a regression vector of treated spectra back to spectra. */
export function transposeOperator({ detrend, kernel }: BankOperator, vector: Float64Array): Float64Array {
  const back = kernel === null ? vector.slice() : correlate(vector, kernel.toReversed());
  return detrend === null ? back : withoutTrend(back, detrend); // a projection is its own transpose
}

/** Whether a spectrum has enough channels for the detrending. */
export const fits = ({ detrend }: BankOperator, channels: number): boolean => (detrend ?? 0) < channels;

function filter(name: string, kernel: ArrayLike<number>): BankOperator {
  return { name, detrend: null, kernel: Float64Array.from(kernel) };
}

const derivatives = (windows: readonly number[], order: number, derivative: number): BankOperator[] =>
  windows.map((window) => savitzkyGolay([window, order, derivative]));

const savitzkyGolay = ([window = 0, order = 0, derivative = 0]: readonly number[]): BankOperator =>
  filter(
    `Savitzky–Golay ${window}, ${order}, ${derivative}`,
    savitzkyGolayWeights(window, order, derivative, 1).middle,
  );

/** Difference over a gap, of segments that are averaged first; the second derivative takes the difference twice. */
function gapDerivative([gap = 0, segment = 0, derivative = 0]: readonly number[]): BankOperator {
  const difference = new Float64Array(2 * gap + 1);
  difference[0] = -1 / (2 * gap);
  difference[2 * gap] = 1 / (2 * gap);
  const average = new Float64Array(segment).fill(1 / segment);
  const once = convolve(average, difference);
  const name = `gap derivative ${gap}, ${segment}, ${derivative}`;
  return filter(name, derivative === 2 ? convolve(once, difference) : once);
}

function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length - 1);
  a.forEach((x, i) => {
    b.forEach((y, j) => (out[i + j] += x * y));
  });
  return out;
}

/** Σ kernel[k] · spectrum[j + k − half], zeros beyond the ends. */
function correlate(spectrum: Float64Array, kernel: Float64Array): Float64Array {
  const half = (kernel.length - 1) / 2;
  const last = spectrum.length - 1;
  return spectrum.map((_, j) => {
    const from = Math.max(0, j - half);
    const to = Math.min(last, j + half);
    return dot(spectrum.subarray(from, to + 1), kernel.subarray(from - j + half, to - j + half + 1));
  });
}

function withoutTrend(spectrum: Float64Array, degree: number): Float64Array {
  const { values } = orthonormalPolynomials(spectrum.length, degree);
  const out = spectrum.slice();
  for (const polynomial of values) {
    const along = dot(polynomial, out);
    for (let j = 0; j < out.length; j++) out[j] -= along * polynomial[j];
  }
  return out;
}
