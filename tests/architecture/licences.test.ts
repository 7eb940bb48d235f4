import { expect, test } from 'vitest';
// @ts-expect-error A build script, without types.
import * as script from '../../build/scripts/licences.mjs';

const { isAllowed, shippedLicences } = script as {
  isAllowed: (expression: string) => boolean;
  shippedLicences: () => readonly { name: string; version: string; licence: string }[];
};

test('everything that ships is under a permissive licence', () => {
  const shipped = shippedLicences();
  expect(shipped.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['better-sqlite3', 'onnxruntime-node', 'zod']),
  );
  expect(shipped.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['Apache-2.0 AND MIT', true],
  ['MIT AND LGPL-3.0', false],
  ['GPL-3.0-or-later', false],
  ['CC-BY-NC-SA-4.0', false],
  ['SEE LICENSE IN LICENSE', false],
  ['', false],
])('%s: %s', (expression, allowed) => {
  expect(isAllowed(expression)).toBe(allowed);
});
