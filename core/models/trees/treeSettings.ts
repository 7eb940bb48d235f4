import type { GrowLimits } from '#core/models/trees/growTree.ts';

/** Parameters of one tree, as documents spell them. */
export interface TreeParams {
  readonly max_depth: number | null;
  readonly min_samples_split: number;
  readonly min_samples_leaf: number;
  readonly min_weight_fraction_leaf: number;
  readonly max_features: number | 'sqrt' | 'log2' | null;
  readonly max_leaf_nodes: number | null;
  readonly min_impurity_decrease: number;
}

/** Fractions and names as numbers, for `rows` samples of total weight `weight` (scikit-learn's rules of rounding). */
export function growLimits(params: TreeParams, rows: number, weight: number): GrowLimits {
  const { max_depth, min_samples_split, min_samples_leaf } = params;
  const minLeaf = min_samples_leaf < 1 ? Math.ceil(min_samples_leaf * rows) : min_samples_leaf;
  const minSplit = min_samples_split <= 1 ? Math.max(2, Math.ceil(min_samples_split * rows)) : min_samples_split;
  return {
    maxDepth: max_depth ?? Infinity,
    minSplit: Math.max(minSplit, 2 * minLeaf),
    minLeaf,
    minWeight: params.min_weight_fraction_leaf * weight,
    maxLeaves: params.max_leaf_nodes ?? Infinity,
    minDecrease: params.min_impurity_decrease,
  };
}

/** Channels to look at for each cut, of p. */
export function channelsPerCut(maxFeatures: TreeParams['max_features'], p: number): number {
  if (maxFeatures === null) return p;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(p)));
  if (maxFeatures === 'log2') return Math.max(1, Math.floor(Math.log2(p)));
  return maxFeatures <= 1 ? Math.max(1, Math.floor(maxFeatures * p)) : Math.min(p, maxFeatures);
}
