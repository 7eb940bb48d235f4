import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { rankNotice } from '#core/models/rankNotice.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { orthogonalFilter, type OrthogonalFilter } from '#core/numerics/orthogonalFilter.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

interface Params {
  n_components: number;
  pls_components: number;
  scale: boolean;
  rescale: boolean;
  backend: string;
}

/** Orthogonal PLS of one response. With `rescale: false`, one predictive component predicts as PLS with one more. */
export const orthogonalPls = defineModel<Params, LinearState>({
  id: 'OPLS',
  version: 1,
  title: 'Orthogonal PLS',
  group: 'regression',
  task: 'regression',
  summary: 'Removes variation of the spectra that is unrelated to the target, then fits a PLS of few components.',
  whenToUse: 'When one predictive component is to be interpreted apart from unrelated variation.',
  whenNotToUse: 'To predict better than PLS: with the same total number of components, OPLS predicts much the same.',
  references: ['Trygg, J. & Wold, S. (2002) Journal of Chemometrics 16, 119–128. doi:10.1002/cem.695'],
  aliases: [
    'OrthogonalPLS',
    'nirs4all.operators.models.OPLS',
    'nirs4all.operators.models.sklearn.pls.OPLS',
    'nirs4all.operators.models.sklearn.OPLS',
    'nirs4all.operators.models.sklearn.opls.OPLS',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(1).meta({
      title: 'Orthogonal components',
      description: 'Number of components that are removed. Sweep it: all numbers come from one filter.',
    }),
    pls_components: z.int().min(1).max(500).default(1).meta({
      title: 'Predictive components',
      description: 'Number of PLS components on what is left.',
    }),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation (n − 1) before the filter.',
    }),
    rescale: z.boolean().default(true).meta({
      title: 'Scale again',
      description: 'Scale the filtered channels once more before the PLS, as nirs4all does; the paper does not.',
    }),
    backend: plsParameters.backend,
  }),
  path: { param: 'n_components', fit: fitPath },
  fit(x, y, params, context) {
    const { filter, model } = filtered(x, y, params, params.n_components, context);
    return model(Math.min(params.n_components, filter.weights.length));
  },
  complexity: ({ n_components, pls_components }) => n_components + pls_components,
  ...linearModel('OPLS'),
});

function fitPath(x: Matrix, y: Float64Array, params: Params, values: readonly number[], context: FitContext) {
  const { filter, model } = filtered(x, y, params, Math.max(0, ...values), context);
  return values.map((removed) => (removed > filter.weights.length ? null : model(removed)));
}

function filtered(
  x: Matrix,
  y: Float64Array,
  { pls_components, scale, rescale }: Params,
  removed: number,
  { cancel, notice }: FitContext,
) {
  const problem = centredProblem('OPLS', x, y, scale);
  const filter: OrthogonalFilter = orthogonalFilter(problem.x, problem.y, removed, cancel);
  rankNotice('OPLS', removed, filter.weights.length, { notice });

  function model(count: number): LinearState {
    const z = filter.remove(problem.x, count);
    const deviations = rescale ? columnDeviations(z, new Float64Array(z.cols), 1) : null;
    const scaled = deviations ? standardiseColumns(z, new Float64Array(z.cols), deviations) : z;
    const { coefs } = improvedKernelPls(scaled, problem.y, pls_components, cancel);
    const b = coefs.at(-1) ?? new Float64Array(z.cols);
    const unscaled = deviations ? b.map((value, j) => value / deviations[j]) : b;
    return problem.toRaw(filter.backInto(unscaled.slice(), count));
  }
  return { filter, model };
}
