import { expect, test } from 'vitest';
import { EngineError } from '#core/base/errors.ts';
import { fileGrants, useOf } from '#electron/policy/fileGrants.ts';

function grantsForTest() {
  let next = 0;
  return fileGrants(() => (next++).toString(16).padStart(16, '0'));
}

test('a grant stands for its path, and only for calls that name it', () => {
  const grants = grantsForTest();
  const [a, b] = [grants.grant('/data/a.csv', 'read'), grants.grant('/data/b.csv', 'read')];
  expect(a).toMatch(/^grant_[0-9a-f]{16}$/);
  expect(grants.pathsOf({ file: a }, 'read')).toEqual({ [a]: '/data/a.csv' });
  expect(grants.pathsOf({ files: [a, b], model: { from: 'file', file: b } }, 'read')).toEqual({
    [a]: '/data/a.csv',
    [b]: '/data/b.csv',
  });
  expect(grants.pathsOf({ id: 'ds_1' }, 'read')).toEqual({});
  expect(grants.pathsOf(null, 'read')).toEqual({});
  expect(grants.pathsOf('text', 'read')).toEqual({});
});

test('a grant that was never given is refused', () => {
  const grants = grantsForTest();
  for (const input of [{ file: 'grant_ffffffffffffffff' }, [{ deep: ['grant_ffffffffffffffff'] }]])
    expect(() => grants.pathsOf(input, 'read')).toThrow(EngineError);
});

test('a path is no grant, and bulk data are not searched', () => {
  const grants = grantsForTest();
  expect(grants.pathsOf({ file: '/data/a.csv' }, 'read')).toEqual({});
  expect(grants.pathsOf({ data: new Uint8Array(1e6) }, 'read')).toEqual({});
});

test('a request that holds itself, or is very deep, ends', () => {
  const grants = grantsForTest();
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  expect(grants.pathsOf(loop, 'read')).toEqual({});
  let deep: unknown = 'grant_ffffffffffffffff';
  for (let k = 0; k < 10_000; k++) deep = [deep];
  expect(grants.pathsOf(deep, 'read')).toEqual({});
});

test('what was chosen to be read is never written; what was chosen to be written may be read back', () => {
  const grants = grantsForTest();
  const data = grants.grant('/data/a.csv', 'read');
  const model = grants.grant('/out/model.onnx', 'write');
  expect(useOf('files.save')).toBe('write');
  expect(useOf('models.export')).toBe('write');
  expect(useOf('datasets.import')).toBe('read');
  expect(() => grants.pathsOf({ file: data }, 'write')).toThrow('chosen to be read');
  expect(grants.pathsOf({ file: model }, 'write')).toEqual({ [model]: '/out/model.onnx' });
  expect(grants.pathsOf({ file: model }, 'read')).toEqual({ [model]: '/out/model.onnx' });
});
