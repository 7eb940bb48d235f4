import type { DatasetSummary } from '#core/contract/datasets.ts';
import type { CallInput } from '#core/contract/contract.ts';
import type { RunChoice } from '#renderer/builder/builderState.ts';
import { defaultSplit } from '#renderer/builder/defaultSplit.ts';
import type { SplitChoice } from '#renderer/builder/defaultSplit.ts';
import type { TargetNeed } from '#renderer/builder/selection.ts';

/** The run options as they will be used: what the person chose where it fits the data, else what suggests itself. */
export interface RunSetup {
  readonly dataset: DatasetSummary;
  readonly target: string | null;
  /** Null for a dataset without split labels: then all samples train. */
  readonly split: SplitChoice | null;
  readonly nTrain: number;
  readonly nTest: number;
  readonly seed: number;
}

/**
 * @param datasets all datasets of the workspace
 * @param choice what the person chose in the builder
 * @param current the dataset last looked at elsewhere in the window
 * @param name of the pipeline: "Tecator fat" suggests the target fat
 * @param need what the pipeline calibrates: a classifier takes the labels in a metadata column too
 */
export function runSetup(
  datasets: readonly DatasetSummary[],
  choice: RunChoice,
  current: string | null,
  name: string,
  need: TargetNeed = 'number',
): RunSetup | null {
  const byId = (id: string | null) => datasets.find((each) => each.id === id);
  const dataset = byId(choice.datasetId) ?? byId(current) ?? datasets[0];
  if (!dataset) return null;
  const numbers = dataset.targets.map(({ name }) => name);
  const names = need === 'classes' ? [...labelColumns(dataset), ...numbers] : numbers;
  const target =
    choice.target !== null && names.includes(choice.target) ? choice.target : (suggested(names, name) ?? null);
  const split = splitOf(dataset, choice);
  const count = (labels: readonly string[]): number =>
    (dataset.split ?? []).filter(({ label }) => labels.includes(label)).reduce((sum, { samples }) => sum + samples, 0);
  return {
    dataset,
    target,
    split,
    nTrain: split ? count(split.train) : dataset.samples,
    nTest: split ? count(split.test) : 0,
    seed: choice.seed,
  };
}

/** Metadata columns that can say what a sample is, those that sound like it first. */
export function labelColumns({ metadata, targets }: Pick<DatasetSummary, 'metadata' | 'targets'>): string[] {
  const free = metadata.filter((column) => targets.every(({ name }) => name !== column));
  const telling = (column: string): boolean =>
    /class|species|type|variety|label|kind|group|adulter|origin/i.test(column);
  return [...free.filter(telling), ...free.filter((column) => !telling(column))];
}

const suggested = (targets: readonly string[], name: string): string | undefined => {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return targets.find((target) => words.includes(target.toLowerCase())) ?? targets[0];
};

function splitOf(dataset: DatasetSummary, { split }: RunChoice): SplitChoice | null {
  if (!dataset.split || dataset.split.length === 0) return null;
  const labels = dataset.split.map(({ label }) => label);
  if (!split) return defaultSplit(labels);
  const known = {
    train: split.train.filter((l) => labels.includes(l)),
    test: split.test.filter((l) => labels.includes(l)),
  };
  return known.train.length > 0 ? known : defaultSplit(labels);
}

/** The request that starts this run. */
export const runRequest = (setup: RunSetup, name: string, pipeline: string): CallInput<'runs.start'> => ({
  datasetId: setup.dataset.id,
  name,
  pipeline,
  target: setup.target,
  seed: setup.seed,
  trainSplit: setup.split ? [...setup.split.train] : null,
  testSplit: setup.split ? [...setup.split.test] : null,
});
