import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { wavelet, type WaveletMode } from '#core/numerics/discreteWavelet.ts';
import { dot } from '#core/numerics/dot.ts';
import { fourierResampling } from '#core/numerics/fourierResampling.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { waveletFilters, type WaveletName } from '#core/numerics/waveletFilters.ts';

/**
 * Detail coefficients of one level of the discrete wavelet transform, brought back to the number of channels by Fourier
 * interpolation, as nirs4all's `Wavelet`.
 */
export function waveletDetail(operator: string, x: Matrix, name: WaveletName, mode: WaveletMode): Matrix {
  requireTwo(operator, x.cols);
  const filters = waveletFilters(name);
  let weights: Float64Array | null = null;
  return mapRows(x, x.cols, (spectrum, out) => {
    const { detail } = wavelet(spectrum, filters, mode);
    const n = requireFewer(operator, detail.length, out.length);
    weights ??= fourierResampling(n, out.length);
    for (let i = 0; i < out.length; i++) out[i] = dot(detail, weights.subarray(i * n, (i + 1) * n));
  });
}

/** Both steps are linear: one fixed matrix. */
export function waveletDetailGraph(
  operator: string,
  graph: OnnxGraph,
  input: OnnxValue,
  name: WaveletName,
  mode: WaveletMode,
): OnnxValue {
  const p = input.cols;
  const identity: Matrix = { rows: p, cols: p, data: new Float64Array(p * p) };
  for (let j = 0; j < p; j++) identity.data[j * p + j] = 1;
  const weights = waveletDetail(operator, identity, name, mode).data;
  return { name: graph.node('MatMul', [input.name, graph.constant(weights, [p, p])]), cols: p };
}

function requireTwo(operator: string, channels: number): void {
  if (channels < 2)
    throw new EngineError('numerics.too-few', { operator, what: 'channels', needed: 2, found: channels });
}

function requireFewer(operator: string, coefficients: number, channels: number): number {
  if (coefficients > channels)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'wavelet',
      problem: `is too long for spectra of ${channels} channels. Choose a shorter one.`,
    });
  return coefficients;
}
