import type { Axis } from '#core/data/axis.ts';
import type { SignalType } from '#core/data/dataset.ts';
import type { State } from '#core/data/operator.ts';

export type StepRole = 'transform' | 'target' | 'model';

/** One fitted operator: which one, with which parameters, and what it learned. */
export interface FittedOperator {
  readonly role: StepRole;
  readonly id: string;
  /** The operator's version when it was fitted. */
  readonly version: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly state: State;
}

/** Several views of what arrives here, side by side: each lane transforms the same input, an empty lane passes it on. */
export interface FittedConcat {
  readonly role: 'concat';
  readonly lanes: readonly (readonly FittedTransform[])[];
}

/** A step before the model. */
export type FittedTransform = FittedOperator | FittedConcat;
export type FittedStep = FittedOperator | FittedConcat;

/** A fitted path from raw spectra to predictions in the target's unit: what is stored, exported and deployed. */
export interface FittedChain {
  /** The axis of the raw spectra (p values). */
  readonly inputAxis: Axis;
  readonly signal: SignalType;
  readonly target: {
    readonly name: string;
    readonly unit: string | null;
    /** Names of the classes 0 … K − 1, in the order of the probabilities; null in regression. */
    readonly classes: readonly string[] | null;
  };
  /** Transforms in order, then target transforms in the order of fitting, then exactly one model. */
  readonly steps: readonly FittedStep[];
}

/** Every fitted operator of some steps, views opened, in the order in which they run. */
export function operatorsOf(steps: readonly FittedStep[]): FittedOperator[] {
  return steps.flatMap((step) => (step.role === 'concat' ? step.lanes.flatMap(operatorsOf) : [step]));
}
