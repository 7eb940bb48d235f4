import type { FoldPredictions } from '#core/numerics/folds/foldColumns.ts';
import { NARROW_RATE, SYMMETRIC_RATE, type FoldForm, type FoldsAtOnce } from '#core/numerics/folds/foldsAtOnce.ts';
import { gramPls, gramPlsDoubles } from '#core/numerics/folds/gramPls.ts';
import { spectraPls, spectraPlsDoubles } from '#core/numerics/folds/spectraPls.ts';

/** Cross-validated PLS: the fastest of three forms; folds that are too hard for a squared matrix from the spectra. */
export const plsFolds: FoldsAtOnce<{ readonly n_components: number; readonly scale: boolean }> = {
  value: ({ n_components }) => n_components,

  kind: (values) => String(Math.max(0, ...values)),

  form({ rows: n, cols: p, folds, shared }, { scale }, values) {
    const columns = folds * (Math.max(0, ...values) <= FEW ? FEW : MANY);
    const passes = 2 * n * p * columns;
    const preparing = 5 * n * p * folds;
    const cost: Record<FoldForm, number> = {
      gram: scale
        ? Infinity
        : ((shared ? SHARE : 1) * (n * n * p)) / SYMMETRIC_RATE + (2 * n * n * columns) / NARROW_RATE,
      spectra: (preparing + 2 * passes) / NARROW_RATE,
      crossProduct:
        (n * p * p) / SYMMETRIC_RATE + (preparing + passes + 2 * p * p * columns + passes / folds) / NARROW_RATE,
    };
    const form = (Object.keys(cost) as FoldForm[]).reduce((best, other) => (cost[other] < cost[best] ? other : best)); // its own keys
    return { form, nanoseconds: cost[form] };
  },

  doubles(form, shape, folds, values) {
    const components = Math.max(0, ...values);
    const direct = spectraPlsDoubles(folds, shape, 1, components);
    return form === 'gram' ? Math.max(gramPlsDoubles(folds, shape.rows, 1, components), direct) : direct;
  },

  solve({ form, x, product, sizes, shift, base }, columns, { scale }, values, room, cancel) {
    const components = Math.max(0, ...values);
    const settings = { components, scale, shift };
    const start = room.mark();
    let found: (FoldPredictions | null)[] = columns.map(() => null);
    if (product !== null) {
      found =
        form === 'crossProduct' && x !== null
          ? spectraPls(x, columns, { ...settings, crossProduct: { matrix: product, base } }, room, cancel)
          : gramPls(product, columns, components, sizes, room, cancel);
      room.release(start);
    }
    const left = columns.filter((_, c) => found[c] === null);
    if (x !== null && left.length > 0) {
      const again = spectraPls(x, left, { ...settings, crossProduct: null }, room, cancel);
      found = found.map((one) => one ?? again.shift() ?? null);
      room.release(start);
    }
    return found.map((one) => {
      if (one === null) return null;
      const n = one.values.length / components;
      return values.map((value) => one.values.subarray((value - 1) * n, value * n));
    });
  },
};

/** What a Gram matrix costs each of the variants that use it. */
const SHARE = 1 / 3;

/** Components that the costs count with, so that ranges of about one length take one form. */
const FEW = 8;
const MANY = 30;
