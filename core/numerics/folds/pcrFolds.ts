import { NARROW_RATE, type FoldsAtOnce } from '#core/numerics/folds/foldsAtOnce.ts';
import { spectraPcr, spectraPcrDoubles } from '#core/numerics/folds/spectraPcr.ts';

/**
 * Cross-validated principal component regression from the spectra. A Gram matrix would square the small gaps between
 * components in the noise, so there is no such form. With few samples a fold needs nearly all directions and is fitted by
 * itself.
 */
export const pcrFolds: FoldsAtOnce<{ readonly n_components: number; readonly scale: boolean }> = {
  value: ({ n_components }) => n_components,

  kind: (values) => String(Math.max(0, ...values)),

  form({ rows: n, cols: p, folds }, _, values) {
    const steps = 2 * Math.max(0, ...values) + 20;
    if (steps > LARGEST_SHARE * Math.min(n, p)) return null;
    return { form: 'spectra', nanoseconds: (folds * steps * 5 * n * p) / NARROW_RATE };
  },

  doubles: (_, shape, folds, values) => spectraPcrDoubles(folds, shape, Math.max(0, ...values)),

  solve({ x, shift }, columns, { scale }, values, room, cancel) {
    if (x === null) return columns.map(() => null);
    const components = Math.max(0, ...values);
    const found = spectraPcr(x, columns, { components, scale, shift }, room, cancel);
    return found.map((one) => one && values.map((value) => one[value - 1]));
  },
};

/** Of the directions that there are. */
const LARGEST_SHARE = 0.6;
