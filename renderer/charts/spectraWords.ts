import type { Density, SpectraLines } from '#core/contract/datasets.ts';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';
import type { Hovered } from '#renderer/charts/useHover.ts';
import { axisUnitLabel, formatAxisValue, formatNumber, formatWithUnit } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

type Shown = Pick<SpectraSource, 'n' | 'targets'>;

/** How much of the data the picture shows: nothing is left out silently. */
export function spectraCaption(
  source: Shown,
  lines: SpectraLines | null,
  density: Density | null,
  target: string | null,
): string {
  if (lines) {
    const n = lines.ids.length;
    return n === source.n ? t('charts.spectra.lines', { n }) : t('charts.spectra.linesOf', { n, of: source.n });
  }
  if (!density) return '';
  if (density.drawn < density.of) return t('charts.spectra.densityPreview', { n: density.drawn, of: density.of });
  if (target !== null) return t('charts.spectra.meanTarget', { target, n: density.drawn });
  return t('charts.spectra.density', { n: density.drawn });
}

/** The plot in a sentence for readers who do not see it. */
export function spectraSummary(
  source: SpectraSource,
  extent: { low: number; high: number } | null,
  shown: string,
): string {
  const { axis } = source;
  return t('charts.spectra.summary', {
    n: source.n,
    from: formatAxisValue(axis[0]),
    to: formatAxisValue(axis[axis.length - 1]),
    unit: axisUnitLabel(source.unit),
    low: formatNumber(extent?.low ?? null),
    high: formatNumber(extent?.high ?? null),
    shown,
  });
}

/** "fat (%)" */
export function targetTitle(source: Shown, target: string | null): string | null {
  const found = source.targets.find(({ name }) => name === target);
  if (!found) return target;
  return found.unit ? `${found.name} (${found.unit})` : found.name;
}

/** What the pointer is on: sample, wavelength, signal, and the colouring value. */
export function spectraReadout(hovered: Hovered, source: SpectraSource, target: string | null): string {
  const unit = source.unit === 'index' ? '' : ` ${axisUnitLabel(source.unit)}`;
  const parts = [
    hovered.id,
    `${formatAxisValue(hovered.wavelength)}${unit}`,
    formatNumber(hovered.value, { digits: 5 }),
  ];
  const value = hovered.line?.colour?.[0];
  if (target !== null && value !== undefined) {
    const targetUnit = source.targets.find(({ name }) => name === target)?.unit ?? null;
    parts.push(`${target} ${Number.isNaN(value) ? t('charts.spectra.noValue') : formatWithUnit(value, targetUnit)}`);
  }
  return parts.join(' · ');
}
