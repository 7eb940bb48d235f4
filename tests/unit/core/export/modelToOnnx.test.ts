import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { predictDeployed, refitted, type DeployedModel } from '#core/data/deployedModel.ts';
import type { FittedChain, FittedOperator } from '#core/data/fittedChain.ts';
import { predictChain, predictChainFully } from '#core/data/predictChain.ts';
import { inspectOnnx } from '#core/export/inspectOnnx.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { readOnnxOrigin } from '#core/export/readOnnxOrigin.ts';
import { checkExport } from '#tests/unit/core/export/support/exportCheck.ts';
import {
  centre,
  chain,
  classChain,
  line,
  lineage,
  lookup,
  model,
  spectra,
  viewsChain,
} from '#tests/unit/core/export/support/testChain.ts';

const info = { appVersion: '0.1.0', lineage };
const bytes = modelToOnnx(model, lookup, info);

describe('the file', () => {
  test('runs in plain ONNX Runtime with raw spectra in and predictions in the unit of the target out', async () => {
    const session = await InferenceSession.create(bytes);
    expect(session.inputNames).toEqual(['spectra']);
    expect(session.outputNames).toEqual(['prediction']);
    const { prediction } = await session.run({ spectra: new Tensor('float64', spectra.data, [4, 3]) });
    expect(prediction?.dims).toEqual([4, 1]);
    const engine = predictChain(chain, spectra, lookup);
    engine.forEach((value, i) => expect(Number(prediction?.data[i])).toBeCloseTo(value, 10));
    // By hand for the first spectrum: centred and halved (0.05, 0.15, 0.35), line 0.1625, back in the unit: 51.625.
    expect(engine[0]).toBeCloseTo(51.625, 12);
  });

  test('declares its interface, producer and metadata, as an independent reader sees them', () => {
    const summary = inspectOnnx(bytes, 'model.onnx');
    expect(summary).toMatchObject({ irVersion: 8, producer: 'Refract', producerVersion: '0.1.0' });
    expect(summary.inputs).toEqual([{ name: 'spectra', elementType: 11, shape: ['n', 3] }]);
    expect(summary.outputs).toEqual([{ name: 'prediction', elementType: 11, shape: ['n', 1] }]);
    expect(readOnnxOrigin(summary.metadata, 'model.onnx')).toMatchObject({
      appVersion: '0.1.0',
      axis: { values: Float64Array.of(1000, 1002, 1004.1), unit: 'nm' },
      target: { name: 'fat', unit: '%', classes: null },
      members: 1,
      steps: [{ id: 'TestCentre' }, { id: 'TestCentre' }, { id: 'TestLine' }],
      lineage,
    });
  });

  test('has the same bytes every time', () => {
    expect(modelToOnnx(model, lookup, info)).toEqual(bytes);
  });

  test('stores equal constants once', () => {
    const step = chain.steps[0];
    if (step === undefined) throw new Error('The chain of this test has three steps.');
    const twice = modelToOnnx(refitted({ ...chain, steps: [step, ...chain.steps] }), lookup, info);
    const count = (file: Uint8Array) => Buffer.from(file).toString('latin1').split('constant_').length;
    // The repeated step reads the same two constants: only references are added, no tensor.
    expect(
      new Set(
        Buffer.from(twice)
          .toString('latin1')
          .match(/constant_\d+/g),
      ),
    ).toEqual(
      new Set(
        Buffer.from(bytes)
          .toString('latin1')
          .match(/constant_\d+/g),
      ),
    );
    expect(count(twice)).toBe(count(bytes) + 2);
  });
});

test('names every operator without an ONNX form with its reason', () => {
  const reason = 'Its centring is iterative. Use a line instead.';
  const iterative = { ...centre, onnx: undefined, onnxInvert: undefined, noOnnx: reason } as unknown as typeof centre;
  const find = (id: string) => (id === 'TestLine' ? line : iterative);
  expect(() => modelToOnnx(model, find, info)).toThrow(
    'TestCentre (the transform) cannot be written as ONNX. Its centring is iterative. Use a line instead.',
  );
});

test('names an operator without an ONNX form before it writes anything', () => {
  const withoutInverse = { ...centre, onnxInvert: undefined } as unknown as typeof centre;
  expect(() => modelToOnnx(model, (id) => (id === 'TestLine' ? line : withoutInverse), info)).toThrow(
    expect.objectContaining({
      code: 'export.no-onnx-form',
      details: { operator: 'TestCentre', role: 'target', reason: '', others: [] },
    }) as Error,
  );
});

test('a stack in which members share their preprocessing writes it once', () => {
  const [step, , last] = chain.steps as [FittedOperator, FittedOperator, FittedOperator];
  const nodesOf = (of: FittedChain): number =>
    new Set(
      Buffer.from(modelToOnnx(refitted(of), lookup, info))
        .toString('latin1')
        .match(/model \d\/\d_TestCentre\/Sub_\d+/g),
    ).size;
  const stack = (...transforms: FittedOperator[]): FittedChain => ({
    ...chain,
    steps: [
      {
        role: 'join',
        parts: [
          {
            kind: 'predictions',
            weights: null,
            members: transforms.map((one, k) => ({
              name: `model ${k}`,
              branchPath: [],
              steps: [one, { ...last, state: { coef: Float64Array.of(k, 1, 2), intercept: 0 } }],
            })),
          },
        ],
      },
      { ...last, state: { coef: new Float64Array(transforms.length).fill(0.5), intercept: 0 } },
    ],
  });
  // Equal in what they learned, though not one object.
  const equal = (): FittedOperator => ({ ...step, state: { means: Float64Array.of(1, 2, 3) } });
  expect(nodesOf(stack(equal(), equal(), equal()))).toBe(1);
  expect(nodesOf(stack(equal(), { ...step, state: { means: Float64Array.of(3, 2, 1) } }))).toBe(2);
});

describe('several views', () => {
  test('stand side by side, nested ones too', async () => {
    const model = refitted(viewsChain());
    expect(await checkExport('views', model, spectra)).toBeLessThan(1e-14);
    // By hand for the first spectrum: itself, centred and halved, and both of these again.
    const [first] = predictChain(viewsChain(), spectra, lookup);
    const raw = [1.1, 2.3, 3.7];
    const centred = [0.05, 0.15, 0.35];
    const columns = [...raw, ...centred, ...[...raw, ...centred].map((value) => value / 2)];
    expect(first).toBeCloseTo(
      columns.reduce((sum, value, j) => sum + value * 0.1 * (j + 1), 0.5),
      12,
    );
  });
});

describe('a classifier', () => {
  test('with probabilities: label and probabilities, classes by name in the metadata', async () => {
    const bytes = modelToOnnx(refitted(classChain('TestSides')), lookup, info);
    const session = await InferenceSession.create(bytes);
    expect(session.outputNames).toEqual(['label', 'probabilities']);
    const { label, probabilities } = await session.run({ spectra: new Tensor('float64', spectra.data, [4, 3]) });
    expect(label?.dims).toEqual([4]);
    expect(probabilities?.dims).toEqual([4, 2]);
    const engine = predictChainFully(classChain('TestSides'), spectra, lookup);
    expect(Array.from(label?.data as BigInt64Array, Number)).toEqual([...engine.predicted]);
    engine.probabilities?.data.forEach((value, k) => expect(Number(probabilities?.data[k])).toBeCloseTo(value, 12));
    expect(readOnnxOrigin(inspectOnnx(bytes, 'm').metadata, 'm')?.target.classes).toEqual(['Berlin', 'Graz']);
  });

  test('without probabilities: label and scores, −1 where every score is −∞', async () => {
    const chain = classChain('TestScores', [1, -0.5, 0.25], 0.5);
    const engine = predictChain(chain, spectra, lookup);
    expect([...new Set(engine)].sort()).toEqual([-1, 0, 1]);
    expect(await checkExport('scores', refitted(chain), spectra)).toBe(0);
    const session = await InferenceSession.create(modelToOnnx(refitted(chain), lookup, info));
    expect(session.outputNames).toEqual(['label', 'scores']);
  });
});

describe('a fold ensemble is one graph', () => {
  const ensemble = (...chains: FittedChain[]): DeployedModel => ({ content: 'fold-ensemble', chains });

  test('regression: the mean of its folds', async () => {
    const folds = [0.1, 0.2, 0.6].map((intercept): FittedChain => {
      const [transform, target, line] = chain.steps as [FittedOperator, FittedOperator, FittedOperator];
      return { ...chain, steps: [transform, target, { ...line, state: { ...line.state, intercept } }] };
    });
    const model = ensemble(...folds);
    // 10 · mean(0.1, 0.2, 0.6) is 2 more than with 0.1 alone.
    expect(predictDeployed(model, spectra, lookup).predicted[0]).toBeCloseTo(51.625 + 2, 12);
    expect(await checkExport('ensemble', model, spectra)).toBeLessThan(1e-14);
    expect(inspectOnnx(modelToOnnx(model, lookup, info), 'm').metadata.get('refract.folds')).toBe('3');
  });

  test('classes: the largest mean probability', async () => {
    const model = ensemble(
      classChain('TestSides', [1, 0, 0]),
      classChain('TestSides', [0, 9, 0]),
      classChain('TestSides'),
    );
    expect(await checkExport('classes', model, spectra)).toBeLessThan(1e-14);
  });

  test('classes without probabilities: the majority, "none" counting behind the classes', async () => {
    const model = ensemble(
      classChain('TestScores', [1, 0, 0], 0.2),
      classChain('TestScores', [0, 1, 0], 0.3),
      classChain('TestScores', [0, 0, 1], 0.4),
    );
    const each = model.chains.map((one) => [...predictChain(one, spectra, lookup)]);
    expect(new Set(each.flat())).toEqual(new Set([-1, 0, 1]));
    expect(await checkExport('votes', model, spectra)).toBe(0);
    const session = await InferenceSession.create(modelToOnnx(model, lookup, info));
    expect(session.outputNames).toEqual(['label']);
  });
});
