import { axisName } from '#renderer/charts/axisName.ts';
import { agreementOf } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PredictedGroup, PredictedMeasuredPicture } from '#renderer/charts/predictedMeasuredOption.ts';
import { formatError } from '#renderer/components/formatError.ts';
import { formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface Naming {
  readonly target: string;
  readonly unit: string | null;
  /** Name of the fold that stands out, or null. */
  readonly focus: string | null;
}

/** The regression line goes through what the picture is about: held-out samples, else test, else training samples. */
export function predictedPicture(
  groups: readonly PredictedGroup[],
  { target, unit, focus }: Naming,
): PredictedMeasuredPicture {
  const kinds = (['fold', 'test', 'train'] as const).map((kind) => groups.filter((group) => group.kind === kind));
  const main = kinds.find(({ length }) => length > 0) ?? [];
  const focused = focus === null ? [] : main.filter(({ name }) => name === focus);
  const about = focused.length > 0 ? focused : main;
  const figures = agreementOf(about);
  const kind = about[0]?.kind ?? 'fold';
  return {
    groups,
    xName: axisName(t('results.plot.measured', { target }), unit),
    yName: axisName(t('results.plot.predicted', { target }), unit),
    caption: t('results.plot.caption', {
      // One fold has an RMSE; the RMSECV is that of all folds together.
      name: focused.length > 0 ? t('results.error.oneFold') : t(`results.error.${kind}`),
      rmse: formatScore(figures.rmse),
      r2: formatNumber(figures.r2, { decimals: 3 }),
      bias: formatError(figures.bias, figures.rmse, { sign: true }),
      slope: formatNumber(figures.slope, { decimals: 3 }),
      n: figures.n,
    }),
    line: about.length > 0 ? figures : null,
    focus: focused.length > 0 ? focus : null,
  };
}
