import type { DatasetSummary } from '#core/contract/datasets.ts';
import { axisUnitLabel, formatAxisValue } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

/** "850–1050 nm" */
export const spanWords = (axis: DatasetSummary['axis']): string =>
  `${formatAxisValue(axis.from)}–${formatAxisValue(axis.to)} ${axisUnitLabel(axis.unit)}`;

/** "850–1050 nm (100 points)" */
export const rangeWords = (axis: DatasetSummary['axis'], points: number): string =>
  t('data.header.range', {
    from: formatAxisValue(axis.from),
    to: formatAxisValue(axis.to),
    unit: axisUnitLabel(axis.unit),
    n: points,
  });

/** "C 129 · M 43 · T 43" */
export const splitWords = (split: NonNullable<DatasetSummary['split']>): string =>
  split.map(({ label, samples }) => `${label} ${samples}`).join(' · ');

/** "fat (%), moisture (%)" */
export const targetWords = (targets: DatasetSummary['targets']): string =>
  targets.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)).join(', ');

/** The header line of an opened dataset. */
export function headerWords(dataset: DatasetSummary): string {
  const { samples, targets, split } = dataset;
  return [
    t('data.header.samples', { n: samples }),
    rangeWords(dataset.axis, dataset.wavelengths),
    targets.length > 0
      ? t('data.header.targets', { n: targets.length, names: targetWords(targets) })
      : t('data.header.noTargets'),
    ...(split ? [t('data.header.split', { parts: splitWords(split) })] : []),
  ].join(' · ');
}
