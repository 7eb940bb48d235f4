import type {
  FittedConcat,
  FittedFilter,
  FittedJoin,
  FittedMember,
  FittedOperator,
  FittedRoute,
  FittedSource,
} from '#core/data/fittedChain.ts';
import type { AnyFilter, AnyModel, AnyTransform } from '#core/data/operator.ts';

export interface ResolvedOperator<D> {
  readonly kind: 'operator';
  readonly step: FittedOperator;
  readonly definition: D;
}
export interface ResolvedConcat {
  readonly kind: 'concat';
  readonly step: FittedConcat;
  readonly lanes: readonly (readonly ResolvedTransform[])[];
}
export interface ResolvedSource {
  readonly kind: 'source';
  readonly step: FittedSource;
}
export interface ResolvedMember {
  readonly member: FittedMember;
  readonly steps: ResolvedSteps;
}
export type ResolvedPart =
  | { readonly kind: 'spectra'; readonly lane: readonly ResolvedTransform[] }
  | {
      readonly kind: 'predictions';
      readonly members: readonly ResolvedMember[];
      readonly weights: readonly number[] | null;
    };
export interface ResolvedJoin {
  readonly kind: 'join';
  readonly step: FittedJoin;
  readonly parts: readonly ResolvedPart[];
}
export type ResolvedTransform = ResolvedOperator<AnyTransform> | ResolvedConcat | ResolvedSource | ResolvedJoin;

/** Steps that end in a model. */
export interface ResolvedPath {
  readonly kind: 'path';
  readonly transforms: readonly ResolvedTransform[];
  /** In the order of fitting; predictions are inverted from the last to the first. Unused in classification. */
  readonly targets: readonly ResolvedOperator<AnyTransform>[];
  readonly model: ResolvedOperator<AnyModel>;
}

export interface ResolvedFilter {
  readonly step: FittedFilter;
  readonly definition: AnyFilter;
}
/** The filters that separate, and the way from the raw spectra to them; null where a column separates. */
export interface ResolvedJudges {
  readonly filters: readonly ResolvedFilter[];
  readonly mode: 'any' | 'all';
  readonly lane: readonly ResolvedTransform[];
}
/** Steps that are one route. */
export interface ResolvedRoute {
  readonly kind: 'route';
  readonly step: FittedRoute;
  readonly judges: ResolvedJudges | null;
  /** In the order of the route's lanes. */
  readonly lanes: readonly ResolvedSteps[];
}

/** From raw spectra to predictions. */
export type ResolvedSteps = ResolvedPath | ResolvedRoute;

/** A chain with its operators at hand. A step or member that occurs twice in it is one object here too. */
export interface ResolvedChain {
  readonly steps: ResolvedSteps;
  /** K in classification, 0 in regression. */
  readonly classCount: number;
  /** Steps and members that occur more than once: worth keeping while they are computed. */
  readonly shared: ReadonlySet<object>;
}
