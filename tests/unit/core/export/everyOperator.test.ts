import { afterAll, describe, expect, test } from 'vitest';
import { models, transforms } from '#core/catalog/operators.ts';
import type { Axis } from '#core/data/axis.ts';
import { refitted } from '#core/data/deployedModel.ts';
import type { FittedChain, FittedOperator } from '#core/data/fittedChain.ts';
import type { AnyModel, AnyTransform } from '#core/data/operator.ts';
import { resolveChain } from '#core/data/resolveChain.ts';
import { onnxForms } from '#core/export/onnxForms.ts';
import { takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { modelSubjects, transformSubjects } from '#tests/contracts/subjects.ts';
import { classifierSubjects } from '#tests/contracts/subjects/classifiers.ts';
import { treeModelSubjects } from '#tests/contracts/subjects/treeModels.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { checkExport, lookup } from '#tests/unit/core/export/support/exportCheck.ts';
import { line } from '#tests/unit/core/export/support/testChain.ts';

// Every operator of the catalog that has an ONNX form, with its defaults and with the parameters of its contract tests,
// in the real runtime. Nothing is listed here: an operator that is added is tested.

const CHANNELS = 40;
const TRAINING = 45;
const all = syntheticSpectra(60, CHANNELS, 21);
const x = takeRows(
  all,
  Int32Array.from({ length: TRAINING }, (_, i) => i),
);
const unseen = takeRows(
  all,
  Int32Array.from({ length: 60 - TRAINING }, (_, i) => TRAINING + i),
);
const y = syntheticTarget(x, 22);
const axis: Axis = { values: Float64Array.from({ length: CHANNELS }, (_, j) => 1000 + 4 * j), unit: 'nm' };
const metadata = {
  sample: Array.from({ length: TRAINING }, (_, i) => `s${i >> 1}`),
  instrument: Array.from({ length: TRAINING }, (_, i) => (i % 2 === 0 ? 'A' : 'B')),
};
type Params = Record<string, unknown>;

const worst = new Map<string, number>();
afterAll(() => {
  const largest = [...worst].sort(([, a], [, b]) => b - a).slice(0, 8);
  console.info(`ONNX against the engine, ${worst.size} models, largest relative differences:`);
  for (const [name, difference] of largest) console.info(`  ${difference.toExponential(1)}  ${name}`);
});
async function agrees(name: string, chain: FittedChain): Promise<void> {
  worst.set(name, await checkExport(name, refitted(chain), unseen));
}

const chainOf = (steps: readonly FittedOperator[], classes: readonly string[] | null = null): FittedChain => ({
  inputAxis: axis,
  signal: 'absorbance',
  target: { name: 'y', unit: null, classes },
  steps,
});
const fittedTransform = (
  operator: AnyTransform,
  params: Params,
  role: 'transform' | 'target',
  on: Matrix,
): FittedOperator => ({
  role,
  id: operator.id,
  version: operator.version,
  params,
  state: operator.fit(on, params, fitContext(on, role === 'transform' ? { axis, y, metadata } : { y, metadata })),
});
const fittedModel = (operator: AnyModel, params: Params, on: Matrix, target: Float64Array, classCount = 0) => ({
  role: 'model' as const,
  id: operator.id,
  version: operator.version,
  params,
  state: operator.fit(on, target, params, fitContext(on, { axis, y: target, classCount, metadata })),
});

/** A weighted sum of all columns, each brought to its own size first, so that none hides another. */
function lineOver(m: Matrix): FittedOperator {
  const coef = Float64Array.from({ length: m.cols }, (_, j) => {
    let size = 0;
    for (let i = 0; i < m.rows; i++) size = Math.max(size, Math.abs(m.data[i * m.cols + j] ?? NaN));
    return (1 + ((j * 7) % 5) / 4) / (size > 0 ? size : 1);
  });
  return { role: 'model', id: line.id, version: line.version, params: {}, state: { coef, intercept: 0.25 } };
}

describe('every transform', () => {
  const cases = transformSubjects.filter(([, { operator }]) => operator.onnx && operator.spectral !== false);
  test.each(cases)('%s', async (name, { operator, params }) => {
    const step = fittedTransform(operator, params, 'transform', x);
    const m = operator.apply(x, step.state, params);
    await agrees(name, chainOf([step, lineOver(m)]));
  });
});

describe('every transform of the target', () => {
  const cases = transformSubjects.filter(([, { operator }]) => operator.target && operator.onnxInvert);
  test.each(cases)('%s', async (name, { operator, params }) => {
    const step = fittedTransform(operator, params, 'target', { rows: y.length, cols: 1, data: y });
    const processed = operator.apply({ rows: y.length, cols: 1, data: y }, step.state, params);
    const pls = modelCalled('PLS', { n_components: 3 });
    await agrees(`y: ${name}`, chainOf([step, fittedModel(pls.operator, pls.params as Params, x, processed.data)]));
  });
});

describe('every regressor', () => {
  test.each(modelSubjects.filter(([, { operator }]) => operator.onnx))('%s', async (name, { operator, params }) => {
    await agrees(name, chainOf([fittedModel(operator, params, x, y)]));
  });
});

describe('every classifier', () => {
  const table = { ...treeModelSubjects, ...classifierSubjects };
  const cases = models
    .filter(({ task, onnx }) => task === 'classification' && onnx)
    .flatMap((operator) => {
      const entry = table[operator.id];
      const given = [...(entry?.withoutDefaults === undefined ? [{}] : []), ...(entry?.given ?? [])];
      return given.flatMap((params) =>
        [2, 3].map((classCount) => [`${operator.id} ${JSON.stringify(params)}`, classCount, operator, params] as const),
      );
    });
  // Fewer channels than samples of a class, which some classifiers ask for.
  const narrow = syntheticSpectra(60, 12, 23);
  const training = takeRows(
    narrow,
    Int32Array.from({ length: TRAINING }, (_, i) => i),
  );
  const rest = takeRows(
    narrow,
    Int32Array.from({ length: 60 - TRAINING }, (_, i) => TRAINING + i),
  );
  const target = syntheticTarget(training, 24);
  const sorted = target.slice().sort();
  test.each(cases)('%s, %i classes', async (name, classCount, operator, given) => {
    const limits = Array.from(
      { length: classCount - 1 },
      (_, k) => sorted[Math.floor(((k + 1) * TRAINING) / classCount)] ?? 0,
    );
    const codes = target.map((value) => limits.filter((limit) => value >= limit).length);
    const params = operator.params.parse(given) as Params; // every schema is one of an object
    const step = fittedModel(operator, params, training, codes, classCount);
    const chain = chainOf([step], ['a', 'b', 'c'].slice(0, classCount));
    const full = `${name}, ${classCount} classes`;
    const inputAxis = { values: axis.values.slice(0, 12), unit: axis.unit };
    worst.set(full, await checkExport(full, refitted({ ...chain, inputAxis }), rest));
  });
});

test('every operator without an ONNX form says why, and names what to use instead', () => {
  const operators: readonly (AnyTransform | AnyModel)[] = [...transforms, ...models];
  const silent = operators.filter(({ onnx, noOnnx }) => (onnx === undefined) === (noOnnx === undefined));
  expect(silent.map(({ id }) => id)).toEqual([]);
  const short = operators.filter(({ noOnnx }) => noOnnx !== undefined && !/^[A-Z].{30,}\.$/s.test(noOnnx));
  expect(short.map(({ id, noOnnx }) => `${id}: ${noOnnx ?? ''}`)).toEqual([]);
});

test('the operators without a form are told from the others before anything is written', () => {
  const without = transformSubjects.filter(([, { operator }]) => operator.noOnnx !== undefined).slice(0, 1);
  for (const [, { operator, params }] of without) {
    const step = fittedTransform(operator, params, 'transform', x);
    const model = refitted(chainOf([step, lineOver(operator.apply(x, step.state, params))]));
    expect(onnxForms(model, lookup).missing).toEqual([
      { operator: operator.id, role: 'transform', reason: operator.noOnnx },
    ]);
    const { steps } = resolveChain(model.chains[0] ?? chainOf([]), lookup);
    expect(steps.kind === 'path' ? steps.transforms.length : 0).toBe(1);
  }
});
