import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError, errorReport } from '#core/base/errors.ts';
import { errorFacts, stackFacts, thrownFacts } from '#electron/policy/errorFacts.ts';
import '#tests/support/propertySeed.ts';

const MARKER = 'Probe Müller 4711';

test('a planned error is its code and its sentence without names', () => {
  const report = errorReport(new EngineError('run.unknown-target', { target: MARKER, known: [MARKER, 'fat'] }));
  expect(report.message).toContain(MARKER);
  expect(errorFacts(report)).toEqual({
    code: 'run.unknown-target',
    sentence: 'There is no target "‹target›". The dataset has: ‹known›.',
  });
});

test('of an unplanned error only its class and the places in our files are told', () => {
  const stack = [
    `SyntaxError: Unexpected token in "${MARKER}"`,
    `    at ${MARKER} (engine.mjs:1:1)`,
    '    at JSON.parse (<anonymous>)',
    '    at read (file:///opt/refract/resources/app.asar/dist/engine.mjs:4711:12)',
    '    at Object.<anonymous> (/home/anna/private/project/engine.mjs:2:3)',
  ].join('\n');
  expect(errorFacts({ code: 'internal', message: MARKER, details: { stack } })).toEqual({
    code: 'internal',
    kind: 'SyntaxError',
    at: 'engine.mjs:1:1 engine.mjs:4711:12 engine.mjs:2:3',
  });
});

test('system errors keep their name, other thrown things nothing', () => {
  const full = Object.assign(new Error(`ENOSPC: no space left, write '${MARKER}'`), { code: 'ENOSPC' });
  expect(thrownFacts(full)).toMatchObject({ code: 'ENOSPC', kind: 'Error' });
  expect(thrownFacts(MARKER)).toEqual({ code: 'internal' });
  expect(thrownFacts(new EngineError('app.timeout', { call: 'runs.list', seconds: 5 }))).toMatchObject({
    code: 'app.timeout',
  });
});

test('a secret in any part of a reply never gets through', () => {
  const secret = fc.stringMatching(/^[A-Z][a-z]{9,20}$/);
  fc.assert(
    fc.property(secret, fc.constantFrom('code', 'message', 'stack', 'deep'), (value, where) => {
      const report = {
        code: where === 'code' ? value : 'internal',
        message: value,
        details: {
          stack: `${where === 'stack' ? value : 'Error'}: ${value}\n  at ${value} (${value}/${value}.ts:1:2)`,
          [value]: value,
        },
      };
      expect(JSON.stringify(errorFacts(report))).not.toContain(value);
      expect(JSON.stringify(thrownFacts(Object.assign(new Error(value), report)))).not.toContain(value);
      expect(JSON.stringify(stackFacts(`${value}\n${value}`))).not.toContain(value);
    }),
  );
});

test.each([null, undefined, 7, 'text', [], { code: 7 }])('%s is no report and gives no error', (report) => {
  expect(errorFacts(report)).toEqual({ code: 'internal' });
});
