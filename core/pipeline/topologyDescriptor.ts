import type { MergeKind } from '#core/pipeline/stepNode.ts';

/** How the second pass works for a shape. */
export type RefitStrategy =
  /** Replay the winner's steps on all training data. */
  | 'simple'
  /** Select the winning lane, then simple. */
  | 'winning_branch'
  /** One model per lane, written once after the branch; select, then simple. */
  | 'competing'
  /** Base models, then the meta-model. */
  | 'stacking'
  /** Stacking inside stacking, innermost first. */
  | 'recursive'
  /** Models in a row. */
  | 'implicit_stacking'
  | 'stacking_per_source'
  /** Feature lanes only transform; prediction lanes give meta-features. */
  | 'hybrid'
  /** One refit per group, predictions put together again. */
  | 'per_branch'
  /** Pass 1 trained on everything already. */
  | 'relabel'
  /** No model. */
  | 'nothing';

export interface ModelNode {
  readonly name: string;
  /** Lane by lane from the outside: index of an unnamed lane, key of a named one. */
  readonly branchPath: readonly (string | number)[];
  /** 0-based, in the list of steps that holds the model. */
  readonly stepIndex: number;
  /** The kind of merge that its predictions go into, or null. */
  readonly mergeType: MergeKind | null;
}

/** The shape of an expanded pipeline. It decides how the refit works, and nothing else does. */
export interface Topology {
  readonly hasStacking: boolean;
  readonly hasFeatureMerge: boolean;
  readonly hasMixedMerge: boolean;
  readonly hasConcatMerge: boolean;
  readonly hasSeparationBranch: boolean;
  readonly hasBranchesWithoutMerge: boolean;
  /** 0 without stacking, 1 flat, 2 and more nested. */
  readonly maxStackingDepth: number;
  readonly hasSequentialModels: boolean;
  readonly hasMultiSource: boolean;
  /** 0-based index of the first splitter at the top level, or null. */
  readonly splitterStepIndex: number | null;
  readonly modelNodes: readonly ModelNode[];
  readonly strategy: RefitStrategy;
  /** What the refit of this shape must tell the user, in sentences. */
  readonly notes: readonly string[];
}
