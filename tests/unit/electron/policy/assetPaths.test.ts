import fc from 'fast-check';
import { join, normalize, sep } from 'node:path';
import { expect, test } from 'vitest';
import { assetSegments } from '#electron/policy/assetPaths.ts';

test('addresses of the renderer’s files', () => {
  expect(assetSegments('app://refract/')).toEqual(['index.html']);
  expect(assetSegments('app://refract/assets/main-1a2b.js?v=1#x')).toEqual(['assets', 'main-1a2b.js']);
  expect(assetSegments('app://refract/fonts/Inter%20Variable.woff2')).toEqual(['fonts', 'Inter Variable.woff2']);
});

test('whatever would leave the folder is no file', () => {
  const attempts = [
    'app://refract/%2e%2e/secret',
    'app://refract/..%2f..%2fsecret',
    'app://refract/a/%2e%2e%2f%2e%2e%2fsecret',
    'app://refract/..%5c..%5csecret',
    'app://refract/a%5c..%5cb',
    'app://refract/C:%5cWindows',
    'app://refract/C:/Windows/win.ini',
    'app://refract/a%00.html',
    'app://refract/%E0%A4%A',
    'app://refract/file.txt::$DATA',
    'app://other/index.html',
    'file:///etc/hosts',
    'nonsense',
  ];
  for (const url of attempts) {
    const segments = assetSegments(url);
    // The address parser removes some dots itself; what is left stays inside.
    if (segments !== null) expect(normalize(join('root', ...segments)).startsWith(`root${sep}`), url).toBe(true);
    else expect(segments).toBeNull();
  }
});

test('no address at all leads out of the folder', () => {
  const part = fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '%2f',
    '%5c',
    '\\',
    '/',
    'a',
    '%252e%252e',
    'C:',
    '%00',
    '//',
    '?',
    '#',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const segments = assetSegments(`app://refract/${parts.join('')}`);
      if (segments === null) return;
      expect(normalize(join('root', ...segments)).startsWith(`root${sep}`)).toBe(true);
      expect(segments).not.toContain('..');
    }),
  );
});
