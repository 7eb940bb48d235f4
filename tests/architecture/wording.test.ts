import { expect, test } from 'vitest';
import { projectFiles, readProjectFile } from '#tests/architecture/projectFiles.ts';

const TEXT = /\.(ts|tsx|mjs|cjs|js|json|md|yml|yaml|html|css|plist|sql|py|svg)$|^\.[a-z.]+$|\.ci\/run$/;
const SELF = 'tests/architecture/wording.test.ts';

const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a path of one computer', /(?:^|[\s"'`(=:])\/(?:work|tmp|home|root|Users)\/\w/m],
  ['a Windows path of one computer', /[A-Z]:\\(?:Users|Temp)\\/],
  ['the address of a package registry', /https?:\/\/(?:[\w-]+\.)*(?:registry|npmjs|artifactory|nexus)[\w.-]*/i],
  ['a conflict marker', /^(?:<{7}|>{7}) /m],
  ['unfinished work', /\b(?:TODO|FIXME|XXX|HACK)\b/],
  ['a switched-off check without a reason', /eslint-disable(?!.*--)|@ts-(?:ignore|nocheck)/],
];

test.each(FORBIDDEN)('no file contains %s', (_, pattern) => {
  const files = projectFiles('.', TEXT).filter((file) => file !== SELF && file !== 'package-lock.json');
  const hits = files.flatMap((file) => {
    const hit = pattern.exec(readProjectFile(file));
    return hit === null ? [] : [`${file}: ${hit[0].trim()}`];
  });
  expect(hits).toEqual([]);
});

test('the lock file names no download address', () => {
  expect(readProjectFile('package-lock.json')).not.toMatch(/"resolved"/);
});

test('versions are exact', () => {
  const { dependencies, devDependencies } = JSON.parse(readProjectFile('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  );
  expect(loose).toEqual([]);
});
