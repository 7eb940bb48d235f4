import { expect, test } from 'vitest';
import { diagnosticsText } from '#electron/policy/diagnosticsText.ts';

test('chapters with their facts, the home folder as ~ and secrets hidden', () => {
  const text = diagnosticsText(
    {
      at: '2026-01-02T03:04:05.000Z',
      versions: { Refract: '1.2.3' },
      system: { System: 'linux', 'User data': '/home/anna/.config/Refract' },
      engine: { State: 'ready', Workers: 3 },
      workspace: { Folder: '/home/anna/Refract', Datasets: 2 },
      errors: [{ code: 'data.ragged', count: 2, last: '2026-01-02T03:00:00.000Z' }],
      log: ['a line with s3cr3t-Value', 'another'],
    },
    { home: '/home/anna', secrets: ['s3cr3t-Value'] },
  );
  expect(text).toContain('\nComputer\n  System: linux\n  User data: ~/.config/Refract\n');
  expect(text).toContain('  data.ragged: 2, last at 2026-01-02T03:00:00.000Z');
  expect(text).toContain('Log, last 2 lines\n  a line with ‹hidden›\n  another\n');
  expect(text).not.toMatch(/anna|s3cr3t/);
});
