import { describe, expect, test } from 'vitest';
import { predictChain, resolveChain, type FittedChain, type FittedStep } from '#core/data/fittedChain.ts';
import { fromRows } from '#core/numerics/matrix.ts';
import { centre, chain, line, lookup, spectra } from '#tests/unit/core/export/support/testChain.ts';

const [transform, target, model] = chain.steps as [FittedStep, FittedStep, FittedStep];
const withSteps = (...steps: FittedStep[]): FittedChain => ({ ...chain, steps });

test('transforms, model and inverse target processing in one pass, the input unharmed', () => {
  const before = spectra.data.slice();
  expect(predictChain(chain, spectra, lookup)[0]).toBeCloseTo(51.625, 12); // worked out by hand in chainToOnnx.test.ts
  expect(spectra.data).toEqual(before);
});

test('two target transforms are undone from the last to the first', () => {
  const doubled: FittedStep = { ...target, params: { factor: 2 }, state: { means: Float64Array.of(0) } };
  // The second saw (y − 50) / 10 and halved it, so 0.1625 becomes 0.325, then 53.25.
  expect(predictChain(withSteps(transform, target, doubled, model), spectra, lookup)[0]).toBeCloseTo(53.25, 12);
});

test('spectra of another length are refused', () => {
  expect(() => predictChain(chain, fromRows([[1, 2]]), lookup)).toThrow(
    'Spectra for the model: expected 3 values each, found 2.',
  );
});

describe('a chain that cannot be', () => {
  test.each([
    ['no model', withSteps(transform), 'it has no model'],
    ['a step after the model', withSteps(model, transform), 'the model must be its last step'],
    ['a model as transform', withSteps({ ...model, role: 'transform' }, model), 'TestLine is a model and cannot stand'],
    ['a transform as model', withSteps({ ...transform, role: 'model' }), 'TestCentre is a transform and cannot stand'],
    ['an unknown operator', withSteps({ ...model, id: 'Oracle' }), 'There is no operator called "Oracle"'],
    [
      'another version',
      withSteps({ ...model, version: 2 }),
      'TestLine was fitted by its version 2; this Refract has version 1',
    ],
  ])('%s', (_, broken, words) => {
    expect(() => resolveChain(broken, lookup)).toThrow(words);
  });

  test('a target transform without inverse', () => {
    const oneWay = { ...centre, invert: undefined } as unknown as typeof centre;
    const find = (id: string) => (id === 'TestLine' ? line : oneWay);
    expect(() => resolveChain(chain, find)).toThrow('TestCentre has no inverse and cannot process the target.');
  });
});
