import { describeParameters } from '#core/catalog/parameterDescriptors.ts';
import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { AnyOperator } from '#core/data/operator.ts';

/** What forms, help and validation show of an operator, derived from its definition so that they cannot drift. */
export function describeOperator(operator: AnyOperator): OperatorDescriptor {
  const { id, kind, title, group, summary, whenToUse, whenNotToUse } = operator;
  return {
    id,
    kind,
    title,
    group,
    summary,
    whenToUse,
    whenNotToUse,
    references: [...operator.references],
    aliases: [...operator.aliases],
    stateful: operator.kind === 'transform' && operator.stateful,
    supervised: operator.kind === 'transform' && operator.supervised === true,
    target: operator.kind === 'transform' && operator.target,
    spectral: operator.kind !== 'transform' || operator.spectral !== false,
    discretises: operator.kind === 'transform' && operator.classNames !== undefined,
    task: operator.kind === 'model' ? operator.task : null,
    groups: (operator.kind === 'splitter' ? operator.groups : undefined) ?? 'none',
    noOnnx: operator.kind === 'transform' || operator.kind === 'model' ? (operator.noOnnx ?? null) : null,
    pathParam: operator.kind === 'model' ? (operator.path?.param ?? null) : null,
    parameters: describeParameters(operator.params),
  };
}
