import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { componentModels } from '#core/models/latent/componentModels.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { simpls } from '#core/numerics/simpls.ts';

interface Params {
  n_components: number;
  scale: boolean;
  center: true;
  backend: string;
}

/** SIMPLS of one response. Agrees with R's `pls::plsr(method = 'simpls')`. */
export const simplsRegression = defineModel<Params, LinearState>({
  id: 'SIMPLS',
  version: 1,
  title: 'SIMPLS',
  group: 'regression',
  task: 'regression',
  summary: 'PLS by the SIMPLS algorithm: the same models as PLS for one target.',
  whenToUse: 'To reproduce results of software that uses SIMPLS, with a moderate number of components.',
  whenNotToUse: 'For a new calibration: PLS gives the same models and keeps more digits beyond 15 components.',
  references: [
    'de Jong, S. (1993) Chemometrics and Intelligent Laboratory Systems 18, 251–263. doi:10.1016/0169-7439(93)85002-X',
  ],
  aliases: [
    'nirs4all.operators.models.SIMPLS',
    'nirs4all.operators.models.sklearn.pls.SIMPLS',
    'nirs4all.operators.models.sklearn.SIMPLS',
    'nirs4all.operators.models.sklearn.simpls.SIMPLS',
  ],
  params: z.strictObject({
    n_components: plsParameters.components(10),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation in the training samples (n − 1).',
    }),
    center: z.literal(true).default(true).meta({
      title: 'Centre',
      description: 'Accepted for compatibility and not used: spectra and target are always centred.',
      unused: true,
    }),
    backend: plsParameters.backend,
  }),
  ...componentModels('SIMPLS', (x, y, { scale }: Params, components, { cancel }) => {
    const problem = centredProblem('SIMPLS', x, y, scale);
    return simpls(problem.x, problem.y, components, cancel).map((coef) => problem.toRaw(coef));
  }),
  ...linearModel('SIMPLS'),
});
