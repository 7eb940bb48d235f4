import { NARROW_RATE, SYMMETRIC_RATE, type FoldsAtOnce } from '#core/numerics/folds/foldsAtOnce.ts';
import { gramRidge, gramRidgeDoubles } from '#core/numerics/folds/gramRidge.ts';
import { spectraRidge, spectraRidgeDoubles } from '#core/numerics/folds/spectraRidge.ts';

/**
 * Cross-validated ridge regression: from the Gram matrix or from the spectra, whichever is faster; folds whose penalty is
 * too small for a squared matrix from the spectra. Without an intercept a fold depends on where the spectra have their
 * zero, and without a penalty on the smallest singular values: such folds are fitted by themselves.
 */
export const ridgeFolds: FoldsAtOnce<{ readonly alpha: number; readonly fit_intercept: boolean }> = {
  value: ({ alpha }) => alpha,

  kind: (values) => values.toSorted((a, b) => a - b).join(),

  form({ rows: n, cols: p, folds, shared }, { fit_intercept }, values) {
    if (!fit_intercept || values.some((alpha) => !(alpha > 0))) return null;
    const steps = Math.min(n, p, USUAL_STEPS);
    const gram =
      ((shared ? SHARE : 1) * (n * n * p)) / SYMMETRIC_RATE +
      folds * steps * ((2 * n * n) / NARROW_RATE + (4 * n * steps) / VECTOR_RATE);
    const spectra = folds * steps * ((4 * n * p) / NARROW_RATE + (4 * p * steps) / VECTOR_RATE);
    return gram <= spectra ? { form: 'gram', nanoseconds: gram } : { form: 'spectra', nanoseconds: spectra };
  },

  doubles(form, shape, folds) {
    const direct = spectraRidgeDoubles(folds, shape);
    return form === 'gram' ? Math.max(gramRidgeDoubles(folds, shape.rows), direct) : direct;
  },

  solve({ x, product, sizes, shift }, columns, _, alphas, room, cancel) {
    const start = room.mark();
    const found = product === null ? columns.map(() => null) : gramRidge(product, columns, alphas, sizes, room, cancel);
    room.release(start);
    const left = columns.filter((__, c) => found[c] === null);
    if (x === null || left.length === 0) return found;
    const again = spectraRidge(x, left, alphas, shift, room, cancel);
    room.release(start);
    return found.map((one) => one ?? again.shift() ?? null);
  },
};

/** What a Gram matrix costs each of the variants that use it. */
const SHARE = 1 / 3;
/** Of smooth spectra with a penalty near the size of their noise. */
const USUAL_STEPS = 50;
/** Floating-point operations a nanosecond of sums over vectors. */
const VECTOR_RATE = 3;
