import type { RefitStrategy, Topology } from '#core/pipeline/topologyDescriptor.ts';

/** Stacking deeper than this is refused by default. */
export const MOST_STACKING_LEVELS = 3;

type Shape = Omit<Topology, 'strategy' | 'notes'>;
interface Hints {
  readonly sourceStacking: boolean;
  readonly hasBranches: boolean;
  /** Models inside lanes that nothing joins. */
  readonly laneModels: boolean;
  readonly metaModels: number;
}

/** Chooses the strategy of a shape, and says what is special about it. */
export function refitStrategy(shape: Shape, hints: Hints): Pick<Topology, 'strategy' | 'notes'> {
  const strategy = choose(shape, hints);
  const notes: string[] = [];
  if (strategy === 'nothing') notes.push('There is no model, so there is nothing to refit.');
  if (strategy === 'relabel')
    notes.push('There is no splitter: the model was trained on all data already and becomes the final one.');
  if (shape.maxStackingDepth >= MOST_STACKING_LEVELS)
    notes.push(
      `Stacking is nested ${shape.maxStackingDepth} levels deep. Each level learns from the errors of the one below; check that it pays.`,
    );
  return { strategy, notes };
}

function choose(shape: Shape, hints: Hints): RefitStrategy {
  if (shape.modelNodes.length === 0) return 'nothing';
  if (shape.maxStackingDepth >= 2) return 'recursive';
  if (hints.sourceStacking) return 'stacking_per_source';
  if (shape.hasMixedMerge) return 'hybrid';
  if (shape.hasStacking) {
    const twoInARow =
      shape.hasSequentialModels && !hints.hasBranches && shape.modelNodes.length === 2 && hints.metaModels === 0;
    return twoInARow ? 'implicit_stacking' : 'stacking';
  }
  // Sources that are only preprocessed are columns side by side: one model, one refit.
  if (shape.hasSeparationBranch && !(shape.hasMultiSource && shape.modelNodes.length === 1)) return 'per_branch';
  if (shape.hasBranchesWithoutMerge) return hints.laneModels ? 'winning_branch' : 'competing';
  return shape.splitterStepIndex === null && !hints.hasBranches ? 'relabel' : 'simple';
}
