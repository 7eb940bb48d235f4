import type { FitContext, ModelDefinition } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import type { LinearState } from '#core/models/linearModel.ts';
import { rankNotice } from '#core/models/rankNotice.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

type Parts<P> = Required<Pick<ModelDefinition<P, LinearState>, 'fit' | 'path' | 'complexity'>>;

/**
 * `fit`, `path` and `complexity` of a linear model whose parameter `n_components` comes from one fit.
 *
 * @param allModels the models of 1, 2, … components, as many as asked or as the data allow
 */
export function componentModels<P extends { readonly n_components: number }>(
  operator: string,
  allModels: (x: Matrix, y: Float64Array, params: P, components: number, context: FitContext) => LinearState[],
): Parts<P> {
  function models(x: Matrix, y: Float64Array, params: P, components: number, context: FitContext): LinearState[] {
    const found = allModels(x, y, params, components, context);
    rankNotice(operator, components, found.length, context);
    return found;
  }
  return {
    fit: (x, y, params, context) =>
      // The largest model that the data allow; without any component that is the mean of the target.
      models(x, y, params, params.n_components, context).at(-1) ??
      centredProblem(operator, x, y, false).toRaw(new Float64Array(x.cols)),
    path: {
      param: 'n_components',
      fit(x, y, params, values, context) {
        const found = models(x, y, params, Math.max(0, ...values), context);
        return values.map((components) => found[components - 1] ?? null);
      },
    },
    complexity: ({ n_components }) => n_components,
  };
}
