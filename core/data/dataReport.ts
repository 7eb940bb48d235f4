import type { DataReport } from '#core/contract/imports.ts';
import { countLabels } from '#core/data/countLabels.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { sourceReports, sourcesOf } from '#core/data/sources.ts';
import { identicalRows } from '#core/data/identicalRows.ts';

/**
 * What is worth knowing about a dataset before it is trusted: missing references, samples with the same spectrum or
 * id, constant columns, trouble with the axis, references far from the others, parts of the split and what they share.
 * The parts that only an import knows (joins, cells, dropped rows) are empty.
 */
export function dataReport(dataset: Dataset): DataReport {
  const { axis, x } = dataset.source;
  const groups = identicalRows(x);
  const { split, sampleIds } = dataset;
  const across = split ? groups.filter((group) => new Set(group.map((row) => split[row])).size > 1).length : 0;
  const outliers = targetOutliers(dataset);
  const constant = constantColumns(dataset);
  const repeated = repeatedIds(sampleIds);
  const report: Omit<DataReport, 'warnings'> = {
    samples: x.rows,
    wavelengths: x.cols,
    axis: { unit: axis.unit, from: axis.values[0] ?? 0, to: axis.values[x.cols - 1] ?? 0, ...axisTroubles(dataset) },
    ...withSources(dataset),
    missingTargets: dataset.targets.map((target) => ({
      target: target.name,
      missing: target.values.filter(Number.isNaN).length,
    })),
    duplicateSpectra: {
      samples: groups.reduce((sum, group) => sum + group.length - 1, 0),
      groups: groups
        .slice(0, 100)
        .map((group) => group.slice(0, 100).map((row) => ({ row, id: sampleIds[row] ?? '' }))),
      acrossSplits: across,
    },
    duplicateIds: { ids: repeated.length, first: repeated.slice(0, 50) },
    constantWavelengths: { count: constant.length, first: constant.slice(0, 50) },
    targetOutliers: { count: outliers.length, first: outliers.slice(0, 100) },
    split: split ? countLabels(split) : null,
    joins: [],
    badCells: [],
    dropped: { samples: [], wavelengths: [] },
    skippedFiles: [],
  };
  return { ...report, warnings: warningsOf(report) };
}

const withSources = (dataset: Dataset): Pick<DataReport, 'sources'> => {
  const sources = sourceReports(dataset);
  return sources === undefined ? {} : { sources };
};

/** Of the axis, or where there are several of the axes of the sources. */
function axisTroubles(dataset: Dataset): ReturnType<typeof axisTrouble> {
  const each = sourcesOf(dataset).map(({ axis }) => axisTrouble(axis.values));
  return { monotonic: each.every(({ monotonic }) => monotonic), gaps: each.flatMap(({ gaps }) => gaps).slice(0, 50) };
}

function axisTrouble(values: Float64Array): { monotonic: boolean; gaps: { from: number; to: number }[] } {
  const steps = new Float64Array(Math.max(0, values.length - 1));
  for (let j = 0; j < steps.length; j++) steps[j] = values[j + 1] - values[j];
  const direction = Math.sign(values[values.length - 1] - values[0]);
  const monotonic = steps.every((step) => step * direction > 0);
  const usual = medianOf(steps.map(Math.abs));
  const gaps: { from: number; to: number }[] = [];
  steps.forEach((step, j) => {
    if (Math.abs(step) > 5 * usual) gaps.push({ from: values[j], to: values[j + 1] });
  });
  return { monotonic, gaps: gaps.slice(0, 50) };
}

function constantColumns(dataset: Dataset): number[] {
  const { axis, x } = dataset.source;
  if (x.rows < 2) return [];
  const varies = new Uint8Array(x.cols);
  let left = x.cols;
  for (let i = 1; i < x.rows && left > 0; i++)
    for (let j = 0; j < x.cols; j++)
      if (varies[j] === 0 && x.data[i * x.cols + j] !== x.data[j]) {
        varies[j] = 1;
        left--;
      }
  return Array.from(axis.values).filter((_, j) => varies[j] === 0);
}

function repeatedIds(ids: readonly string[]): { id: string; rows: number[] }[] {
  const rows = new Map<string, number[]>();
  ids.forEach((id, row) => {
    const list = rows.get(id);
    if (list) list.push(row);
    else rows.set(id, [row]);
  });
  return [...rows].filter(([, list]) => list.length > 1).map(([id, list]) => ({ id, rows: list.slice(0, 100) }));
}

function targetOutliers(dataset: Dataset): DataReport['targetOutliers']['first'] {
  return dataset.targets.flatMap((target) => {
    const known = target.values.filter((value) => !Number.isNaN(value));
    if (known.length < FEWEST_FOR_OUTLIERS) return [];
    const middle = medianOf(known);
    const spread = medianOf(known.map((value) => Math.abs(value - middle)));
    if (spread === 0) return [];
    const found: DataReport['targetOutliers']['first'] = [];
    target.values.forEach((value, row) => {
      if (Math.abs(value - middle) > OUTLIER_SPREADS * spread)
        found.push({ target: target.name, row, id: dataset.sampleIds[row] ?? '', value });
    });
    return found;
  });
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function warningsOf(report: Omit<DataReport, 'warnings'>): string[] {
  const { duplicateSpectra, duplicateIds, constantWavelengths, targetOutliers: outliers, axis } = report;
  const sentences: string[] = [];
  if (duplicateSpectra.samples > 0)
    sentences.push(
      `${count(duplicateSpectra.samples, 'sample has', 'samples have')} the same spectrum as an earlier sample.`,
    );
  if (duplicateSpectra.acrossSplits > 0)
    sentences.push(
      `${count(duplicateSpectra.acrossSplits, 'group', 'groups')} of identical spectra stand in more than one part of the split, so scores on those parts look better than they are.`,
    );
  if (duplicateIds.ids > 0)
    sentences.push(
      `${count(duplicateIds.ids, 'sample id occurs', 'sample ids occur')} more than once. If these are repeated measurements, keep them together in cross-validation.`,
    );
  if (constantWavelengths.count > 0)
    sentences.push(
      `${count(constantWavelengths.count, 'wavelength has', 'wavelengths have')} the same value in every sample.`,
    );
  if (!axis.monotonic) sentences.push('The axis neither rises nor falls all along.');
  if (axis.gaps.length > 0) sentences.push(`The axis has ${count(axis.gaps.length, 'gap', 'gaps')}.`);
  if (outliers.count > 0)
    sentences.push(`${count(outliers.count, 'reference value lies', 'reference values lie')} outside median ± 5 MAD.`);
  for (const { target, missing } of report.missingTargets)
    if (missing > 0) sentences.push(`${target} is missing for ${count(missing, 'sample', 'samples')}.`);
  return sentences;
}

const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

/** Below this a median says too little to call a value an outlier. */
const FEWEST_FOR_OUTLIERS = 8;
const OUTLIER_SPREADS = 5;
