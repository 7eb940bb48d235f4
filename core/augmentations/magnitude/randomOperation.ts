import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
  type Range,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum, uniform } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

const operations = {
  mul: (value: number, drawn: number) => value * drawn,
  add: (value: number, drawn: number) => value + drawn,
  sub: (value: number, drawn: number) => value - drawn,
} as const;

interface Params extends CompatibleParams {
  operator_func: keyof typeof operations;
  operator_range: Range;
}

/** Every channel multiplied by, or added to, a random number of its own. */
export const randomOperation = defineAugmentation<Params>({
  id: 'Random_X_Operation',
  version: 1,
  title: 'Random operation',
  group: 'augment',
  summary: 'Multiplies every channel by a random number of its own, or adds one.',
  whenToUse: 'To imitate a fixed pattern of unequal detector pixels.',
  whenNotToUse: 'Before derivatives: neighbouring channels change independently, which a derivative amplifies.',
  references: ['Bishop, C. M. (1995) Neural Computation 7, 108–116. doi:10.1162/neco.1995.7.1.108'],
  aliases: pythonNames('random', 'Random_X_Operation'),
  params: z.strictObject({
    operator_func: z
      // Documents name the function of Python's operator module, with or without its path.
      .preprocess(
        (value) => (typeof value === 'string' ? value.replace(/^(?:_?operator)\./, '') : value),
        z.enum(['mul', 'add', 'sub']),
      )
      .default('mul')
      .meta({ title: 'Operation', description: 'mul: multiply; add: add; sub: subtract.' }),
    operator_range: augmentationParameters.range(0.97, 1.03, 'Numbers', 'Lowest and highest number that is drawn.'),
    ...compatibleParameters,
    apply_on: z.enum(['samples', 'features', 'subsets', 'global']).default('global').meta({
      title: 'Applied on',
      description: 'global: the same numbers for all spectra; otherwise new ones for each.',
    }),
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const operate = operations[params.operator_func];
    const next = perSpectrum(params.apply_on === 'global' ? 'batch' : 'sample', () =>
      Float64Array.from({ length: input.x.cols }, () => uniform(random, params.operator_range)),
    );
    return augmentedRows(input, context, (spectrum, out) => {
      const drawn = next();
      for (let j = 0; j < out.length; j++) out[j] = operate(spectrum[j], drawn[j]);
    });
  },
});
