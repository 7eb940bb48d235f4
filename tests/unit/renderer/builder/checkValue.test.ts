import { expect, test } from 'vitest';
import type { ParameterDescriptor } from '#core/contract/operators.ts';
import { checkValue } from '#renderer/builder/checkValue.ts';

const parameter = (change: Partial<ParameterDescriptor>): ParameterDescriptor => ({
  name: 'p',
  title: 'P',
  description: '',
  type: 'integer',
  nullable: false,
  default: 1,
  ...change,
});

test.each([
  [parameter({ min: 1, max: 9 }), 5, null],
  [parameter({ min: 1, max: 9 }), 0, 'below'],
  [parameter({ min: 1, max: 9 }), 10, 'above'],
  [parameter({}), 1.5, 'integer'],
  [parameter({}), '1', 'type'],
  [parameter({}), NaN, 'type'],
  [parameter({}), null, 'type'],
  [parameter({ nullable: true }), null, null],
  [parameter({ odd: true }), 4, 'odd'],
  [parameter({ odd: true }), 5, null],
  [parameter({ type: 'number', exclusiveMin: 0 }), 0, 'below'],
  [parameter({ type: 'number', exclusiveMin: 0 }), 1e-9, null],
  [parameter({ type: 'choice', choices: ['l1', 'l2'] }), 'l3', 'choice'],
  [parameter({ type: 'choice', choices: ['l1', 'l2'] }), 'l2', null],
  [parameter({ type: 'boolean' }), 1, 'type'],
  [parameter({ type: 'list' }), [1], null],
  [parameter({ type: 'list' }), 1, 'type'],
  [parameter({ type: 'text' }), 'a', null],
  [parameter({ type: 'number', exclusiveMax: 1 }), 1, 'above'],
  [parameter({ type: 'number', exclusiveMin: 0, words: ['scale'] }), 'scale', null],
  [parameter({ type: 'number', exclusiveMin: 0, words: ['scale'] }), 'auto', 'type'],
  [parameter({ type: 'number', exclusiveMin: 0, words: ['scale'] }), 0, 'below'],
  [parameter({ type: 'choice', choices: ['auto', true, false] }), false, null],
  [parameter({ type: 'list', items: { type: 'number' }, minItems: 2, maxItems: 2 }), [1], 'list'],
  [parameter({ type: 'list', items: { type: 'number' }, minItems: 2, maxItems: 2 }), [1, 2], null],
  [parameter({ type: 'list', items: { type: 'integer', min: 0 } }), [0, 1.5], 'list'],
  [parameter({ type: 'list', items: { type: 'pair' } }), [[1, 2]], null],
  [parameter({ type: 'list', items: { type: 'pair' } }), [1, 2], 'list'],
  [parameter({ type: 'list', items: { type: 'value' } }), ['a', 1, true], null],
  [parameter({ type: 'list', items: { type: 'value' } }), [{}], 'list'],
  [parameter({ type: 'list', items: { type: 'structure' } }), [{ SNV: {} }], null],
  [parameter({ type: 'list', items: { type: 'structure' } }), [null], 'list'],
] as const)('%#', (descriptor, value, problem) => {
  expect(checkValue(descriptor, value)).toBe(problem);
});
