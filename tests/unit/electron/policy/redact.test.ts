import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact, redactText, secretsOf } from '#electron/policy/redact.ts';
import '#tests/support/propertySeed.ts';

const hidden = { home: '/home/anna', secrets: ['s3cr3t-Value'] };
const shown = (value: unknown): string => JSON.stringify(redact(value, hidden));

test.each([
  ['password', 'hunter22'],
  ['dbPassword', 'hunter22'],
  ['X-Auth-Token', 'hunter22'],
  ['apiKey', { nested: 'hunter22' }],
  ['authorization', ['hunter22']],
  ['client_secret', 'hunter22'],
  ['Set-Cookie', 'hunter22'],
])('nothing under %s is written', (name, value) => {
  expect(shown({ [name]: value, other: 1 })).not.toContain('hunter22');
  expect(shown({ deep: [{ [name]: value }] })).not.toContain('hunter22');
});

test.each(['keyboard', 'tokens', 'monkey', 'passes', 'authors', 'pinned'])('%s is an ordinary name', (name) => {
  expect(shown({ [name]: 'seen' })).toContain('seen');
});

test.each([
  ['https://anna:hunter22@example.org/x', 'https://‹hidden›@example.org/x'],
  ['see https://example.org/a?key=hunter22&b=1 there', 'see https://example.org/a?‹hidden› there'],
  ['Authorization: Bearer hunter22.abc-def', 'Authorization: ‹hidden› ‹hidden›'],
  ['got Bearer hunter22', 'got Bearer ‹hidden›'],
  ['token=hunter22 n=3', 'token=‹hidden› n=3'],
  ['"password": "hunter22"', '"password": ‹hidden›"'],
  ['/home/anna/Refract/x', '~/Refract/x'],
  ['it was s3cr3t-Value!', 'it was ‹hidden›!'],
])('%s', (text, expected) => {
  expect(redactText(text, hidden)).toBe(expected);
});

test('a line stays a line, and a long text is cut', () => {
  expect(redactText('a\nb\u001b[31mc\u2028d', hidden)).toBe('a b [31mc d');
  expect(redactText('z'.repeat(900), hidden)).toHaveLength(500 + '… (900 characters)'.length);
});

test('arrays of numbers and bytes are never written', () => {
  const spectrum = Float64Array.of(0.123456, 0.234567);
  expect(shown({ spectrum, list: [0.123456, 1, 2, 3], buffer: spectrum.buffer })).toBe(
    '{"spectrum":"‹16 bytes›","list":"‹4 items›","buffer":"‹16 bytes›"}',
  );
});

test('a known secret never gets through, in any field, key or depth', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=_.-]{8,40}$/);
  const around = fc.string({ maxLength: 20 });
  fc.assert(
    fc.property(
      secret,
      around,
      around,
      fc.nat(3),
      fc.string({ maxLength: 12 }),
      (value, before, after, depth, name) => {
        let planted: unknown = before + value + after;
        for (let k = 0; k < depth; k++) planted = k % 2 === 0 ? { [name]: planted, [value]: 1 } : [planted];
        const written = JSON.stringify(redact({ planted }, { home: '/home/anna', secrets: [value] }));
        expect(written).not.toContain(value);
      },
    ),
    { numRuns: 2000 },
  );
});

test('what lies under a secret name never gets through, whatever it is', () => {
  const name = fc.constantFrom(
    'token',
    'accessToken',
    'API_KEY',
    'password',
    'userPassword',
    'Authorization',
    'secret',
  );
  fc.assert(
    fc.property(name, fc.stringMatching(/^[a-z]{12}$/), fc.nat(2), (key, value, depth) => {
      let planted: unknown = { [key]: [value, { value }] };
      for (let k = 0; k < depth; k++) planted = { inner: planted };
      expect(shown(planted)).not.toContain(value);
    }),
  );
});

test('telling names of the environment give their values, ordinary ones do not', () => {
  expect(
    secretsOf({
      MY_TOKEN: 'a1b2c3d4',
      DB_PASSWORD: 'e5f6g7h8',
      SIGNING_KEY: 'i9j0k1l2',
      SHORT_TOKEN: 'user',
      PWD: '/home/anna/work',
      XDG_SESSION_CLASS: 'greeter-user',
      SSH_AUTH_SOCK: '/run/user/1000/agent',
      KEYBOARD_LAYOUT: 'de-nodeadkeys',
      EMPTY_KEY: undefined,
    }),
  ).toEqual(['a1b2c3d4', 'e5f6g7h8', 'i9j0k1l2']);
});
