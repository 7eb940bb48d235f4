import { expect, test } from 'vitest';
import { openWorkspaceForTest } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const at = (minute: number) => `2026-11-22T03:${minute}:00.000Z`;

test('every save that changes something is a version', async () => {
  const { pipelines } = await openWorkspaceForTest();
  expect(pipelines.add('pl_aaaaaa', 'First', 'a: 1', at(10))).toEqual({
    ...{ id: 'pl_aaaaaa', name: 'First', text: 'a: 1', updatedAt: at(10), version: 1 },
  });
  expect(pipelines.save('pl_aaaaaa', 'First', 'a: 2', at(11)).version).toBe(2);
  expect(pipelines.save('pl_aaaaaa', 'First', 'a: 2', at(12))).toMatchObject({ version: 2, updatedAt: at(11) });
  expect(pipelines.save('pl_aaaaaa', 'Renamed', 'a: 2', at(13)).version).toBe(3);
  expect(pipelines.versions('pl_aaaaaa')).toEqual([
    { version: 3, name: 'Renamed', text: 'a: 2', savedAt: at(13) },
    { version: 2, name: 'First', text: 'a: 2', savedAt: at(11) },
    { version: 1, name: 'First', text: 'a: 1', savedAt: at(10) },
  ]);
});

test('the last saved document stands first; a removed one is gone with its versions', async () => {
  const { pipelines } = await openWorkspaceForTest();
  pipelines.add('pl_aaaaaa', 'A', '', at(10));
  pipelines.add('pl_bbbbbb', 'B', '', at(11));
  pipelines.save('pl_aaaaaa', 'A', 'x', at(12));
  expect(pipelines.list().map((document) => document.name)).toEqual(['A', 'B']);
  pipelines.remove('pl_aaaaaa');
  expect(pipelines.list().map((document) => document.name)).toEqual(['B']);
  expect(pipelines.versions('pl_aaaaaa')).toEqual([]);
  for (const missing of [() => pipelines.get('pl_aaaaaa'), () => pipelines.remove('pl_aaaaaa')])
    expect(missing).toThrow(expect.objectContaining({ code: 'workspace.not-found' }));
});
