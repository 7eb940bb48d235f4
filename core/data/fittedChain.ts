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

/** Takes the columns of one source (an instrument, or a table beside the spectra) out of the raw matrix. */
export interface FittedSource {
  readonly role: 'source';
  readonly name: string;
  /** Columns from … to − 1 of the raw matrix. */
  readonly from: number;
  readonly to: number;
}

/** A model whose predictions are a column (in classification one a class) for the model behind it. */
export interface FittedMember {
  /** The model's name in results. */
  readonly name: string;
  /** The names of the lanes that hold it, from the outside. */
  readonly branchPath: readonly string[];
  /** From the raw spectra to the model or route, as in `FittedChain.steps`. */
  readonly steps: readonly FittedStep[];
}

/** What a join puts side by side, in this order. */
export type FittedPart =
  /** Spectra as they come out of a lane; the lane starts where the join stands. */
  | { readonly kind: 'spectra'; readonly lane: readonly FittedTransform[] }
  /**
   * Predictions in the unit of the target (classes: probabilities, else 1 for the predicted class and 0 for the others).
   * With `weights` the members are added up with these weights (their sum is 1), else they stand side by side.
   */
  | {
      readonly kind: 'predictions';
      readonly members: readonly FittedMember[];
      readonly weights: readonly number[] | null;
    };

/** Where lanes come together before a meta-model. */
export interface FittedJoin {
  readonly role: 'join';
  readonly parts: readonly FittedPart[];
}

/** A filter that was fitted, for samples that are separated by its verdict. */
export interface FittedFilter {
  readonly id: string;
  readonly version: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly state: State;
}

/** What decides to which lane of a route a sample goes. */
export type RouteKey =
  /** The value of a metadata column. */
  | { readonly kind: 'column'; readonly column: string }
  /** 'true' where the filters would remove the sample, else 'false'; `lane` leads from the raw spectra to the filters. */
  | {
      readonly kind: 'filters';
      readonly name: string;
      readonly mode: 'any' | 'all';
      readonly filters: readonly FittedFilter[];
      readonly lane: readonly FittedTransform[];
    };

/** The last step of a separated chain: each sample is predicted by the lane of its own group. */
export interface FittedRoute {
  readonly role: 'route';
  readonly key: RouteKey;
  readonly lanes: readonly {
    readonly name: string;
    /** Values of the key that belong to this lane. A value in no lane is refused with the known ones named. */
    readonly values: readonly string[];
    /** From the raw spectra to the model, as in `FittedChain.steps`. */
    readonly steps: readonly FittedStep[];
  }[];
}

/** A step before the model. */
export type FittedTransform = FittedOperator | FittedConcat | FittedSource | FittedJoin;
export type FittedStep = FittedTransform | FittedRoute;

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
  /** Transforms in order, then target transforms in the order of fitting, then exactly one model; or one route alone. */
  readonly steps: readonly FittedStep[];
}

/** Every fitted operator of some steps, lanes, members and routes opened, in the order in which they run. */
export function operatorsOf(steps: readonly FittedStep[]): FittedOperator[] {
  return steps.flatMap((step) => {
    switch (step.role) {
      case 'source':
        return [];
      case 'concat':
        return step.lanes.flatMap(operatorsOf);
      case 'join':
        return step.parts.flatMap((part) =>
          part.kind === 'spectra'
            ? operatorsOf(part.lane)
            : part.members.flatMap((member) => operatorsOf(member.steps)),
        );
      case 'route':
        return [
          ...(step.key.kind === 'filters' ? operatorsOf(step.key.lane) : []),
          ...step.lanes.flatMap((lane) => operatorsOf(lane.steps)),
        ];
      default:
        return [step];
    }
  });
}

/** Every filter that decides about a route in some steps, in any depth. */
export const filtersOf = (steps: readonly FittedStep[]): FittedFilter[] =>
  routesOf(steps).flatMap(({ key }) => (key.kind === 'filters' ? [...key.filters] : []));

/** Names of the metadata columns that decide about a route in some steps, in any depth, each once. */
export const routeColumnsOf = (steps: readonly FittedStep[]): string[] => [
  ...new Set(routesOf(steps).flatMap(({ key }) => (key.kind === 'column' ? [key.column] : []))),
];

/** Every route in some steps, outer ones first. */
export function routesOf(steps: readonly FittedStep[]): FittedRoute[] {
  return steps.flatMap((step) => {
    switch (step.role) {
      case 'concat':
        return step.lanes.flatMap(routesOf);
      case 'join':
        return step.parts.flatMap((part) =>
          part.kind === 'spectra' ? routesOf(part.lane) : part.members.flatMap((member) => routesOf(member.steps)),
        );
      case 'route':
        return [
          step,
          ...(step.key.kind === 'filters' ? routesOf(step.key.lane) : []),
          ...step.lanes.flatMap((lane) => routesOf(lane.steps)),
        ];
      default:
        return [];
    }
  });
}
