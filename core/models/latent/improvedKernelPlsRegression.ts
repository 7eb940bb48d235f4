import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { componentModels } from '#core/models/latent/componentModels.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';

interface Params {
  n_components: number;
  algorithm: number;
  center: true;
  scale: boolean;
  backend: string;
}

/** PLS under the name and with the defaults of the package ikpls. Gives the same models as `PLS`. */
export const improvedKernelPlsRegression = defineModel<Params, LinearState>({
  id: 'IKPLS',
  version: 1,
  title: 'Improved kernel PLS',
  group: 'regression',
  task: 'regression',
  summary: 'PLS by the improved kernel algorithm, with ten components unless told otherwise.',
  whenToUse: 'To run pipelines that were written for the package ikpls.',
  whenNotToUse: 'For a new calibration: PLS is the same model.',
  references: [
    'Dayal, B. S. & MacGregor, J. F. (1997) Journal of Chemometrics 11, 73–85',
    'Engstrøm, O.-C. G. et al. (2024) Journal of Open Source Software 9, 6533. doi:10.21105/joss.06533',
  ],
  aliases: [
    'ImprovedKernelPLS',
    'ikpls.numpy_ikpls.PLS',
    'nirs4all.operators.models.IKPLS',
    'nirs4all.operators.models.sklearn.pls.IKPLS',
    'nirs4all.operators.models.sklearn.IKPLS',
    'nirs4all.operators.models.sklearn.ikpls.IKPLS',
  ],
  params: z.strictObject({
    n_components: plsParameters.components(10),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation in the training samples (n − 1).',
    }),
    algorithm: z.literal([1, 2]).default(1).meta({
      title: 'Algorithm',
      description: 'Accepted for compatibility and not used: both algorithms give the same models.',
      unused: true,
    }),
    center: z.literal(true).default(true).meta({
      title: 'Centre',
      description: 'Accepted for compatibility and not used: spectra and target are always centred.',
      unused: true,
    }),
    backend: plsParameters.backend,
  }),
  ...componentModels('IKPLS', (x, y, { scale }: Params, components, { cancel }) => {
    const problem = centredProblem('IKPLS', x, y, scale);
    return improvedKernelPls(problem.x, problem.y, components, cancel).coefs.map((coef) => problem.toRaw(coef));
  }),
  ...linearModel('IKPLS'),
});
