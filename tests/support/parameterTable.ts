import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { parameterValues } from '#core/contract/parameterValues.ts';

/** The table of parameters of a help page, written from the schema. */
export function parameterTable(parameters: readonly ParameterDescriptor[]): string {
  if (parameters.length === 0) return 'None.';
  const rows = parameters.map(
    (p) =>
      `| \`${p.name}\` | ${p.title} | ${parameterValues(p)} | \`${JSON.stringify(p.default)}\` | ${p.description} |`,
  );
  return ['| Name | Title | Values | Default | Meaning |', '|---|---|---|---|---|', ...rows].join('\n');
}
