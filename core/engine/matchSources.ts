import { EngineError } from '#core/base/errors.ts';
import { indexAxis } from '#core/data/axis.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { FittedSource } from '#core/data/fittedChain.ts';
import { sourcesOf } from '#core/data/sources.ts';
import { pickColumns } from '#core/export/checkAxis.ts';

export interface MatchedSources {
  /** The data with the columns of the model, in its order. */
  readonly dataset: Dataset;
  /** Columns of the data that the model does not have. */
  readonly dropped: number;
}

/**
 * Finds the columns of a model's sources in new data, by the names of the sources; what else the data have is left out.
 * Columns of sources that the model never looks at may hold anything. Null for a model of one source, and where the data
 * are one matrix of as many columns as the model has: whoever joined the sources is believed.
 *
 * @param width columns of the matrix that the model expects
 * @throws EngineError data.source-missing, data.source-columns
 */
export function matchSources(
  wanted: readonly Pick<FittedSource, 'name' | 'from' | 'to'>[],
  width: number,
  dataset: Dataset,
): MatchedSources | null {
  const { source } = dataset;
  if (wanted.length === 0 || (dataset.sources === undefined && source.x.cols === width)) return null;
  const sources = sourcesOf(dataset);
  const columns = new Int32Array(width);
  const used = new Set<number>();
  for (const { name, from, to } of wanted) {
    const found = sources.find((one) => one.name === name);
    if (found === undefined)
      throw new EngineError('data.source-missing', {
        source: name,
        columns: to - from,
        known: sources.map((one) => one.name),
      });
    if (found.to - found.from !== to - from)
      throw new EngineError('data.source-columns', { source: name, expected: to - from, found: found.to - found.from });
    for (let j = from; j < to; j++) {
      columns[j] = found.from + j - from;
      used.add(found.from + j - from);
    }
  }
  const dropped = source.x.cols - used.size;
  if (width === source.x.cols && columns.every((column, j) => column === j)) return { dataset, dropped };
  const x = pickColumns(source.x, { columns, dropped, compared: false });
  return { dataset: { ...dataset, source: { ...source, axis: indexAxis(width), x } }, dropped };
}

/** What was done, in a sentence for the person. */
export const sourcesInWords = (
  wanted: readonly Pick<FittedSource, 'name'>[],
  { dropped }: Pick<MatchedSources, 'dropped'>,
): string =>
  `The sources ${wanted.map(({ name }) => name).join(', ')} were found by their names and numbers of columns` +
  (dropped > 0 ? `; ${dropped} other columns were left out.` : '.');
