import { expect, test } from 'vitest';
import { keyLabel } from '#renderer/builder/keyLabel.ts';

test('names keys as the platform does', () => {
  expect(keyLabel('Ctrl+D', 'linux')).toBe('Ctrl+D');
  expect(keyLabel('Ctrl+D', 'darwin')).toBe('⌘D');
  expect(keyLabel('Alt+↑', 'darwin')).toBe('⌥↑');
});
