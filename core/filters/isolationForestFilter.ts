import { z } from 'zod';
import { defineFilter, type State } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { finiteRows } from '#core/filters/finiteRows.ts';
import { growIsolationTrees, isolationScores, type IsolationTrees } from '#core/filters/outliers/isolationTrees.ts';
import { quantile } from '#core/numerics/quantile.ts';

interface Params {
  n_estimators: number;
  max_samples: number | 'auto';
  contamination: number | 'auto';
  max_features: number;
  bootstrap: boolean;
  n_jobs: number | null;
  random_state: number | null;
  verbose: number;
  warm_start: boolean;
  reason: string | null;
  tag_name: string | null;
}
interface Forest extends State {
  readonly forest: IsolationTrees;
  /** Smallest score that is kept. */
  readonly offset: number;
}

const unused = (what: string) => `Accepted for compatibility and not used: ${what}.`;

/** Isolation forest with the parameters and the limits of scikit-learn's `IsolationForest`; the trees are its own. */
export const isolationForestFilter = defineFilter<Params, Forest>({
  id: 'IsolationForest',
  version: 1,
  title: 'Isolation forest',
  group: 'filter',
  summary: 'Finds samples that random cuts of random channels separate from the others after few cuts.',
  whenToUse: 'Many samples of unknown structure, where no distance says enough.',
  whenNotToUse: 'Fewer than about 50 samples, or when you must say why a sample was removed: use Mahalanobis.',
  references: ['Liu, F. T., Ting, K. M. & Zhou, Z.-H. (2012) ACM TKDD 6(1), 3. doi:10.1145/2133360.2133363'],
  aliases: ['sklearn.ensemble.IsolationForest', 'sklearn.ensemble._iforest.IsolationForest'],
  needsTarget: false,
  params: z.strictObject({
    n_estimators: z.int().min(1).max(10000).default(100).meta({ title: 'Trees', description: 'Number of trees.' }),
    max_samples: z
      .union([z.number().positive(), z.literal('auto')])
      .default('auto')
      .meta({
        title: 'Samples per tree',
        description: 'auto: 256 or all. Up to 1: a share of the samples. Above 1: a number.',
      }),
    contamination: z
      .union([filterParameters.contamination, z.literal('auto')])
      .default('auto')
      .meta({
        title: 'Share of outliers',
        description: 'The share of the training samples to remove. auto: those with a score below −0.5.',
      }),
    max_features: z.number().positive().default(1).meta({
      title: 'Channels per tree',
      description: 'Up to 1: a share of the channels. Above 1: a number.',
    }),
    bootstrap: z.boolean().default(false).meta({
      title: 'With replacement',
      description: 'Draw the samples of a tree with replacement.',
    }),
    n_jobs: z
      .int()
      .nullable()
      .default(null)
      .meta({ title: 'Jobs', description: unused('the engine decides how to use the cores'), unused: true }),
    random_state: filterParameters.seed,
    verbose: z
      .int()
      .default(0)
      .meta({ title: 'Verbosity', description: unused('nothing is printed'), unused: true }),
    warm_start: z
      .boolean()
      .default(false)
      .meta({ title: 'Warm start', description: unused('every fit starts anew'), unused: true }),
    reason: filterParameters.reason,
    tag_name: filterParameters.tag_name,
  }),
  fit({ x }, params, context) {
    const spectra = finiteRows('IsolationForest', x, 2);
    const { max_samples, max_features, contamination } = params;
    const wanted =
      max_samples === 'auto' ? 256 : max_samples <= 1 ? Math.floor(max_samples * spectra.rows) : max_samples;
    const options = {
      trees: params.n_estimators,
      samples: Math.max(1, Math.min(Math.floor(wanted), spectra.rows)),
      channels: Math.max(1, Math.min(Math.floor(max_features <= 1 ? max_features * x.cols : max_features), x.cols)),
      bootstrap: params.bootstrap,
      seed: params.random_state ?? context.seed,
    };
    const forest = growIsolationTrees(spectra, options, context.cancel);
    const offset = contamination === 'auto' ? -0.5 : quantile(isolationScores(spectra, forest), contamination);
    return { forest, offset };
  },
  keep: ({ x }, { forest, offset }) =>
    Uint8Array.from(isolationScores(x, forest), (score) => (score >= offset ? 1 : 0)),
});
