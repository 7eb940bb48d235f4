import type { PipelineCheck } from '#core/contract/pipelines.ts';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

/**
 * Both numbers that describe the size of a run: how many variants are compared, and how many models are really fitted
 * for that, since all component counts of one calibration come from one fit a fold.
 */
export function fitsInWords({ variants, fitGroups, folds, realFits }: PipelineCheck): string {
  const variantsText = t('builder.fits.variants', { n: variants });
  if (folds === null || realFits === null) return t('builder.fits.unknownFolds', { variants: variantsText });
  const refits = realFits - fitGroups * folds;
  const foldsText = t('builder.fits.folds', { n: folds });
  const fits = t('builder.fits.real', { n: realFits });
  // Where every variant is fitted on its own the product says it all.
  const sum = `${formatCount(fitGroups)} × ${formatCount(folds)}${refits > 0 ? ` + ${t('builder.fits.refit')}` : ''}`;
  return t(fitGroups === variants ? 'builder.fits.plain' : 'builder.fits.shared', {
    variants: variantsText,
    folds: foldsText,
    fits,
    sum,
  });
}
