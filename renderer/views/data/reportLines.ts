import type { DataReport, JoinReport } from '#core/contract/imports.ts';
import { axisUnitLabel, formatAxisValue, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

export interface ReportSection {
  readonly title: string;
  readonly severity: 'note' | 'warning';
  readonly lines: readonly string[];
}

/** Names beyond these are counted, not listed. */
const MOST_NAMES = 12;

/** The data report in words: only what deserves a look, the axis and the joins always. */
export function reportSections(report: DataReport): readonly ReportSection[] {
  const sections: ReportSection[] = [
    axisSection(report),
    warn(t('data.report.warnings'), report.warnings),
    warn(
      t('data.report.missing'),
      report.missingTargets
        .filter(({ missing }) => missing > 0)
        .map(({ target, missing }) => t('data.report.missing.text', { target, n: missing, of: report.samples })),
    ),
    warn(t('data.report.duplicates'), duplicateLines(report)),
    warn(t('data.report.ids'), repeatedIds(report)),
    warn(t('data.report.constant'), constantLines(report)),
    warn(t('data.report.outliers'), outlierLines(report)),
    warn(
      t('data.report.badCells'),
      report.badCells.map((cell) => t('data.report.badCells.item', { ...cell, line: String(cell.line) })),
    ),
    warn(t('data.report.dropped'), droppedLines(report)),
    warn(
      t('data.report.skipped'),
      report.skippedFiles.map(({ file, reason }) => `${file}: ${reason}`),
    ),
    { title: t('data.report.joins'), severity: 'note', lines: report.joins.flatMap(joinLines) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

const warn = (title: string, lines: readonly string[]): ReportSection => ({ title, severity: 'warning', lines });

function axisSection({ axis, wavelengths, sources }: DataReport): ReportSection {
  const unit = axisUnitLabel(axis.unit);
  const [from, to] = [formatAxisValue(axis.from), formatAxisValue(axis.to)];
  const problems = [
    ...(axis.monotonic ? [] : [t('data.report.axis.notMonotonic')]),
    ...axis.gaps.map((gap) =>
      t('data.report.axis.gap', { from: formatAxisValue(gap.from), to: formatAxisValue(gap.to), unit }),
    ),
  ];
  return {
    title: t('data.report.axis'),
    severity: problems.length > 0 ? 'warning' : 'note',
    lines: [
      ...(sources === undefined
        ? [t('data.report.axis.text', { n: wavelengths, from, to, unit })]
        : sources.map((source) =>
            t('data.report.axis.source', {
              name: source.name,
              n: source.columns,
              from: formatAxisValue(source.from),
              to: formatAxisValue(source.to),
              unit: axisUnitLabel(source.unit),
            }),
          )),
      ...problems,
    ],
  };
}

function duplicateLines({ duplicateSpectra: { samples, groups, acrossSplits } }: DataReport): string[] {
  if (samples === 0) return [];
  return [
    t('data.report.duplicates.text', { n: samples }),
    ...(acrossSplits > 0 ? [t('data.report.duplicates.across', { n: acrossSplits })] : []),
    t('data.report.duplicates.group', { names: names(groups.map((group) => group.map(({ id }) => id).join(' = '))) }),
  ];
}

const repeatedIds = ({ duplicateIds: { ids, first } }: DataReport): string[] =>
  ids === 0
    ? []
    : [
        t('data.report.ids.text', {
          n: ids,
          names: names(
            first.map(({ id }) => id),
            ids,
          ),
        }),
      ];

const constantLines = ({ constantWavelengths: { count, first } }: DataReport): string[] =>
  count === 0 ? [] : [t('data.report.constant.text', { n: count, list: names(first.map(formatAxisValue), count) })];

const outlierLines = ({ targetOutliers: { count, first } }: DataReport): string[] =>
  count === 0
    ? []
    : [
        t('data.report.outliers.text', { n: count }),
        ...shortened(
          first.map(({ id, target, value }) =>
            t('data.report.outliers.item', { id, target, value: formatNumber(value, { digits: 5 }) }),
          ),
          count,
        ),
      ];

const droppedLines = ({ dropped: { samples, wavelengths } }: DataReport): string[] => [
  ...(samples.length > 0 ? [t('data.report.dropped.samples', { n: samples.length, names: names(samples) })] : []),
  ...(wavelengths.length > 0
    ? [t('data.report.dropped.wavelengths', { n: wavelengths.length, names: names(wavelengths.map(formatAxisValue)) })]
    : []),
];

/** How one file met the spectra, in sentences; the import dialog says the same. */
export const joinLines = (join: JoinReport): string[] => [
  join.by === 'none'
    ? t('data.report.join.none', { file: join.file })
    : t(`data.report.join.${join.by}`, { file: join.file, n: join.matched }),
  ...(join.spectraWithout > 0
    ? [
        t('data.report.join.spectraWithout', {
          n: join.spectraWithout,
          names: names(join.spectraWithoutIds, join.spectraWithout),
        }),
      ]
    : []),
  ...(join.rowsWithout > 0
    ? [t('data.report.join.rowsWithout', { n: join.rowsWithout, names: names(join.rowsWithoutIds, join.rowsWithout) })]
    : []),
];

const names = (all: readonly string[], count = all.length): string => shortened(all, count).join(', ');

function shortened(all: readonly string[], count = all.length): string[] {
  const shown = all.slice(0, MOST_NAMES);
  return count > shown.length ? [...shown, t('data.report.more', { n: count - shown.length })] : [...shown];
}
