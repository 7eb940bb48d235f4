import { EngineError } from '#core/base/errors.ts';
import type { Dataset } from '#core/data/dataset.ts';
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

/** The rows, the target and the metadata of one run. Samples without a reference value take no part in it. */
export function chooseData(dataset: Dataset, contentHash: string, choice: DataChoice): ChosenData {
  const warnings: string[] = [];
  const known = dataset.targets.map((target) => target.name);
  const target =
    choice.target === null ? dataset.targets[0] : dataset.targets.find((one) => one.name === choice.target);
  if (target === undefined) {
    if (choice.target === null || known.length === 0) throw new EngineError('run.no-target', { dataset: dataset.name });
    throw new EngineError('run.unknown-target', { target: choice.target, known });
  }
  if (choice.target === null && known.length > 1)
    warnings.push(
      `The data have several targets (${known.join(', ')}); "${target.name}" was taken because none was named.`,
    );

  const labels = splitLabels(dataset, choice);
  const inPart = (row: number, part: readonly string[] | null) => part?.includes(dataset.split?.[row] ?? '') ?? false;
  const train: number[] = [];
  const test: number[] = [];
  let missing = 0;
  dataset.sampleIds.forEach((_, row) => {
    const wanted = labels === null || inPart(row, labels.train) ? train : inPart(row, labels.test) ? test : null;
    if (wanted === null) return;
    if (Number.isFinite(target.values[row])) wanted.push(row);
    else missing++;
  });
  if (missing > 0) warnings.push(`${missing} samples have no value of ${target.name} and take no part in this run.`);
  if (train.length === 0) throw new EngineError('run.nothing-to-train', { labels: labels?.train ?? ['all samples'] });
  const { x, axis, signal } = dataset.source;
  return {
    warnings,
    data: {
      key: JSON.stringify([contentHash, target.name, labels?.train ?? null, labels?.test ?? null]),
      rows: x.rows,
      cols: x.cols,
      x: x.data,
      y: target.values,
      axis: { values: axis.values, unit: axis.unit },
      signal,
      targetName: target.name,
      targetUnit: target.unit,
      metadata: Object.fromEntries([
        ...dataset.metadata.map((column) => [column.name, column.values] as const),
        ...(dataset.split === null ? [] : [['split', dataset.split] as const]),
      ]),
      train: Int32Array.from(train),
      test: Int32Array.from(test),
    },
  };
}

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
