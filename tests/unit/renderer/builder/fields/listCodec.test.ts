import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listCodec, numbersCodec } from '#renderer/builder/fields/listCodec.ts';
import { operatorDescriptors, parameterOf } from '#tests/support/operatorDescriptors.ts';

test.each([
  ['MinMaxScaler', 'feature_range', [-1, 1], '-1, 1'],
  ['CutRegions', 'regions', [[1100, 1200], [-4, 5.5]], '1100–1200, -4–5.5'], // prettier-ignore
  ['MetadataFilter', 'values_to_keep', ['Lyon', '12', 12, true, 'a, b'], 'Lyon, "12", 12, true, "a, b"'],
  [
    'CompositeFilter',
    'filters',
    [{ YOutlierFilter: { method: 'mad' } }, 'XOutlierFilter'],
    '{YOutlierFilter: {method: mad}}, XOutlierFilter',
  ],
])('%s.%s in one line', (id, name, values, text) => {
  const codec = listCodec(parameterOf(id, name));
  expect(codec.show(values)).toBe(text);
  expect(codec.read(text)).toEqual(values);
});

test('pairs are read as people write them', () => {
  const { read } = listCodec(parameterOf('KeepRegions', 'regions'));
  for (const text of ['1100-1200', '1100 – 1200', '1100 to 1200', '1100 1200', '1100–1200,'])
    expect(read(text)).toEqual([[1100, 1200]]);
  expect(read('-0.1 to -1e-2; 3-4')).toEqual([[-0.1, -0.01], [3, 4]]); // prettier-ignore
});

test.each([
  ['MinMaxScaler', 'feature_range', '1', 'Allowed: two numbers'],
  ['MinMaxScaler', 'feature_range', '1, x', 'Allowed: two numbers'],
  ['RobustScaler', 'quantile_range', '25, 101', 'Allowed: two numbers 0 to 100'],
  ['CutRegions', 'regions', '1100', 'Allowed: list of up to 200 pairs of numbers, axis units'],
  ['PredefinedSplit', 'test_fold', '0.5', 'Allowed: list of integers from -1 or empty'],
  ['CompositeFilter', 'filters', '{YOutlierFilter: {', 'Allowed: list of entries'],
])('%s.%s does not take "%s"', (id, name, text, hint) => {
  const codec = listCodec(parameterOf(id, name));
  expect(codec.read(text)).toBeNull();
  expect(codec.hint).toBe(hint);
});

test('several values of a number that may be a word', () => {
  const codec = numbersCodec({ ...parameterOf('SVR', 'gamma'), nullable: false });
  expect(codec.read('scale, 0.1; 1')).toEqual(['scale', 0.1, 1]);
  expect(codec.read('wide')).toBeNull();
  expect(codec.read('0')).toBeNull();
  expect(codec.show(['scale', 0.1])).toBe('scale, 0.1');
});

test('what is shown reads back as the same list, for every list of every operator', () => {
  const lists = operatorDescriptors.flatMap(({ id, parameters }) =>
    parameters.flatMap((parameter) =>
      parameter.type === 'list' ? [[`${id}.${parameter.name}`, parameter] as const] : [],
    ),
  );
  for (const [name, parameter] of lists) {
    const codec = listCodec(parameter);
    if (Array.isArray(parameter.default))
      expect(codec.read(codec.show(parameter.default)), name).toEqual(parameter.default);
  }
  const texts = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1 });
  const values = listCodec(parameterOf('MetadataFilter', 'values_to_keep'));
  fc.assert(fc.property(texts, (list) => { expect(values.read(values.show(list))).toEqual(list); })); // prettier-ignore
  const pairs = fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), {
    minLength: 1,
    maxLength: 9,
  });
  const regions = listCodec(parameterOf('KeepRegions', 'regions'));
  fc.assert(fc.property(pairs, (list) => { expect(regions.read(regions.show(list))).toEqual(list.map(([a, b]) => [a + 0, b])); })); // prettier-ignore
});
