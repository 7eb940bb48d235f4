import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';
import type { SignalType } from '#core/data/dataset.ts';
import type { AnyModel, AnyOperator, AnyTransform, State } from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export type StepRole = 'transform' | 'target' | 'model';

/** One fitted operator: which one, with which parameters, and what it learned. */
export interface FittedStep {
  readonly role: StepRole;
  readonly id: string;
  /** The operator's version when it was fitted. */
  readonly version: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly state: State;
}

/** A fitted path from raw spectra to predictions in the target's unit: what is stored, exported and deployed. */
export interface FittedChain {
  /** The axis of the raw spectra (p values). */
  readonly inputAxis: Axis;
  readonly signal: SignalType;
  readonly target: { readonly name: string; readonly unit: string | null };
  /** Transforms in order, then target transforms in the order of fitting, then exactly one model. */
  readonly steps: readonly FittedStep[];
}

/** Finds an operator by its id. Answers undefined (or throws `catalog.unknown-id`) where there is none. */
export type OperatorLookup = (id: string) => AnyOperator | undefined;

export interface ResolvedStep<D> {
  readonly step: FittedStep;
  readonly definition: D;
}

/** A chain with its operators at hand, sorted by role. */
export interface ResolvedChain {
  readonly transforms: readonly ResolvedStep<AnyTransform>[];
  /** In the order of fitting; predictions are inverted from the last to the first. */
  readonly targets: readonly ResolvedStep<AnyTransform>[];
  readonly model: ResolvedStep<AnyModel>;
}

/**
 * Finds the operators of a chain and checks its shape.
 * @throws chain.invalid for a wrong order or kind of steps, chain.operator-version where the numbers may have changed.
 */
export function resolveChain(chain: FittedChain, lookup: OperatorLookup): ResolvedChain {
  const transforms: ResolvedStep<AnyTransform>[] = [];
  const targets: ResolvedStep<AnyTransform>[] = [];
  let model: ResolvedStep<AnyModel> | null = null;
  for (const step of chain.steps) {
    const definition = definitionOf(step, lookup);
    if (model !== null) throw new EngineError('chain.invalid', { problem: 'the model must be its last step.' });
    if (step.role === 'model') {
      if (definition.kind !== 'model') throw wrongKind(step, definition);
      model = { step, definition };
    } else {
      if (definition.kind !== 'transform') throw wrongKind(step, definition);
      if (step.role === 'target' && definition.invert === undefined)
        throw new EngineError('chain.invalid', { problem: `${step.id} has no inverse and cannot process the target.` });
      (step.role === 'target' ? targets : transforms).push({ step, definition });
    }
  }
  if (model === null) throw new EngineError('chain.invalid', { problem: 'it has no model.' });
  return { transforms, targets, model };
}

/**
 * Predicts n raw spectra (x: n × p, on the chain's axis) in one pass: transforms, model, inverse target transforms in
 * reverse order. Returns n predictions in the unit of the target.
 */
export function predictChain(chain: FittedChain, x: Matrix, lookup: OperatorLookup): Float64Array {
  const p = chain.inputAxis.values.length;
  if (x.cols !== p)
    throw new EngineError('numerics.shape', {
      what: 'Spectra for the model',
      expected: `${p} values each`,
      found: String(x.cols),
    });
  const { transforms, targets, model } = resolveChain(chain, lookup);
  let matrix = x;
  for (const { definition, step } of transforms) matrix = definition.apply(matrix, step.state, step.params);
  const modelled = model.definition.predict(matrix, model.step.state, model.step.params);
  let y: Matrix = { rows: x.rows, cols: 1, data: modelled };
  for (const { definition, step } of [...targets].reverse()) y = definition.invert?.(y, step.state, step.params) ?? y; // resolveChain made sure that the inverse exists
  return y.data;
}

function definitionOf(step: FittedStep, lookup: OperatorLookup): AnyOperator {
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

const wrongKind = (step: FittedStep, definition: AnyOperator): EngineError =>
  new EngineError('chain.invalid', {
    problem: `${step.id} is a ${definition.kind} and cannot stand in the place of a ${step.role === 'model' ? 'model' : 'transform'}.`,
  });
