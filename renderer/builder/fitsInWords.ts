import type { PipelineCheck } from '#core/contract/pipelines.ts';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

type FitsOf = Pick<PipelineCheck, 'variants' | 'fitGroups' | 'folds' | 'trials' | 'refits' | 'realFits'>;

/**
 * Both numbers that describe the size of a run: how many variants are compared, and how many models are really fitted
 * for that, since all component counts of one calibration come from one fit a fold.
 */
export function fitsInWords({ variants, fitGroups, folds, trials, refits, realFits }: FitsOf): string {
  const variantsText = t('builder.fits.variants', { n: variants });
  if (realFits === null) return t('builder.fits.unknownFolds', { variants: variantsText });
  if (folds === null || trials === null || realFits === 1)
    return t('builder.fits.mixed', { variants: variantsText, fits: t('builder.fits.real', { n: realFits }) });
  const foldsText = t('builder.fits.folds', { n: folds });
  const fits = t('builder.fits.real', { n: realFits });
  // Where every variant is fitted on its own the product says it all.
  const tried = trials > 1 ? ` × ${t('builder.fits.trials', { n: trials })}` : '';
  const again = refits > 0 ? ` + ${t('builder.fits.refits', { n: refits })}` : '';
  const sum = `${formatCount(fitGroups)} × ${formatCount(folds)}${tried}${again}`;
  // A search fits every number of components by itself; there only equal variants share.
  const shared = trials > 1 ? 'builder.fits.equal' : 'builder.fits.shared';
  return t(fitGroups === variants ? 'builder.fits.plain' : shared, {
    variants: variantsText,
    folds: foldsText,
    fits,
    sum,
  });
}
