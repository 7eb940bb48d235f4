import { EngineError } from '#core/base/errors.ts';
import type { FittedChain, FittedConcat, FittedOperator, FittedTransform } from '#core/data/fittedChain.ts';
import type { AnyModel, AnyOperator, AnyTransform } from '#core/data/operator.ts';

/** Finds an operator by its id. Answers undefined (or throws `catalog.unknown-id`) where there is none. */
export type OperatorLookup = (id: string) => AnyOperator | undefined;

export interface ResolvedOperator<D> {
  readonly step: FittedOperator;
  readonly definition: D;
}
export interface ResolvedConcat {
  readonly step: FittedConcat;
  readonly lanes: readonly (readonly ResolvedTransform[])[];
}
export type ResolvedTransform = ResolvedOperator<AnyTransform> | ResolvedConcat;

/** A chain with its operators at hand, sorted by role. */
export interface ResolvedChain {
  readonly transforms: readonly ResolvedTransform[];
  /** In the order of fitting; predictions are inverted from the last to the first. Unused in classification. */
  readonly targets: readonly ResolvedOperator<AnyTransform>[];
  readonly model: ResolvedOperator<AnyModel>;
}

/**
 * Finds the operators of a chain and checks its shape.
 * @throws chain.invalid for a wrong order or kind of steps, chain.operator-version where the numbers may have changed.
 */
export function resolveChain(chain: FittedChain, lookup: OperatorLookup): ResolvedChain {
  const transforms: ResolvedTransform[] = [];
  const targets: ResolvedOperator<AnyTransform>[] = [];
  let model: ResolvedOperator<AnyModel> | null = null;
  for (const step of chain.steps) {
    if (model !== null) throw invalid('the model must be its last step.');
    if (step.role === 'model') model = resolveModel(step, lookup);
    else if (step.role === 'target') targets.push(resolveTarget(step, lookup, chain.target.classes !== null));
    else transforms.push(resolveTransform(step, lookup));
  }
  if (model === null) throw invalid('it has no model.');
  const task = chain.target.classes === null ? 'regression' : 'classification';
  if (model.definition.task !== task)
    throw invalid(
      task === 'regression'
        ? `${model.step.id} predicts classes, and the chain does not name them.`
        : `${model.step.id} predicts numbers, and the target is a class.`,
    );
  return { transforms, targets, model };
}

function resolveModel(step: FittedOperator, lookup: OperatorLookup): ResolvedOperator<AnyModel> {
  const definition = definitionOf(step, lookup);
  if (definition.kind !== 'model') throw wrongKind(step, definition);
  return { step, definition };
}

function resolveTarget(
  step: FittedOperator,
  lookup: OperatorLookup,
  classification: boolean,
): ResolvedOperator<AnyTransform> {
  const definition = definitionOf(step, lookup);
  if (definition.kind !== 'transform') throw wrongKind(step, definition);
  if (definition.invert === undefined && !classification)
    throw invalid(`${step.id} has no inverse and cannot process the target.`);
  return { step, definition };
}

function resolveTransform(step: FittedTransform, lookup: OperatorLookup): ResolvedTransform {
  if (step.role === 'concat') {
    if (step.lanes.length === 0) throw invalid('a step of several views has no view.');
    return { step, lanes: step.lanes.map((lane) => lane.map((inner) => resolveTransform(inner, lookup))) };
  }
  if (step.role !== 'transform') throw invalid(`${step.id} stands in a view, where only transforms can.`);
  const definition = definitionOf(step, lookup);
  if (definition.kind !== 'transform') throw wrongKind(step, definition);
  return { step, definition };
}

function definitionOf(step: FittedOperator, lookup: OperatorLookup): AnyOperator {
  const definition = lookup(step.id);
  if (definition === undefined) throw new EngineError('catalog.unknown-id', { kind: 'operator', id: step.id });
  if (definition.version !== step.version)
    throw new EngineError('chain.operator-version', {
      operator: step.id,
      stored: step.version,
      current: definition.version,
    });
  return definition;
}

const invalid = (problem: string): EngineError<'chain.invalid'> => new EngineError('chain.invalid', { problem });

const wrongKind = (step: FittedOperator, definition: AnyOperator): EngineError =>
  invalid(
    `${step.id} is a ${definition.kind} and cannot stand in the place of a ${step.role === 'model' ? 'model' : 'transform'}.`,
  );
