import { describe, expect, test } from 'vitest';
import {
  filtersOf,
  operatorsOf,
  routeColumnsOf,
  type FittedChain,
  type FittedMember,
  type FittedOperator,
  type FittedPart,
  type FittedRoute,
  type FittedStep,
  type FittedTransform,
} from '#core/data/fittedChain.ts';
import type { AnyOperator } from '#core/data/operator.ts';
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

const joined = (...parts: FittedPart[]): FittedTransform => ({ role: 'join', parts });
const predictions = (members: readonly FittedStep[][], weights: readonly number[] | null = null): FittedTransform =>
  joined({
    kind: 'predictions',
    members: members.map((steps, k) => ({ name: `model ${k}`, branchPath: [], steps })),
    weights,
  });
const part = (from: number, to: number): FittedTransform => ({ role: 'source', name: 'NIR', from, to });
const route = (...values: readonly string[][]): FittedRoute => ({
  role: 'route',
  key: { kind: 'column', column: 'site' },
  lanes: (values.length === 0 ? [['x']] : values).map((own, k) => ({
    name: 'abc'.charAt(k),
    values: own,
    steps: [model],
  })),
});
const judged = (ids: readonly string[]): FittedRoute['key'] => ({
  kind: 'filters',
  name: 'far',
  mode: 'any',
  filters: ids.map((id) => ({ id, version: 1, params: {}, state: {} })),
  lane: [],
});
const nested = (depth: number): FittedStep[] => (depth === 0 ? [model] : [predictions([nested(depth - 1)]), model]);
/** Filters that keep what lies near 0, and what has a small target. */
const filterCalled = (id: string, needsTarget: boolean): AnyOperator => ({
  ...centre,
  kind: 'filter',
  id,
  needsTarget,
  fit: () => ({}),
  keep: ({ x }) => Uint8Array.from({ length: x.rows }, (_, i) => (Math.abs(x.data[i * x.cols] ?? 0) < 1 ? 1 : 0)),
});
const withFilters = (id: string): AnyOperator | undefined =>
  id === 'Near' || id === 'ByTarget' ? filterCalled(id, id === 'ByTarget') : lookup(id);

describe('joins and routes', () => {
  test('their operators and filters are found in the order in which they run', () => {
    const byNear = { ...route(['true']), key: { ...judged(['Near']), lane: [transform] } as FittedRoute['key'] };
    const steps = [joined({ kind: 'spectra', lane: [transform] }), predictions([[byNear], [transform, model]]), model];
    expect(operatorsOf(steps).map(({ id }) => id)).toEqual([
      'TestCentre',
      'TestCentre',
      'TestLine',
      'TestCentre',
      'TestLine',
      'TestLine',
    ]);
    expect(filtersOf(steps).map(({ id }) => id)).toEqual(['Near']);
    expect(routeColumnsOf([predictions([[route()]]), model])).toEqual(['site']);
  });

  test('members see the raw spectra, whatever stands before the join', () => {
    const sum = { ...model, state: { coef: Float64Array.of(1, 1), intercept: 0 } };
    const stack = withSteps(transform, predictions([[model], [transform, target, model]]), sum);
    const alone = [withSteps(model), withSteps(transform, target, model)].map((one) =>
      predictChain(one, spectra, lookup),
    );
    const together = predictChain(stack, spectra, lookup);
    expect(together).toEqual(Float64Array.from(together, (_, i) => (alone[0]?.[i] ?? NaN) + (alone[1]?.[i] ?? NaN)));
  });

  test('a member, and a transform on the same spectra, that occur twice are computed once', () => {
    let fits = 0;
    let centred = 0;
    const counting = (id: string): AnyOperator | undefined => {
      const found = lookup(id);
      if (found?.kind === 'model')
        return { ...found, predict: (...of: Parameters<typeof found.predict>) => (fits++, found.predict(...of)) };
      if (found?.kind === 'transform')
        return { ...found, apply: (...of: Parameters<typeof found.apply>) => (centred++, found.apply(...of)) };
      return found;
    };
    const twice: FittedMember = { name: 'line', branchPath: [], steps: [transform, model] };
    const other: FittedMember = { name: 'other', branchPath: [], steps: [transform, { ...model, state: model.state }] };
    const members = [twice, other, twice];
    const last = { ...model, state: { coef: Float64Array.of(1, 2, 3), intercept: 0 } };
    predictChain(withSteps(joined({ kind: 'predictions', members, weights: null }), last), spectra, counting);
    expect([fits, centred]).toEqual([3, 1]);
  });

  test('filters judge what their lane gives, "any" one of them or "all"', () => {
    const lanes = [
      { name: 'far', values: ['true'], steps: [model] },
      { name: 'near', values: ['false'], steps: [transform, model] },
    ];
    const far = predictChain(withSteps(model), spectra, lookup);
    const near = predictChain(withSteps(transform, model), spectra, lookup);
    const key = { ...judged(['Near']), lane: [transform] } as FittedRoute['key'];
    // Centred and halved, the first channel is 0.05, −0.4, 1 and −0.45.
    const found = predictChain(withSteps({ role: 'route', key, lanes }), spectra, withFilters);
    expect(found).toEqual(Float64Array.of(near[0] ?? NaN, near[1] ?? NaN, far[2] ?? NaN, near[3] ?? NaN));
  });
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
    ['a route among other steps', withSteps(transform, route()), 'a separation must be its only step'],
    [
      'a route in a view',
      withSteps({ role: 'concat', lanes: [[route() as never]] }, model),
      'a separation stands in a',
    ],
    ['a model in a view', withSteps({ role: 'concat', lanes: [[model]] }, model), 'TestLine stands in a view'],
    [
      'a model in a merge of spectra',
      withSteps(joined({ kind: 'spectra', lane: [model] }), model),
      'TestLine stands in',
    ],
    ['a merge of nothing', withSteps(joined(), model), 'a merge has nothing to merge'],
    ['a merge without models', withSteps(predictions([]), model), 'a merge of predictions has no model'],
    ['a member without model', withSteps(predictions([[transform]]), model), 'it has no model'],
    ['too few weights', withSteps(predictions([[model], [model]], [1]), model), 'a merge has 1 weights for 2 models'],
    ['weights of another sum', withSteps(predictions([[model]], [0.9]), model), 'add up to 0.9 instead of 1'],
    ['weights that are no numbers', withSteps(predictions([[model]], [NaN]), model), 'add up to NaN instead of 1'],
    [
      'a source beyond the spectra',
      withSteps(part(1, 4), model),
      'its source "NIR" is columns 1 to 3 of spectra with 3',
    ],
    ['a source of nothing', withSteps(part(2, 2), model), 'its source "NIR" is columns 2 to 1'],
    ['a source of half a column', withSteps(part(0.5, 2), model), 'its source "NIR" is columns'],
    ['a route without lanes', withSteps({ ...route(), lanes: [] }), 'a separation has no lane'],
    ['a lane for nothing', withSteps(route([])), 'the lane "a" of a separation is for no value'],
    ['lanes that share a value', withSteps(route(['x'], ['x'])), 'two lanes of a separation are for the value "x"'],
    [
      'a lane without model',
      withSteps({ ...route(), lanes: [{ name: 'a', values: ['x'], steps: [] }] }),
      'it has no model',
    ],
    ['no filter', withSteps({ ...route(['true']), key: judged([]) }), 'a separation by filters has no filter'],
    ['another verdict', withSteps({ ...route(['maybe']), key: judged(['Near']) }), 'filters answer "true" or "false"'],
    [
      'a filter of the target',
      withSteps({ ...route(['true']), key: judged(['ByTarget']) }),
      'by their reference value',
    ],
    ['a model as filter', withSteps({ ...route(['true']), key: judged(['TestLine']) }), 'in the place of a filter'],
    ['endless nesting', withSteps(...nested(200)), 'its steps are nested too deeply'],
  ])('%s', (_, broken, words) => {
    expect(() => resolveChain(broken, withFilters)).toThrow(words);
  });

  test('a target transform without inverse', () => {
    const oneWay = { ...centre, invert: undefined } as unknown as typeof centre;
    const find = (id: string) => (id === 'TestLine' ? line : oneWay);
    expect(() => resolveChain(chain, find)).toThrow('TestCentre has no inverse and cannot process the target.');
  });
});
