import { expect, test } from 'vitest';
import { stderrFacts } from '#electron/policy/stderrFacts.ts';

test.each([
  [
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'JavaScript heap out of memory',
  ],
  ['TypeError: Cannot read properties of undefined (reading "Sample 4711")', 'TypeError'],
  ['    at fit (file:///opt/x/dist/worker.mjs:12:3)', 'worker.mjs:12:3'],
  ['Error: Sample 4711, value 0.12345: ENOSPC', 'ENOSPC'],
])('%s', (line, expected) => {
  expect(stderrFacts(line)).toBe(expected);
});

test.each(['Sample 4711: 0.123 0.456', '', '{"name":"Sample 4711"}', '  ^', 'const x = "Sample 4711";'])(
  'a line that may quote data is left out: %s',
  (line) => {
    expect(stderrFacts(line)).toBeNull();
  },
);
