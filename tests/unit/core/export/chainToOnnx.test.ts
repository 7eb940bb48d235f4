import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { predictChain } from '#core/data/fittedChain.ts';
import { chainToOnnx } from '#core/export/chainToOnnx.ts';
import { inspectOnnx } from '#core/export/inspectOnnx.ts';
import { readOnnxOrigin } from '#core/export/readOnnxOrigin.ts';
import { centre, chain, line, lineage, lookup, spectra } from '#tests/unit/core/export/support/testChain.ts';

const info = { appVersion: '0.1.0', lineage };
const bytes = chainToOnnx(chain, lookup, info);

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
      target: { name: 'fat', unit: '%' },
      steps: [{ id: 'TestCentre' }, { id: 'TestCentre' }, { id: 'TestLine' }],
      lineage,
    });
  });

  test('has the same bytes every time', () => {
    expect(chainToOnnx(chain, lookup, info)).toEqual(bytes);
  });

  test('stores equal constants once', () => {
    const step = chain.steps[0];
    if (step === undefined) throw new Error('The chain of this test has three steps.');
    const twice = chainToOnnx({ ...chain, steps: [step, ...chain.steps] }, lookup, info);
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

test('names an operator without an ONNX form before it writes anything', () => {
  const withoutInverse = { ...centre, onnxInvert: undefined } as unknown as typeof centre;
  expect(() => chainToOnnx(chain, (id) => (id === 'TestLine' ? line : withoutInverse), info)).toThrow(
    expect.objectContaining({
      code: 'export.no-onnx-form',
      details: { operator: 'TestCentre', role: 'target' },
    }) as Error,
  );
});
