import type { FitContext } from '#core/data/operator.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { checkTraining } from '#core/models/trees/checkTraining.ts';
import { classCriterion } from '#core/models/trees/classCriterion.ts';
import { balancedWeights } from '#core/models/trees/classWeights.ts';
import {
  fitForest,
  forestOnnx,
  predictForest,
  type ForestOptions,
  type ForestState,
} from '#core/models/trees/forest.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import type { TreeParams } from '#core/models/trees/treeSettings.ts';
import { varianceCriterion } from '#core/models/trees/varianceCriterion.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

type Draws = Pick<ForestOptions, 'trees' | 'thresholds' | 'bootstrap' | 'single'> & { readonly seed: number | null };

/** The parts of a regression model made of averaged trees. `draws` turns its parameters into how the trees are made. */
export const forestRegressor = <P extends TreeParams>(operator: string, draws: (params: P, n: number) => Draws) => ({
  fit(x: Matrix, y: Float64Array, params: P, context: FitContext): ForestState {
    checkTraining(operator, x, y);
    const made = draws(params, x.rows);
    return fitForest(
      x,
      params,
      {
        ...made,
        seed: made.seed ?? context.seed,
        outputs: 1,
        weigh: (counts) => counts,
        criterion: (weights, limits) => varianceCriterion(y, weights, limits),
      },
      context,
    );
  },
  predict: (x: Matrix, state: ForestState): Float64Array => predictForest(operator, x, state).data,
  onnx: (graph: OnnxGraph, input: OnnxValue, state: ForestState): OnnxValue => forestOnnx(graph, input, state),
});

export interface ClassifierParams extends TreeParams {
  readonly criterion: 'gini' | 'entropy' | 'log_loss';
  readonly class_weight: 'balanced' | 'balanced_subsample' | null;
}

/** The parts of a classifier made of averaged trees. */
export const forestClassifier = <P extends ClassifierParams>(
  operator: string,
  draws: (params: P, n: number) => Draws,
) => ({
  fit(x: Matrix, y: Float64Array, params: P, context: FitContext): ForestState {
    checkTraining(operator, x, y);
    const made = draws(params, x.rows);
    const { classCount } = context;
    const whole = params.class_weight === 'balanced' ? balancedWeights(y, classCount) : null;
    const weigh = (counts: Float64Array): Float64Array => {
      const balance = params.class_weight === 'balanced_subsample' ? balancedWeights(y, classCount, counts) : whole;
      return balance === null ? counts : counts.map((count, i) => count * balance[i]);
    };
    const impurity = params.criterion === 'gini' ? 'gini' : 'entropy';
    return fitForest(
      x,
      params,
      {
        ...made,
        seed: made.seed ?? context.seed,
        outputs: classCount,
        weigh,
        criterion: (weights, limits) => classCriterion(y, classCount, weights, impurity, limits),
      },
      context,
    );
  },
  predict: (x: Matrix, state: ForestState): Float64Array => argMaxRows(predictForest(operator, x, state)),
  probabilities: (x: Matrix, state: ForestState): Matrix => predictForest(operator, x, state),
  onnx: (graph: OnnxGraph, input: OnnxValue, state: ForestState): OnnxValue => forestOnnx(graph, input, state),
});
