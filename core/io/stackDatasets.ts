import { EngineError } from '#core/base/errors.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { sourcesOf } from '#core/data/sources.ts';
import { checkSameAxis } from '#core/io/readSpectra.ts';

/** The samples of one partition. */
export interface DatasetPart {
  /** The split label of its samples. */
  readonly part: string;
  readonly dataset: Dataset;
}

/**
 * The samples of all partitions, one partition after another, each with its name as the split label. A column that one
 * of them lacks is missing there. One partition alone is returned as it is.
 *
 * @throws EngineError data.other-sources, data.axis-mismatch where the spectra are not alike
 */
export function stackDatasets(parts: readonly DatasetPart[]): Dataset {
  const [head] = parts;
  if (head === undefined) throw new Error('There is nothing to stack.');
  if (parts.length === 1) return head.dataset;
  const datasets = parts.map(({ dataset }) => dataset);
  for (const other of parts.slice(1)) refuseOthers(head, other);
  const { x } = head.dataset.source;
  const rows = datasets.reduce((sum, dataset) => sum + dataset.source.x.rows, 0);
  const data = new Float64Array(new SharedArrayBuffer(8 * rows * x.cols));
  let at = 0;
  for (const { source } of datasets) {
    data.set(source.x.data, at);
    at += source.x.data.length;
  }
  const names = (columns: (dataset: Dataset) => readonly { readonly name: string }[]): string[] => [
    ...new Set(datasets.flatMap((dataset) => columns(dataset).map(({ name }) => name))),
  ];
  // Samples without ids are numbered in each file by itself.
  const numbered = datasets.every(({ sampleIds }) => sampleIds.every((id, row) => id === String(row + 1)));
  return {
    ...head.dataset,
    source: { ...head.dataset.source, x: { rows, cols: x.cols, data } },
    sampleIds: numbered
      ? Array.from({ length: rows }, (_, row) => String(row + 1))
      : datasets.flatMap(({ sampleIds }) => sampleIds),
    targets: names(({ targets }) => targets).map((name) => {
      const each = datasets.map(({ targets }) => targets.find((target) => target.name === name));
      return {
        name,
        unit: each.find((target) => target !== undefined)?.unit ?? null,
        values: Float64Array.from(each.flatMap((target, k) => [...(target?.values ?? gaps(datasets[k], NaN))])),
      };
    }),
    metadata: names(({ metadata }) => metadata).map((name) => ({
      name,
      values: datasets.flatMap(
        (dataset) => dataset.metadata.find((column) => column.name === name)?.values ?? gaps(dataset, ''),
      ),
    })),
    split: parts.flatMap(({ part, dataset }) => gaps(dataset, part)),
    files: [...new Set(datasets.flatMap(({ files }) => files))],
  };
}

const gaps = <T>(dataset: Dataset | undefined, value: T): T[] =>
  Array.from({ length: dataset?.source.x.rows ?? 0 }, () => value);

function refuseOthers(head: DatasetPart, other: DatasetPart): void {
  const [expected, found] = [sourcesOf(head.dataset), sourcesOf(other.dataset)];
  const several = expected.length > 1 || found.length > 1;
  if (several && (expected.length !== found.length || expected.some(({ name }, k) => name !== found[k]?.name)))
    throw new EngineError('data.other-sources', {
      part: other.part,
      other: head.part,
      found: found.map(({ name }) => name).join(', '),
      expected: expected.map(({ name }) => name).join(', '),
    });
  const label = (name: string, part: string): string => (several ? `${name} (${part})` : name);
  expected.forEach(({ name, axis }, k) => {
    const same = found[k];
    if (same !== undefined)
      checkSameAxis(
        { file: label(name, head.part), axis: axis.values },
        { file: label(same.name, other.part), axis: same.axis.values },
      );
  });
}
