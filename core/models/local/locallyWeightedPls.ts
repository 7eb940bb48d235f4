import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { weightedPlsPredictions } from '#core/numerics/weightedPlsPredictions.ts';

interface Params {
  n_components: number;
  lambda_in_similarity: number;
  scale: boolean;
  backend: string;
  batch_size: number;
}

/** The training samples themselves: every prediction fits a model of its own. */
interface LocalState extends Readonly<Record<string, Float64Array | number>> {
  /** n × p, scaled, row by row. */
  readonly spectra: Float64Array;
  /** Length n, scaled. */
  readonly target: Float64Array;
  /** Length p: what was taken off and divided by. */
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly targetMean: number;
  readonly targetDeviation: number;
  readonly components: number;
}

/** PLS fitted anew for each prediction, with weights exp(−d / (s_d λ)) of the distances d to the training samples. */
export const locallyWeightedPls = defineModel<Params, LocalState>({
  id: 'LWPLS',
  version: 1,
  title: 'Locally weighted PLS',
  group: 'regression',
  task: 'regression',
  summary: 'Fits a PLS for each new spectrum, with more weight on training spectra near it.',
  whenToUse: 'Large, heterogeneous training sets, clusters or a curved relation that one PLS cannot follow.',
  whenNotToUse: 'With few samples, where equations must be fixed and documented, or where an ONNX file is needed.',
  references: [
    'Kim, S., Kano, M., Nakagawa, H. & Hasebe, S. (2011) International Journal of Pharmaceutics 421, 269–274. doi:10.1016/j.ijpharm.2011.10.007',
  ],
  aliases: [
    'LocallyWeightedPLS',
    'nirs4all.operators.models.LWPLS',
    'nirs4all.operators.models.sklearn.LWPLS',
    'nirs4all.operators.models.sklearn.lwpls.LWPLS',
  ],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(10).meta({
      title: 'Components',
      description: 'Number of latent variables of each local model; fewer where the data hold fewer.',
    }),
    lambda_in_similarity: z.number().positive().default(1).meta({
      title: 'Width λ',
      description:
        'Distance, in standard deviations of all distances, at which the weight falls to 37 %. Small is local.',
    }),
    scale: z.boolean().default(true).meta({
      title: 'Scale',
      description: 'Centre and divide each channel and the target by their standard deviations (n).',
    }),
    backend: plsParameters.backend,
    batch_size: z.int().min(1).default(64).meta({
      title: 'Batch size',
      description: 'Accepted for compatibility and not used: spectra are predicted one by one.',
      unused: true,
    }),
  }),
  path: {
    param: 'n_components',
    fit(x, y, params, values, context) {
      const state = stored(x, y, params, context);
      return values.map((components) => ({ ...state, components }));
    },
  },
  fit: (x, y, params, context) => ({ ...stored(x, y, params, context), components: params.n_components }),
  predict(x, state, { lambda_in_similarity }) {
    const { means, deviations, target, components, targetMean, targetDeviation } = state;
    requireChannels('LWPLS', x, means.length);
    const training = matrix(target.length, means.length, state.spectra);
    const scaled = standardiseColumns(x, means, deviations);
    return weightedPlsPredictions(training, target, scaled, components, lambda_in_similarity).map(
      (value) => targetMean + targetDeviation * value,
    );
  },
  complexity: ({ n_components }) => n_components,
  noOnnx: 'LWPLS fits a model for each spectrum, which ONNX cannot do. Export a bundle, or train a PLS for ONNX.',
});

function stored(x: Matrix, y: Float64Array, { scale }: Params, { cancel }: FitContext): LocalState {
  cancel.check();
  requireTrainingData('LWPLS', x, y);
  const means = scale ? columnMeans(x) : new Float64Array(x.cols);
  const deviations = scale ? columnDeviations(x, means, 0) : new Float64Array(x.cols).fill(1);
  const targetMean = scale ? mean(y) : 0;
  const targetDeviation = scale ? columnDeviations(matrix(y.length, 1, y), Float64Array.of(targetMean), 0)[0] : 1;
  cancel.check();
  return {
    spectra: standardiseColumns(x, means, deviations).data,
    target: y.map((value) => (value - targetMean) / targetDeviation),
    means,
    deviations,
    targetMean,
    targetDeviation,
    components: 0,
  };
}
