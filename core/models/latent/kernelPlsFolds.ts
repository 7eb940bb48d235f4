import { ofProduct, type KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { NARROW_RATE, SYMMETRIC_RATE, type FoldsAtOnce } from '#core/numerics/folds/foldsAtOnce.ts';
import { gramPls, gramPlsDoubles } from '#core/numerics/folds/gramPls.ts';
import { kernelOfGram, kernelOfGramDoubles, type GramKernel } from '#core/numerics/folds/kernelOfGram.ts';

interface Params {
  readonly n_components: number;
  readonly kernel: 'rbf' | 'linear' | 'poly' | 'sigmoid';
  readonly gamma: number | null;
  readonly degree: number;
  readonly coef0: number;
  readonly algorithm: string;
  readonly normalize_kernel: boolean;
  readonly center_kernel: boolean;
  readonly scale_y: boolean;
}

/**
 * Cross-validated kernel PLS: none of the kernels depends on the fold, so one kernel matrix of all rows serves all, and PLS
 * on it is that of a Gram matrix. Centring by the training rows of a fold is the same in the space of the kernel.
 */
export const kernelPlsFolds: FoldsAtOnce<Params> = {
  value: ({ n_components }) => n_components,

  kind: (values) => String(Math.max(0, ...values)),

  form({ rows: n, cols: p, folds, shared }, { algorithm, center_kernel, scale_y }, values) {
    if (algorithm !== 'rosipal_trejo' || !center_kernel || !scale_y) return null;
    const columns = folds * Math.max(0, ...values);
    const product = ((shared ? SHARE : 1) * (n * n * p)) / SYMMETRIC_RATE;
    return { form: 'gram', nanoseconds: product + VALUE_NS * n * n + (2 * n * n * columns) / NARROW_RATE };
  },

  doubles: (_, { rows, cols }, folds, values) =>
    kernelOfGramDoubles(rows, cols) + gramPlsDoubles(folds, rows, 1, Math.max(0, ...values)),

  solve(scene, columns, params, values, room, cancel) {
    const start = room.mark();
    const kernel = kernelOf(params, scene.shift.length);
    const { matrix, sizes } =
      kernel === null
        ? { matrix: scene.product, sizes: scene.sizes }
        : (kernelOfGram(scene, kernel, room, cancel) ?? { matrix: null, sizes: null });
    if (matrix === null) return columns.map(() => null);
    const components = Math.max(0, ...values);
    const found = gramPls(matrix, columns, components, sizes, room, cancel);
    room.release(start);
    return found.map((one) => {
      if (one === null) return null;
      const n = one.values.length / components;
      return values.map((value) => one.values.subarray((value - 1) * n, value * n));
    });
  },
};

/** Null for the linear kernel: centred, it is the Gram matrix of the centred spectra, wherever their zero was. */
function kernelOf(params: Params, channels: number): GramKernel | null {
  const { kernel: kind, degree, coef0, normalize_kernel: normalised } = params;
  if (kind === 'linear' && !normalised) return null;
  const gamma = params.gamma ?? 1 / channels;
  if (kind === 'rbf') return { of: 'distance', value: (d) => Math.expm1(-gamma * d), slope: gamma };
  const spec: KernelSpec = { kind, gamma, degree, coef0 };
  return { of: 'product', value: (d) => ofProduct(spec, d), slope: (d) => slopeOf(spec, d), normalised };
}

/** How much a kernel of the product changes with it, at most. */
function slopeOf({ kind, gamma, degree, coef0 }: KernelSpec, product: number): number {
  if (kind === 'linear') return 1;
  return kind === 'poly' ? degree * gamma * Math.abs(gamma * product + coef0) ** (degree - 1) : gamma;
}

/** What a Gram matrix costs each of the variants that use it. */
const SHARE = 1 / 3;
/** Nanoseconds a value of the kernel. */
const VALUE_NS = 8;
