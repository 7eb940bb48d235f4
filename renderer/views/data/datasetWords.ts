import type { DatasetSummary } from '#core/contract/datasets.ts';
import { axisUnitLabel, formatAxisValue } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

/** "850–1050 nm"; of several sources one after another. */
export const datasetSpan = ({ axis, sources }: Pick<DatasetSummary, 'axis' | 'sources'>): string =>
  sources === undefined ? spanWords(axis) : sources.map((source) => `${source.name} ${spanWords(source)}`).join(', ');

/** "850–1050 nm" */
const spanWords = (axis: DatasetSummary['axis']): string =>
  `${formatAxisValue(axis.from)}–${formatAxisValue(axis.to)} ${axisUnitLabel(axis.unit)}`;

/** "850–1050 nm (100 points)" */
export const rangeWords = (axis: DatasetSummary['axis'], points: number): string =>
  t('data.header.range', {
    from: formatAxisValue(axis.from),
    to: formatAxisValue(axis.to),
    unit: axisUnitLabel(axis.unit),
    n: points,
  });

/** "2 sources: NIR 700 channels, markers 12 columns" */
export const sourceWords = (sources: NonNullable<DatasetSummary['sources']>): string =>
  t('data.header.sources', {
    n: sources.length,
    list: sources
      .map(({ name, columns, unit }) =>
        t(unit === 'index' ? 'data.header.source.columns' : 'data.header.source.channels', { name, n: columns }),
      )
      .join(', '),
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
    dataset.sources ? sourceWords(dataset.sources) : rangeWords(dataset.axis, dataset.wavelengths),
    targets.length > 0
      ? t('data.header.targets', { n: targets.length, names: targetWords(targets) })
      : t('data.header.noTargets'),
    ...(split ? [t('data.header.split', { parts: splitWords(split) })] : []),
  ].join(' · ');
}
