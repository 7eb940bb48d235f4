import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '#renderer/app/commands.ts';
import { matchScore } from '#renderer/app/matchScore.ts';
import { shortcutLabel, shortcutOf } from '#renderer/app/shortcutOf.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('ids and shortcuts are unique', () => {
  const ids = commands.map(({ id }) => id);
  const keys = commands.flatMap(({ shortcut }) => (shortcut ? [shortcut] : []));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(keys).size).toBe(keys.length);
});

test('every entry of the menu is a command of the table', () => {
  const menu = readFileSync(new URL('../../../../electron/main/menu.ts', import.meta.url), 'utf8');
  const named = [...menu.matchAll(/item\('[^']*', '([^']+)'/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(10);
  const ids = commands.map(({ id }) => id);
  for (const id of named) expect(ids).toContain(id);
});

test('keys are written as the table writes them', () => {
  expect(shortcutOf(press('k', { ctrlKey: true }), 'linux')).toBe('Mod+K');
  expect(shortcutOf(press('Z', { metaKey: true, shiftKey: true }), 'darwin')).toBe('Mod+Shift+Z');
  expect(shortcutOf(press('?', { shiftKey: true }), 'linux')).toBe('?');
  expect(shortcutOf(press('ArrowLeft', { altKey: true }), 'win32')).toBe('Alt+ArrowLeft');
  expect(shortcutLabel('Mod+Shift+Z', 'darwin')).toBe('⌘⇧Z');
  expect(shortcutLabel('Mod+Enter', 'linux')).toBe('Ctrl+↵');
});

test('the palette finds words in any order, beginnings first', () => {
  expect(matchScore('data go', 'Go to Data')).toBeGreaterThan(0);
  expect(matchScore('xyz', 'Go to Data')).toBe(0);
  expect(matchScore('mod', 'Go to Models')).toBeGreaterThan(matchScore('mod', 'Commodore'));
});
