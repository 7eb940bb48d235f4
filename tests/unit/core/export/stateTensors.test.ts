import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StateValue } from '#core/data/operator.ts';
import { readSafetensors, writeSafetensors } from '#core/export/safetensors.ts';
import { stateFromTensors, stateToTensors } from '#core/export/stateTensors.ts';

const { value } = fc.letrec<{ value: StateValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.float64Array(),
    fc.int32Array(),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$tensor', '$number', 'a/b', 'a', 'b', '__proto__')),
      tie('value'),
    ),
  ),
}));

test('every state survives, special numbers and awkward names included', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), (state) => {
      const bytes = writeSafetensors(stateToTensors(state));
      const back = stateFromTensors(readSafetensors(bytes, 'x'), 'x');
      expect(back).toEqual(state);
    }),
    {
      examples: [[{ a: { b: Float64Array.of(1) }, 'a/b': Float64Array.of(2), $tensor: 'a', n: [NaN, -0, -Infinity] }]],
    },
  );
});

test('arrays become tensors named by their path', () => {
  const file = stateToTensors({ coef: Float64Array.of(1, 2), blocks: [{ mean: Int32Array.of(3) }], intercept: 0.5 });
  expect([...file.tensors.keys()]).toEqual(['coef', 'blocks/0/mean']);
  expect(JSON.parse(file.metadata.get('state') ?? '')).toEqual({
    coef: { $tensor: 'coef' },
    blocks: [{ mean: { $tensor: 'blocks/0/mean' } }],
    intercept: 0.5,
  });
});

test.each([
  ['a missing array', '{"coef":{"$tensor":"nowhere"}}'],
  ['an array that nothing uses', '{}'],
  ['a number that is none', '{"coef":{"$tensor":"a"},"b":{"$number":"1; run()"}}'],
  ['no record', '[{"$tensor":"a"}]'],
  ['no JSON', '{'],
  ['nothing', ''],
  ['endless nesting', '['.repeat(100_000) + ']'.repeat(100_000)],
])('refuses %s', (_, text) => {
  const file = {
    tensors: new Map([['a', { shape: [1], data: Float64Array.of(1) }]]),
    metadata: new Map([['state', text]]),
  };
  expect(() => stateFromTensors(file, 'PLS')).toThrow(expect.objectContaining({ code: 'export.state' }) as Error);
});
