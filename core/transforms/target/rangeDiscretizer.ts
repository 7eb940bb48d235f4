import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { binned, requireOneColumn, type Bins } from '#core/transforms/target/binned.ts';

/** Classes of the target by limits that the user names. Agrees with nirs4all's `RangeDiscretizer`. */
export const rangeDiscretizer = defineTransform<{ bins: readonly number[] }, Bins>({
  id: 'RangeDiscretizer',
  version: 1,
  title: 'Classes by limits',
  group: 'target',
  summary: 'Turns a measured target into classes with limits that you name.',
  whenToUse: 'When only the class matters, for example below or above a specification limit.',
  whenNotToUse: 'When the value itself is wanted: a regression uses the data better.',
  references: ['Dougherty, J., Kohavi, R. & Sahami, M. (1995) Proceedings of ICML, 194–202'],
  aliases: ['nirs4all.operators.transforms.RangeDiscretizer', 'nirs4all.operators.transforms.targets.RangeDiscretizer'],
  params: z.strictObject({
    bins: z
      .array(z.number())
      .max(1000)
      .refine((bins) => bins.every((limit, k) => k === 0 || limit > bins[k - 1]), 'must ascend, each limit once')
      .default([])
      .meta({
        title: 'Limits',
        description: 'Ascending limits between the classes; a value at a limit belongs to the upper class.',
        unit: 'target units',
      }),
  }),
  stateful: false,
  target: true,
  spectral: false,
  fit(x, { bins }) {
    requireOneColumn('RangeDiscretizer', x.cols);
    if (bins.length === 0)
      throw new EngineError('numerics.parameter', {
        operator: 'RangeDiscretizer',
        parameter: 'bins',
        problem: 'is empty. Name at least one limit between two classes.',
      });
    const last = bins.length - 1;
    // The outer classes have no middle; nirs4all takes one unit beyond the limit.
    const inner = bins.slice(1).map((limit, k) => (bins[k] + limit) / 2);
    return { limits: Float64Array.from(bins), centres: Float64Array.of(bins[0] - 1, ...inner, bins[last] + 1) };
  },
  ...binned('RangeDiscretizer'),
});
