import { EngineError } from '#core/base/errors.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { FittedSource } from '#core/data/fittedChain.ts';
import { sourcesOf } from '#core/data/sources.ts';
import type { AxisMatch } from '#core/export/checkAxis.ts';

/**
 * Finds the columns of a model's sources in new data, by the names of the sources; what else the data have is left out.
 * Columns of sources that the model never looks at may hold anything.
 * Null where the data are one matrix of as many columns as the model has: whoever joined the sources is believed.
 *
 * @param width columns of the matrix that the model expects
 * @throws EngineError data.source-missing, data.source-columns
 */
export function matchSources(
  wanted: readonly Pick<FittedSource, 'name' | 'from' | 'to'>[],
  width: number,
  dataset: Pick<Dataset, 'source' | 'sources'>,
): AxisMatch | null {
  const { cols } = dataset.source.x;
  if (dataset.sources === undefined && cols === width) return null;
  const sources = sourcesOf(dataset);
  const columns = new Int32Array(width);
  for (const { name, from, to } of wanted) {
    const found = sources.find((source) => source.name === name);
    if (found === undefined)
      throw new EngineError('data.source-missing', {
        source: name,
        columns: to - from,
        known: sources.map((source) => source.name),
      });
    if (found.to - found.from !== to - from)
      throw new EngineError('data.source-columns', {
        source: name,
        expected: to - from,
        found: found.to - found.from,
      });
    for (let j = from; j < to; j++) columns[j] = found.from + j - from;
  }
  const same = width === cols && columns.every((column, j) => column === j);
  return { columns: same ? null : columns, dropped: cols - width, compared: false };
}

/** What was done, in a sentence for the person. */
export const sourcesInWords = (wanted: readonly Pick<FittedSource, 'name'>[], { dropped }: AxisMatch): string =>
  `The sources ${wanted.map(({ name }) => name).join(', ')} were found by their names and numbers of columns` +
  (dropped > 0 ? `; ${dropped} other columns were left out.` : '.');
