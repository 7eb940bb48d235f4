import { expect, test } from 'vitest';
import { openWorkspaceForTest } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

test('sets what is given and leaves the rest', async () => {
  const { preferences } = await openWorkspaceForTest();
  expect(preferences.all()).toEqual({});
  preferences.set({ theme: 'dark', railCollapsed: false });
  preferences.set({ railCollapsed: true, language: undefined, window: { width: 1280 } });
  expect(preferences.all()).toEqual({ theme: 'dark', railCollapsed: true, window: { width: 1280 } });
});
