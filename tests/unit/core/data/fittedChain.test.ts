import { describe, expect, test } from 'vitest';
import { operatorsOf, type FittedChain, type FittedOperator, type FittedStep } from '#core/data/fittedChain.ts';
import { predictChain, predictChainFully } from '#core/data/predictChain.ts';
import { resolveChain } from '#core/data/resolveChain.ts';
import { fromRows } from '#core/numerics/matrix.ts';
import {
  centre,
  chain,
  classChain,
  line,
  lookup,
  spectra,
  viewsChain,
} from '#tests/unit/core/export/support/testChain.ts';

const [transform, target, model] = chain.steps as [FittedOperator, FittedOperator, FittedOperator];
const withSteps = (...steps: FittedStep[]): FittedChain => ({ ...chain, steps });

test('transforms, model and inverse target processing in one pass, the input unharmed', () => {
  const before = spectra.data.slice();
  expect(predictChain(chain, spectra, lookup)[0]).toBeCloseTo(51.625, 12); // worked out by hand in modelToOnnx.test.ts
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

test('several views are joined, nested ones too, and their operators are found', () => {
  const views = viewsChain();
  expect(operatorsOf(views.steps).map(({ id }) => id)).toEqual(['TestCentre', 'TestCentre', 'TestCentre', 'TestLine']);
  const together = predictChain(views, spectra, lookup);
  for (let i = 0; i < spectra.rows; i++)
    expect(predictChain(views, fromRows([[...spectra.data.slice(3 * i, 3 * i + 3)]]), lookup)[0]).toBe(together[i]);
});

test('a classifier answers class codes and probabilities; target processing is not undone', () => {
  const classes = classChain('TestSides');
  const withTarget = { ...classes, steps: [transform, target, ...classes.steps.slice(1)] };
  const { predicted, probabilities } = predictChainFully(withTarget, spectra, lookup);
  expect(predicted).toEqual(predictChain(classes, spectra, lookup));
  expect(new Set(predicted)).toEqual(new Set([0, 1]));
  for (let i = 0; i < spectra.rows; i++) {
    const row = probabilities?.data.subarray(2 * i, 2 * i + 2) ?? new Float64Array();
    expect((row[0] ?? NaN) + (row[1] ?? NaN)).toBeCloseTo(1, 15);
    expect(row.indexOf(Math.max(...row))).toBe(predicted[i]);
  }
});

describe('a chain that cannot be', () => {
  const classes = classChain('TestSides');
  test.each([
    [
      'a classifier without names of classes',
      { ...classes, target: chain.target },
      'TestSides predicts classes, and the',
    ],
    ['a regression with classes', { ...chain, target: classes.target }, 'TestLine predicts numbers, and the target'],
    ['views without a view', withSteps({ role: 'concat', lanes: [] }, model), 'a step of several views has no view'],
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
