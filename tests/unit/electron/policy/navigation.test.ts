import { describe, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '#electron/policy/contentSecurity.ts';
import { mayNavigate, mayRequest } from '#electron/policy/navigation.ts';
import { mayUse } from '#electron/policy/permissions.ts';
import { mayCall } from '#electron/policy/senders.ts';

const foreign = [
  'https://example.org/',
  'http://localhost:5173/',
  'file:///home/user/x.html',
  'app://other/index.html',
  'app://refract.example.org/',
  'app://refract@example.org/',
  'https://refract/',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'about:blank',
  'ws://refract/',
  '',
  'not an address',
];

describe('the window', () => {
  test('goes to the application’s own pages only', () => {
    expect(mayNavigate('app://refract/index.html')).toBe(true);
    expect(mayNavigate('app://refract/index.html?x=1#y')).toBe(true);
    for (const url of foreign) expect(mayNavigate(url), url).toBe(false);
  });

  test('requests nothing from outside', () => {
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1:80/',
      'ws://example.org',
      'file:///x',
      'blob:https://example.org/1',
      'ftp://a/b',
    ])
      expect(mayRequest(url), url).toBe(false);
    for (const url of ['app://refract/a.js', 'data:image/png;base64,AA', 'blob:app://refract/1-2'])
      expect(mayRequest(url), url).toBe(true);
  });

  test('has one permission', () => {
    expect(mayUse('clipboard-sanitized-write')).toBe(true);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'fileSystem',
      'hid',
      'usb',
      'serial',
      '',
    ])
      expect(mayUse(permission), permission).toBe(false);
  });
});

describe('main listens to', () => {
  const url = 'app://refract/index.html';
  test('the main frame of the application, and to nobody else', () => {
    expect(mayCall({ url, isMainFrame: true })).toBe(true);
    expect(mayCall({ url, isMainFrame: false })).toBe(false);
    expect(mayCall({ url: 'https://example.org/', isMainFrame: true })).toBe(false);
    expect(mayCall(null)).toBe(false);
  });
});

test('the content security policy allows no remote content, no inline script and no eval', () => {
  const rules = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]),
  );
  expect(rules.get('default-src')).toEqual(["'none'"]);
  expect(rules.get('script-src')).toEqual(["'self'"]);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|https?:|\*/);
});
