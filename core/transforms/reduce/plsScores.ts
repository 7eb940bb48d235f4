import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { projection, projectionOf, type Projection } from '#core/transforms/reduce/projection.ts';
import { plsOfResponses } from '#core/transforms/select/plsOfResponses.ts';
import { responsesOf } from '#core/transforms/select/responses.ts';

/** Scores of a PLS model. Agrees with `transform` of scikit-learn's `PLSRegression`. */
export const plsScores = defineTransform<{ n_components: number; scale: boolean }, Projection>({
  id: 'PLSScores',
  version: 1,
  title: 'PLS scores',
  group: 'reduce',
  summary: 'Replaces the channels by the scores of the PLS components that covary most with the target.',
  whenToUse: 'Before models that cannot use many correlated channels, such as LDA, SVR, trees or nearest neighbours.',
  whenNotToUse:
    'Before the splitter: the scores know the target, so validation samples would no longer be unknown. Put it behind the splitter.',
  references: [
    'Wold, S., Sjöström, M. & Eriksson, L. (2001) Chemometrics and Intelligent Laboratory Systems 58, 109–130. doi:10.1016/S0169-7439(01)00155-1',
    'Barker, M. & Rayens, W. (2003) Journal of Chemometrics 17, 166–173. doi:10.1002/cem.785',
  ],
  aliases: ['PLSTransform', 'PLSScore'],
  params: z.strictObject({
    n_components: z.int().min(1).max(500).default(2).meta({
      title: 'Components',
      description: 'Number of PLS components, and so of scores.',
    }),
    scale: z.boolean().default(true).meta({
      title: 'Scale channels',
      description: 'Divide each channel by its standard deviation in the training samples (n − 1).',
    }),
  }),
  stateful: true,
  supervised: true,
  target: false,
  fit(x, { n_components, scale }, context) {
    const responses = responsesOf('PLSScores', x, context);
    const { components, spectra } = plsOfResponses(x, responses, n_components, scale, context.cancel);
    if (components.length === 0)
      throw new EngineError('numerics.parameter', {
        operator: 'PLSScores',
        parameter: 'the target',
        problem: 'is constant in the training samples, or unrelated to all channels.',
      });
    if (components.length < n_components)
      context.notice(
        `PLSScores: ${n_components} components were asked for, but the spectra hold only ${components.length}.`,
      );
    // The largest weight of a component is positive, as in scikit-learn.
    const rotations = components.map(({ w, r }) => {
      const sign = peakSign(w);
      return r.map((value, j) => (sign * value) / spectra.deviations[j]);
    });
    return projectionOf(spectra.means, rotations);
  },
  ...projection('PLSScores'),
});

function peakSign(vector: Float64Array): number {
  let peak = 0;
  for (let j = 0; j < vector.length; j++) if (Math.abs(vector[j]) > Math.abs(vector[peak])) peak = j;
  return vector[peak] < 0 ? -1 : 1;
}
