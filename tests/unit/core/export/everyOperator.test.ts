import { afterAll, describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { catalog, models, transforms } from '#core/catalog/operators.ts';
import type { Axis } from '#core/data/axis.ts';
import { predictChain, type FittedChain, type FittedStep, type OperatorLookup } from '#core/data/fittedChain.ts';
import type { AnyModel, AnyTransform } from '#core/data/operator.ts';
import { applicabilityDomain } from '#core/export/applicabilityDomain.ts';
import { chainToOnnx } from '#core/export/chainToOnnx.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { onnxRuntimeNode as runtime } from '#core/export/onnxRuntimeNode.ts';
import { verifyBundle, verifyOnnx } from '#core/export/verifyExport.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { tecator } from '#tests/unit/core/export/support/tecator.ts';
import { lineage, sha256 } from '#tests/unit/core/export/support/testChain.ts';

const { x, y, axis } = tecator();
const trainRows = Int32Array.from({ length: 172 }, (_, i) => i);
const testRows = Int32Array.from({ length: x.rows - 172 }, (_, i) => 172 + i);
const test43 = takeRows(x, testRows);
const lookup: OperatorLookup = (id) => catalog.byId(id);

type Choice = readonly [id: string, params?: Record<string, unknown>];

/** Fits a chain on the first 172 samples, as a refit would. */
function fitChain(
  preprocessing: readonly Choice[],
  target: readonly Choice[],
  [modelId, modelParams]: Choice,
): FittedChain {
  const context = (at: Axis) => ({ axis: at, seed: 0, cancel: neverCancelled, notice: () => undefined });
  const steps: FittedStep[] = [];
  const fitTransforms = (
    choices: readonly Choice[],
    role: 'transform' | 'target',
    from: Matrix,
    start: Axis,
  ): Matrix => {
    let [value, here] = [from, start];
    for (const [id, given] of choices) {
      const definition = lookup(id) as AnyTransform; // the lists below name transforms only
      const params = definition.params.parse(given ?? {});
      const state = definition.fit(value, params, context(here));
      steps.push({ role, id, version: definition.version, params, state });
      value = definition.apply(value, state, params);
      here = definition.outputAxis?.(here, state, params) ?? here;
    }
    return value;
  };
  const trainX = fitTransforms(preprocessing, 'transform', takeRows(x, trainRows), axis);
  const trainY = takeValues(y, trainRows);
  const one: Axis = { values: Float64Array.of(0), unit: 'index' };
  const scaledY = fitTransforms(target, 'target', { rows: trainY.length, cols: 1, data: trainY }, one);
  const model = lookup(modelId) as AnyModel;
  const params = model.params.parse(modelParams ?? {});
  steps.push({
    role: 'model',
    id: modelId,
    version: model.version,
    params,
    state: model.fit(trainX, scaledY.data, params, context(axis)),
  });
  return { inputAxis: axis, signal: 'absorbance', target: { name: 'fat', unit: '%' }, steps };
}

const largest = new Map<string, number>();
afterAll(() => {
  const worst = [...largest].sort(([, a], [, b]) => b - a).slice(0, 5);
  console.info(`ONNX against the engine, ${largest.size} chains on Tecator, largest relative differences:`);
  for (const [name, difference] of worst) console.info(`  ${difference.toExponential(1)}  ${name}`);
});

async function expectAgreement(name: string, chain: FittedChain): Promise<void> {
  const engine = predictChain(chain, test43, lookup);
  const reference = { x: test43, engine, sampleIds: Array.from(testRows, (row) => `row ${row + 1}`) };
  const onnx = chainToOnnx(chain, lookup, { appVersion: '0.1.0', lineage });
  const verified = await verifyOnnx(runtime, onnx, reference, name);
  expect(verified.maxRelativeDifference).toBeLessThanOrEqual(1e-9);
  expect(verified.n).toBe(43);

  const bundle = writeBundle(
    {
      appVersion: '0.1.0',
      created: '2026-01-02T03:04:05.000Z',
      lineage,
      chain,
      scores: [],
      onnx,
      domain: applicabilityDomain(takeRows(x, trainRows), takeValues(y, trainRows)),
      examples: chooseExamples(chain, test43, reference.sampleIds, lookup),
    },
    sha256,
  );
  const packed = await verifyBundle(runtime, bundle, reference, { file: name, sha256, lookup });
  largest.set(name, Math.max(packed.maxRelativeDifference, verified.maxRelativeDifference));
}

/** Parameters that differ from the defaults, where these would be an easy case. */
const settings: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  SavitzkyGolay: [
    {},
    { window_length: 15, polyorder: 2, deriv: 1 },
    { window_length: 21, polyorder: 3, deriv: 2, delta: 2 },
  ],
  Detrend: [{}, { polyorder: 2 }],
  StandardScaler: [{}, { with_mean: false }, { with_std: false }, { ddof: 1 }],
  MinMaxScaler: [{}, { feature_range: [-1, 2] }],
  VectorNormalization: [{ norm: 'l2' }, { norm: 'l1' }, { norm: 'max' }],
  Crop: [{}, { from: 900, to: 1000 }, { start: 5, end: 90 }],
  SNV: [{}, { ddof: 1 }],
};
const modelChoices: readonly Choice[] = [
  ['PLS', { n_components: 10 }],
  ['PLS', { n_components: 10, scale: false }],
  ['PCR', { n_components: 10 }],
  ['Ridge', { alpha: 0.01 }],
];
const title = (choices: readonly Choice[]): string =>
  choices
    .map(([id, params]) => (params && Object.keys(params).length > 0 ? `${id} ${JSON.stringify(params)}` : id))
    .join(' → ');

test('every model of the catalog is in the lists below', () => {
  expect(new Set(modelChoices.map(([id]) => id))).toEqual(new Set(models.map(({ id }) => id)));
});

describe('every transform alone', () => {
  const cases = transforms.flatMap(({ id }) => (settings[id] ?? [{}]).map((params): Choice => [id, params]));
  test.each(cases.map((choice) => [title([choice]), choice] as const))('%s → PLS', async (name, choice) => {
    await expectAgreement(`${name} → PLS`, fitChain([choice], [], ['PLS', { n_components: 8 }]));
  });
});

describe('every transform of the target', () => {
  const cases = transforms.filter(({ target }) => target).map(({ id }) => id);
  test.each(cases)('PLS with y_processing %s', async (id) => {
    await expectAgreement(`PLS | y: ${id}`, fitChain([], [[id]], ['PLS', { n_components: 8 }]));
  });

  test('two of them, undone in reverse order', async () => {
    const target: Choice[] = [['StandardScaler'], ['MinMaxScaler', { feature_range: [-1, 3] }]];
    await expectAgreement('PLS | y: StandardScaler → MinMaxScaler', fitChain([], target, ['PLS', { n_components: 8 }]));
  });
});

describe('whole chains with every model', () => {
  const chains: Choice[][] = [
    [],
    [['SNV'], ['SavitzkyGolay', { window_length: 11, polyorder: 2, deriv: 1 }]],
    [['MSC'], ['Detrend', { polyorder: 2 }], ['StandardScaler']],
    [
      ['Crop', { from: 860, to: 1040 }],
      ['SavitzkyGolay', { window_length: 9, polyorder: 2, deriv: 2 }],
      ['SNV'],
      ['MinMaxScaler'],
    ],
    [['VectorNormalization', { norm: 'l2' }], ['MeanCenter']],
  ];
  const targets: Choice[][] = [[], [['StandardScaler']]];
  const cases = chains.flatMap((chain) =>
    targets.flatMap((target) => modelChoices.map((model) => [chain, target, model] as const)),
  );
  test.each(
    cases.map((c) => [`${title([...c[0], c[2]])}${c[1].length > 0 ? ` | y: ${title(c[1])}` : ''}`, ...c] as const),
  )('%s', async (name, chain, target, model) => {
    await expectAgreement(name, fitChain(chain, target, model));
  });
});
