import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { DeployedModel } from '#core/data/deployedModel.ts';
import { routesOf } from '#core/data/fittedChain.ts';

/** The entry of a graph's metadata that describes its columns. */
export const COLUMNS_ENTRY = 'refract.columns';

const columnInputsSchema = z.array(z.object({ column: z.string(), input: z.string(), values: z.array(z.string()) }));

/** A metadata column that a graph asks for. */
export interface ColumnInput {
  readonly column: string;
  /** The name of the graph's input: the column's own name, save where the graph uses that name itself. */
  readonly input: string;
  /** Values that belong to a lane of a separation by this column. */
  readonly values: readonly string[];
}

/**
 * The columns that the metadata of a graph describe.
 * @throws predict.model-unreadable where the description is damaged
 */
export function readColumnInputs(metadata: ReadonlyMap<string, string>, file: string): ColumnInput[] {
  const text = metadata.get(COLUMNS_ENTRY);
  if (text === undefined) return [];
  try {
    return columnInputsSchema.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    const reason = 'its description of the metadata columns is damaged.';
    throw new EngineError('predict.model-unreadable', { file, reason }, { cause: error });
  }
}

/** The metadata columns by which a model separates, in any depth, as inputs of its graph. */
export function columnInputs(model: DeployedModel): ColumnInput[] {
  const values = new Map<string, Set<string>>();
  for (const { key, lanes } of model.chains.flatMap(({ steps }) => routesOf(steps))) {
    if (key.kind !== 'column') continue;
    const known = values.get(key.column) ?? new Set();
    for (const value of lanes.flatMap((lane) => lane.values)) known.add(value);
    values.set(key.column, known);
  }
  return [...values].map(([column, known]) => ({ column, input: inputName(column), values: [...known] }));
}

/** Names of nodes have a slash. */
const inputName = (column: string): string =>
  column === '' || column.includes('/') || OWN_NAMES.test(column) ? `column:${column.replaceAll('/', ':')}` : column;

const OWN_NAMES = /^(spectra|prediction|label|probabilities|scores|constant_\d+|column:.*)$/s;
