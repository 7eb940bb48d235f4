import { EngineError } from '#core/base/errors.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { sourcesOf } from '#core/data/sources.ts';
import { targetOf } from '#core/engine/runTarget.ts';
import type { PlannedOperator, UnitSource } from '#core/execution/stepPlans.ts';
import type { UnitData } from '#core/execution/unit.ts';

export interface DataChoice {
  /** Null: the first target. */
  readonly target: string | null;
  readonly trainSplit: readonly string[] | null;
  readonly testSplit: readonly string[] | null;
}

export interface ChosenData {
  readonly data: UnitData;
  readonly warnings: readonly string[];
}

/** Labels that name training and test data where nobody said which do, in the order in which they are tried. */
const CUSTOMS: readonly { readonly train: readonly string[]; readonly test: readonly string[] }[] = [
  { train: ['train'], test: ['test'] },
  { train: ['training'], test: ['test', 'testing'] },
  { train: ['calibration', 'validation'], test: ['test', 'prediction'] },
  { train: ['calibrate', 'validate'], test: ['test'] },
  { train: ['cal', 'val'], test: ['test', 'pred'] },
  { train: ['cal'], test: ['val'] },
  { train: ['C', 'M'], test: ['T'] },
];

/** What the pipeline makes of the target. */
export interface TargetUse {
  readonly task: 'regression' | 'classification';
  /** Makes classes of a numeric target. */
  readonly discretiser: PlannedOperator | null;
  /** A model of the pipeline, for messages. */
  readonly model: string;
  /** Every model can learn from one class alone. */
  readonly oneClass: boolean;
}

/** The rows, the target and the metadata of one run. Samples without a reference value take no part in it. */
export function chooseData(dataset: Dataset, contentHash: string, choice: DataChoice, use: TargetUse): ChosenData {
  const warnings: string[] = [];
  const target = targetOf(dataset, choice.target, use, warnings);
  const labels = splitLabels(dataset, choice);
  const inPart = (row: number, part: readonly string[] | null) => part?.includes(dataset.split?.[row] ?? '') ?? false;
  const train: number[] = [];
  const test: number[] = [];
  let missing = 0;
  dataset.sampleIds.forEach((_, row) => {
    const wanted = labels === null || inPart(row, labels.train) ? train : inPart(row, labels.test) ? test : null;
    if (wanted === null) return;
    if (target.has(row)) wanted.push(row);
    else missing++;
  });
  if (missing > 0) warnings.push(`${missing} samples have no value of ${target.name} and take no part in this run.`);
  if (train.length === 0) throw new EngineError('run.nothing-to-train', { labels: labels?.train ?? ['all samples'] });
  const { y, classes } = target.values(Int32Array.from(train), Int32Array.from(test));
  const { x, axis, signal } = dataset.source;
  return {
    warnings,
    data: {
      key: JSON.stringify([
        contentHash,
        target.name,
        labels?.train ?? null,
        labels?.test ?? null,
        classes === null ? null : [classes, use.discretiser],
      ]),
      rows: x.rows,
      cols: x.cols,
      x: x.data,
      y,
      classes,
      axis: { values: axis.values, unit: axis.unit },
      sources: unitSources(dataset),
      signal,
      targetName: target.name,
      targetUnit: classes === null ? target.unit : null,
      metadata: Object.fromEntries([
        ...dataset.metadata
          .filter((column) => column.name !== target.name)
          .map((column) => [column.name, column.values] as const),
        ...(dataset.split === null ? [] : [['split', dataset.split] as const]),
      ]),
      train: Int32Array.from(train),
      test: Int32Array.from(test),
    },
  };
}

/** The sources as workers get them. */
export const unitSources = (dataset: Dataset): UnitSource[] =>
  sourcesOf(dataset).map(({ name, from, to, axis }) => ({
    name,
    from,
    to,
    axis: { values: axis.values, unit: axis.unit },
  }));

/** Which labels mean training and test; null where the data have no split: then everything is training data. */
export function splitLabels(
  dataset: Pick<Dataset, 'split'>,
  choice: Pick<DataChoice, 'trainSplit' | 'testSplit'>,
): { readonly train: readonly string[]; readonly test: readonly string[] } | null {
  if (dataset.split === null) {
    const [asked] = [...(choice.trainSplit ?? []), ...(choice.testSplit ?? [])];
    if (asked !== undefined)
      throw new EngineError('run.unknown-split', { label: asked, known: ['none: the data have no split'] });
    return null;
  }
  const known = [...new Set(dataset.split)].filter((label) => label !== '');
  for (const label of [...(choice.trainSplit ?? []), ...(choice.testSplit ?? [])])
    if (!known.includes(label)) throw new EngineError('run.unknown-split', { label, known });
  const both = choice.trainSplit?.find((label) => choice.testSplit?.includes(label));
  if (both !== undefined) throw new EngineError('run.split-overlap', { label: both });
  if (choice.trainSplit !== null) {
    const train = choice.trainSplit;
    return {
      train,
      test: choice.testSplit ?? known.filter((label) => /^(test|t)$/i.test(label) && !train.includes(label)),
    };
  }
  const taken = choice.testSplit ?? [];
  const free = known.filter((label) => !taken.includes(label));
  const custom = customOf(free);
  if (custom !== undefined)
    return { train: named(free, custom.train), test: choice.testSplit ?? named(free, custom.test) };
  if (choice.testSplit !== null) return { train: free, test: choice.testSplit };
  throw new EngineError('run.unknown-split', { label: 'train', known });
}

/** The first custom whose training label and one of whose test labels occur; else one whose training label occurs. */
function customOf(labels: readonly string[]): (typeof CUSTOMS)[number] | undefined {
  const fitting = CUSTOMS.filter(({ train }) => named(labels, train.slice(0, 1)).length > 0);
  return fitting.find(({ test }) => named(labels, test).length > 0) ?? fitting[0];
}

/** The labels that are among the names: words in either case ("Train" is "train"), single letters as they are. */
const named = (labels: readonly string[], names: readonly string[]): string[] =>
  labels.filter((label) =>
    names.some((name) => (name.length > 1 ? name.toLowerCase() === label.toLowerCase() : name === label)),
  );
