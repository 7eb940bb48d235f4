import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';
import { binEdges, type BinStrategy } from '#core/transforms/target/binEdges.ts';
import { binned, requireOneColumn, type Bins } from '#core/transforms/target/binned.ts';

interface Params {
  n_bins: number;
  encode: 'ordinal';
  strategy: BinStrategy;
  dtype: string | null;
  subsample: number | null;
  random_state: number | null;
}

/** Classes of the target by limits that are found from the training samples. Agrees with scikit-learn's namesake. */
export const kBinsDiscretizer = defineTransform<Params, Bins>({
  id: 'KBinsDiscretizer',
  version: 1,
  title: 'Classes by bins',
  group: 'target',
  summary: 'Turns a measured target into a number of classes, of equal width, equal size, or by clusters.',
  whenToUse: 'To classify low, medium and high when no limits are given.',
  whenNotToUse:
    'When the value itself is wanted: a regression uses the data better. And when limits are given: name them.',
  references: ['Dougherty, J., Kohavi, R. & Sahami, M. (1995) Proceedings of ICML, 194–202'],
  aliases: [
    'IntegerKBinsDiscretizer',
    'nirs4all.operators.transforms.IntegerKBinsDiscretizer',
    'nirs4all.operators.transforms.targets.IntegerKBinsDiscretizer',
    'sklearn.preprocessing.KBinsDiscretizer',
    'sklearn.preprocessing._discretization.KBinsDiscretizer',
  ],
  params: z.strictObject({
    n_bins: z.int().min(2).max(1000).default(5).meta({ title: 'Classes', description: 'Number of classes.' }),
    encode: z.enum(['ordinal']).default('ordinal').meta({
      title: 'Code',
      description: 'How classes are coded: by numbers 0, 1, 2 … A target cannot be coded in several columns.',
    }),
    strategy: z.enum(['uniform', 'quantile', 'kmeans']).default('quantile').meta({
      title: 'Limits',
      description: 'Equal widths (uniform), equal numbers of samples (quantile), or halfway between clusters (kmeans).',
    }),
    dtype: z.string().nullable().default(null).meta({
      title: 'Number type',
      description: 'Accepted for compatibility and not used: all numbers have double precision.',
      unused: true,
    }),
    subsample: z.int().min(1).nullable().default(200_000).meta({
      title: 'Subsample',
      description: 'Accepted for compatibility and not used: all training samples set the limits.',
      unused: true,
    }),
    random_state: z.int().nullable().default(null).meta({
      title: 'Random seed',
      description: 'Accepted for compatibility and not used: nothing is random.',
      unused: true,
    }),
  }),
  stateful: true,
  target: true,
  spectral: false,
  fit(x, { n_bins, strategy }, { notice }) {
    requireOneColumn('KBinsDiscretizer', x.cols);
    requireRows('KBinsDiscretizer', x, 1);
    requireFinite(x.data, 'KBinsDiscretizer', 'the target');
    const constant = x.data.every((value) => value === x.data[0]);
    const edges = constant ? Float64Array.of(x.data[0], x.data[0]) : binEdges(x.data, n_bins, strategy);
    const classes = edges.length - 1;
    if (classes < n_bins)
      notice(`KBinsDiscretizer: only ${classes} of ${n_bins} classes are left, because limits coincide.`);
    return {
      limits: edges.slice(1, -1),
      centres: Float64Array.from({ length: classes }, (_, k) => (edges[k] + edges[k + 1]) / 2),
    };
  },
  ...binned('KBinsDiscretizer'),
});
