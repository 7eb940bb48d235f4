import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeParameters } from '#core/catalog/parameterDescriptors.ts';
import { ParameterDescriptor } from '#core/contract/operators.ts';
import { parameterValues } from '#core/contract/parameterValues.ts';

const about = { title: 'P', description: 'A parameter.' };
const number = z.number();

/** Schema → what the form needs of it, and the words for it. */
test.each([
  ['whole numbers', z.int().min(1).max(9).default(2), { type: 'integer', min: 1, max: 9 }, 'integer 1 to 9'],
  [
    'open limits',
    number.positive().lt(1).default(0.5),
    { type: 'number', exclusiveMin: 0, exclusiveMax: 1 },
    'number above 0 and below 1',
  ],
  ['an upper limit', number.max(3).default(1), { type: 'number', max: 3 }, 'number up to 3'],
  ['one number only', number.min(0).max(0).default(0), { type: 'number', min: 0, max: 0 }, 'number 0'],
  [
    'empty allowed',
    number.positive().nullable().default(null),
    { type: 'number', exclusiveMin: 0, nullable: true },
    'number above 0 or empty',
  ],
  [
    'a number or a word',
    z.union([z.enum(['scale', 'auto']), number.positive()]).default('scale'),
    { type: 'number', exclusiveMin: 0, words: ['scale', 'auto'] },
    'number above 0, or scale, or auto',
  ],
  [
    'a number, a word or empty',
    z.union([z.int().min(1), z.literal('all'), z.null()]).default(null),
    { type: 'integer', min: 1, words: ['all'], nullable: true },
    'integer from 1, or all, or empty',
  ],
  [
    'a number or a truth value',
    z.union([z.boolean(), z.int()]).default(false),
    { type: 'integer', words: [true, false] },
    'integer, or true, or false',
  ],
  [
    'a word or a truth value',
    z.union([z.enum(['auto']), z.boolean()]).default('auto'),
    { type: 'choice', choices: ['auto', true, false] },
    'auto, true, false',
  ],
  ['one of few numbers', z.literal([0.5, 1.5]).default(0.5), { type: 'choice', choices: [0.5, 1.5] }, '0.5, 1.5'],
  [
    'words, or empty',
    z.enum(['a', 'b']).nullable().default(null),
    { type: 'choice', choices: ['a', 'b'], nullable: true },
    'a, b or empty',
  ],
  ['nothing but empty', z.null().default(null), { type: 'choice', choices: [], nullable: true }, 'empty'],
  ['a text', z.string().default(''), { type: 'text' }, 'text'],
  [
    'two numbers',
    z.tuple([number.min(0), number.max(9)]).default([0, 1]),
    { type: 'list', items: { type: 'number', min: 0, max: 9 }, minItems: 2, maxItems: 2 },
    'two numbers 0 to 9',
  ],
  [
    'numbers',
    z.array(number).min(1).max(5).nullable().default(null),
    { type: 'list', items: { type: 'number' }, minItems: 1, maxItems: 5, nullable: true },
    'list of 1 to 5 numbers or empty',
  ],
  [
    'pairs',
    z.array(z.tuple([number, number])).default([]),
    { type: 'list', items: { type: 'pair' } },
    'list of pairs of numbers',
  ],
  [
    'mixed values',
    z
      .array(z.union([z.string(), number]))
      .max(3)
      .default([]),
    { type: 'list', items: { type: 'value' }, maxItems: 3 },
    'list of up to 3 values',
  ],
  [
    'steps',
    z.array(z.unknown()).min(1).default([]),
    { type: 'list', items: { type: 'structure' }, minItems: 1 },
    'list of 1 or more entries',
  ],
])('%s', (_, schema, wanted, words) => {
  const [described] = describeParameters(z.strictObject({ p: schema.meta(about) }));
  expect(described).toEqual({ name: 'p', ...about, nullable: false, default: schema.parse(undefined), ...wanted });
  const parameter = ParameterDescriptor.parse(described);
  expect(parameterValues(parameter)).toBe(words);
});

test('units stand behind the values they measure', () => {
  const schema = (kind: z.ZodType) =>
    describeParameters(z.strictObject({ p: kind.meta({ ...about, unit: 'channels' }) }));
  expect(schema(z.int().min(1).nullable().default(1)).map(parameterValues)).toEqual([
    'integer from 1 or empty, channels',
  ]);
  expect(schema(z.union([z.int().min(1), z.literal('all')]).default(1)).map(parameterValues)).toEqual([
    'integer from 1, channels, or all',
  ]);
});
