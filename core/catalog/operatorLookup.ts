import { checkParams, type CheckedParams } from '#core/catalog/checkParams.ts';
import type { Registry } from '#core/catalog/registry.ts';
import type { AnyOperator } from '#core/data/operator.ts';

/** An operator as the pipeline language sees it. */
export interface OperatorFacts {
  readonly id: string;
  readonly kind: 'transform' | 'splitter' | 'filter' | 'augmentation' | 'model';
  readonly stateful: boolean;
  readonly supervised: boolean;
  readonly target: boolean;
  readonly spectral: boolean;
  readonly discretises: boolean;
  readonly task: 'regression' | 'classification' | null;
  readonly groups: 'required' | 'optional' | 'none';
  readonly needsTarget: boolean;
  readonly pathParam: string | null;
  checkParams(params: Record<string, unknown>): CheckedParams;
  countFolds?(params: Record<string, unknown>): number | null;
}

/** The catalog in the form that the pipeline parser takes as its argument. */
export function operatorLookup(operators: Registry<AnyOperator>) {
  return {
    find(name: string): OperatorFacts | undefined {
      const operator = operators.find(name);
      return operator && factsOf(operator);
    },
    nearest: (name: string): string | undefined => operators.nearest(name),
  };
}

function factsOf(operator: AnyOperator): OperatorFacts {
  const facts = {
    id: operator.id,
    kind: operator.kind,
    stateful: operator.kind === 'transform' && operator.stateful,
    supervised: operator.kind === 'transform' && operator.supervised === true,
    target: operator.kind === 'transform' && operator.target,
    spectral: operator.kind !== 'transform' || operator.spectral !== false,
    discretises: operator.kind === 'transform' && operator.classNames !== undefined,
    task: operator.kind === 'model' ? operator.task : null,
    groups: (operator.kind === 'splitter' ? operator.groups : undefined) ?? ('none' as const),
    needsTarget: operator.kind === 'filter' && operator.needsTarget,
    pathParam: operator.kind === 'model' ? (operator.path?.param ?? null) : null,
    checkParams: (params: Record<string, unknown>) => checkParams(operator, params),
  };
  return operator.kind === 'splitter' ? { ...facts, countFolds: (params) => operator.countFolds(params) } : facts;
}
