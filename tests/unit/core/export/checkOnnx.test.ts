import { describe, expect, test } from 'vitest';
import { EngineError } from '#core/base/errors.ts';
import { checkOnnx } from '#core/export/checkOnnx.ts';
import { inspectOnnx } from '#core/export/inspectOnnx.ts';
import { MOST_NODES } from '#core/export/onnxLimits.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import type { ProtobufWriter } from '#core/export/protobufWriter.ts';
import { parts } from '#tests/unit/core/export/support/testBundle.ts';
import { onnx } from '#tests/unit/core/export/support/handMadeOnnx.ts';

type Change = Parameters<typeof onnx>[0];
const refused = (change: Change): string => {
  try {
    checkOnnx(onnx(change));
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'not refused';
};
const nested =
  (depth: number) =>
  (proto: ProtobufWriter): void => {
    proto.message(5, (attribute) => {
      attribute.text(1, 'body');
      attribute.message(6, (graph) => {
        graph.message(1, (node) => {
          node.text(2, `out${depth}`);
          node.text(4, 'If');
          if (depth > 0) nested(depth - 1)(node);
        });
      });
    });
  };

test('a plain graph is let through, and runs', async () => {
  checkOnnx(onnx({}));
  const session = await onnxRuntimeNode.load(onnx({}), 'x.onnx');
  await session.close();
});

describe('what the runtime never sees', () => {
  test.each<[string, Change, string]>([
    ['numbers in another file', { tensor: { external: 'weights.bin' } }, 'in other files'],
    ['numbers in a file far away', { tensor: { external: '../../../../etc/passwd' } }, 'in other files'],
    ['a place without a flag', { tensor: { external: '/dev/zero', flag: false } }, 'in other files'],
    ['a part of an array', { tensor: { segment: true } }, 'a part of an array'],
    ['an operator of another domain', { node: { domain: 'com.evil', op: 'Run' } }, 'operator Run of "com.evil"'],
    ['one that this runtime would have', { node: { domain: 'com.microsoft', op: 'Gelu' } }, 'not part of the ONNX standard'],
    ['operators of a newer version', { opset: 99 }, 'version 99'],
    ['operators of no version', { opset: 0 }, 'version 0'],
    ['a newer format', { ir: 99 }, 'format version 99'],
    ['a loop', { node: { op: 'Loop' } }, 'may never end'],
    ['a value before it is there', { node: { inputs: ['X', 'later'] } }, 'needs "later" before'],
    ['a circle', { node: { inputs: ['Y'], outputs: ['Y'] } }, 'circle'],
    ['a value twice', { node: { outputs: ['Y', 'Y'] } }, 'twice'],
    ['a name that a constant has', { node: { outputs: ['W'] } }, 'twice'],
    ['graphs in graphs', { node: { op: 'If', more: nested(20) } }, 'nested too deeply'],
    ['too few numbers', { tensor: { raw: new Uint8Array(4) } }, 'more or fewer numbers'],
    ['too many numbers', { tensor: { raw: new Uint8Array(400) } }, 'more or fewer numbers'],
    ['numbers in two places', { tensor: { floats: [1, 2, 3] } }, 'more or fewer numbers'],
    ['a shape that is negative', { tensor: { shape: [-1, 3] } }, 'impossible size (-1 × 3)'],
    ['a shape beyond the memory', { tensor: { shape: [2 ** 31, 2 ** 31] } }, 'impossible size'],
    ['a shape whose product is small again', { tensor: { shape: [2 ** 40, 0] } }, 'more or fewer'],
    ['numbers of no type', { tensor: { type: 99 } }, 'unknown type (99)'],
    ['an input beyond the memory', { input: [1, 2 ** 52] }, 'impossible size'],
    ['an input of negative size', { input: [1, -5] }, 'impossible size'],
    ['an array made of nothing', { node: { op: 'ConstantOfShape', inputs: ['huge'] } }, 'ConstantOfShape makes an array'],
    ['one that grows', { node: { op: 'Expand', inputs: ['X', 'huge'] } }, 'Expand makes an array'],
    ['two graphs', { again: true }, 'two graphs'],
    ['a function that calls itself', { functions: [['f', ['f']]], node: { domain: 'own', op: 'f', inputs: ['X'] } }, 'calls itself'],
    ['two functions that call each other', { functions: [['f', ['g']], ['g', ['f']]], node: { domain: 'own', op: 'f', inputs: ['X'] } }, 'calls itself'],
    ['functions that double, 40 times', { functions: Array.from({ length: 41 }, (_, k): [string, string[]] => [`f${k}`, k === 0 ? ['Neg'] : [`f${k - 1}`, `f${k - 1}`]]), node: { domain: 'own', op: 'f40', inputs: ['X'] } }, `more than ${MOST_NODES.toLocaleString('en-GB')} operations`],
    ['a call with more values than the function has', { functions: [['f', ['Neg']]], node: { domain: 'own', op: 'f' } }, 'more values than that has'],
    ['a function of the file that needs foreign operators', { functions: [['f', ['Alien']]], node: { domain: 'own', op: 'f', inputs: ['X'] } }, 'operator Alien'],
  ])('%s', (_, change, words) => {
    expect(refused(change)).toContain(words);
    const sentence = (): unknown => inspectOnnx(onnx(change), 'x.onnx');
    expect(sentence).toThrow(EngineError);
    expect(sentence).toThrow(words);
  }); // prettier-ignore

  test.each<[string, Change]>([
    ['a function of standard operators', { functions: [['f', ['Neg', 'Abs']]], node: { domain: 'own', op: 'f', inputs: ['X'] } }],
    ['numbers as a list', { tensor: { raw: null, floats: [1, 2, 3] } }],
    ['numbers packed into one field', { tensor: { raw: null, packed: new Uint8Array(12) } }],
    ['an empty array', { tensor: { shape: [0, 3], raw: new Uint8Array(0) } }],
    ['names of free dimensions', { input: ['batch', 3] }],
  ])('and what it may see: %s', (_, change) => {
    expect(refused(change)).toBe('not refused');
  }); // prettier-ignore
});

test('of a file that Refract exported, every single byte that changes is noticed', () => {
  const file = parts.onnx ?? new Uint8Array(0);
  expect(file.length).toBeGreaterThan(500);
  expect(inspectOnnx(file, 'x.onnx').producer).toBe('Refract');
  const unnoticed: string[] = [];
  for (let at = 0; at < file.length; at++) {
    for (const flip of [1 << (at % 8), 0x80 >> (at % 8), 0xff]) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ flip;
      try {
        inspectOnnx(changed, 'x.onnx');
        unnoticed.push(`${at} ^ ${flip}`);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
      }
    }
  }
  expect(unnoticed).toEqual([]);
  for (let length = 0; length < file.length; length++)
    expect(() => inspectOnnx(file.subarray(0, length), 'x.onnx')).toThrow(EngineError);
});
