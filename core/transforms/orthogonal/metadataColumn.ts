import { EngineError } from '#core/base/errors.ts';
import type { Metadata } from '#core/data/operator.ts';

/** The values of a metadata column that a parameter names. @throws numerics.parameter, with the columns that exist */
export function metadataColumn(
  operator: string,
  parameter: string,
  name: string,
  metadata: Metadata,
): readonly string[] {
  const column = metadata[name];
  if (column !== undefined) return column;
  const known = Object.keys(metadata);
  const others = known.length === 0 ? 'The samples have no metadata.' : `There are: ${known.join(', ')}.`;
  throw new EngineError('numerics.parameter', {
    operator,
    parameter,
    problem: `names the metadata column "${name}", which does not exist. ${others}`,
  });
}
