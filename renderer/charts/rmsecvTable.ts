import type { RmsecvPicture } from '#renderer/charts/rmsecvOption.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';

/** The numbers of an RMSECV plot, one row for each point of each curve. */
export function rmsecvTable(picture: RmsecvPicture): PlotTable {
  const { curves, training, standardError, foldPoints, xName, yName } = picture;
  const [main] = curves;
  const folds = Math.max(0, ...(main?.values ?? []).map((value) => foldPoints.filter(([x]) => x === value).length));
  const number = (value: number | null | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value;
  return {
    columns: [
      t('results.column.variant'),
      xName,
      yName,
      t('results.column.se'),
      t('results.components.training'),
      ...Array.from({ length: folds }, (_, k) => t('runs.fold', { k: k + 1 })),
    ],
    rows: curves.flatMap((curve) =>
      curve.values.map((x, k) => {
        const isMain = curve === main;
        const points = isMain ? foldPoints.filter(([value]) => value === x).map(([, y]) => y) : [];
        return [
          curve.name,
          x,
          number(curve.rmsecv[k]),
          isMain ? number(standardError?.[k]) : null,
          isMain ? number(training?.[k]) : null,
          ...Array.from({ length: folds }, (_, fold) => number(points[fold])),
        ];
      }),
    ),
  };
}
