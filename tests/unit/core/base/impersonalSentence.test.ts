import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError, errorSentences } from '#core/base/errors.ts';
import { impersonalSentence } from '#core/base/impersonalSentence.ts';
import '#tests/support/propertySeed.ts';

const codes = Object.keys(errorSentences);
/** Long enough not to occur by accident, and not a number. */
const SECRET = 'Xq7-Müller GmbH Charge 4711';

test('what came from the person is replaced by the name of its field; counts stay', () => {
  const error = new EngineError('data.not-numeric', {
    count: 3,
    cells: [{ file: 'secret.csv', line: 7, column: 'fat of Miller', found: '12,x' }],
  });
  expect(error.message).toContain('fat of Miller');
  expect(impersonalSentence(error.code, error.details)).toBe(
    error.message.replace('secret.csv', '‹file›').replace('fat of Miller', '‹column›').replace('12,x', '‹found›'),
  );
});

test('a call of the contract is told, something else in its place is not', () => {
  expect(impersonalSentence('app.engine-stopped', { call: 'runs.start' })).toContain('"runs.start"');
  expect(impersonalSentence('app.engine-stopped', { call: SECRET })).not.toContain('4711');
});

test('no code lets a text of the details through, wherever it stands in them', () => {
  // The fields that the tables use, read off their sentences by asking for everything.
  const asked = new Set<string>();
  const listen: unknown = new Proxy(() => '', {
    get: (_, name) => (typeof name === 'string' ? (asked.add(name), '') : undefined),
  });
  for (const write of Object.values(errorSentences) as ((details: unknown) => string)[])
    try {
      write(listen);
    } catch {
      asked.add('value'); // it went on with an empty text where it needs a list: its first field is noted
    }
  const fields = [...asked, 'cells', 'known', 'found', 'first', 'path', 'reason'];
  const planted = fc.oneof(
    fc.constant<unknown>(SECRET),
    fc.constant([SECRET]),
    fc.constant([{ file: SECRET, line: 3, column: SECRET, found: SECRET }]),
    fc.constant({ [SECRET]: SECRET, file: SECRET }),
    fc.constant([[SECRET]]),
    fc.integer(),
  );
  let written = 0;
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.array(planted, { minLength: 8, maxLength: 8 }), (code, values) => {
      const details = Object.fromEntries(fields.map((field, k) => [field, values[k % values.length]]));
      const sentence = impersonalSentence(code, details);
      if (sentence !== null) written++;
      expect(sentence ?? '').not.toMatch(/Müller|Charge|Xq7/);
    }),
    { numRuns: 3000 },
  );
  expect(written).toBeGreaterThan(500);
});

test('a value of a spectrum cannot be told from its sentence', () => {
  const details = { samples: 12, gigabytes: 3.141592653589793 };
  expect(impersonalSentence('run.too-many-synthetic', details)).toContain('3.1 GB');
});

test('unknown codes and unplanned errors have no sentence', () => {
  for (const code of ['internal', 'cancelled', 'no.such', '__proto__', 'constructor'])
    expect(impersonalSentence(code, { stack: SECRET }), code).toBeNull();
  for (const details of [null, undefined, 7, SECRET])
    expect(impersonalSentence('data.not-numeric', details) ?? '').not.toContain('4711');
});
