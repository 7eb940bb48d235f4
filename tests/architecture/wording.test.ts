import { expect, test } from 'vitest';
import { projectFiles, readProjectFile } from '#tests/architecture/projectFiles.ts';

const TEXT = /\.(ts|tsx|mjs|cjs|js|json|md|yml|yaml|html|css|plist|sql|py|svg)$|^\.[a-z.]+$|\.ci\/run$/;
const SELF = 'tests/architecture/wording.test.ts';

interface Forbidden {
  readonly what: string;
  readonly pattern: RegExp;
  /** Files where it is right. */
  readonly except?: RegExp;
}

const FORBIDDEN: readonly Forbidden[] = [
  { what: 'a path of one computer', pattern: /(?:^|[\s"'`(=:])\/(?:work|root|Users)\/\w/m },
  { what: 'a temporary or home folder', pattern: /(?:^|[\s"'`(=:])\/(?:tmp|home)\/\w/m, except: /^tests\// },
  { what: 'a Windows path of one computer', pattern: /[A-Z]:\\(?:Users|Temp)\\/ },
  {
    what: 'the address of a package registry',
    pattern: /https?:\/\/(?:[\w-]+\.)*(?:registry|npmjs|artifactory|nexus)[\w.-]*/i,
  },
  { what: 'a conflict marker', pattern: /^(?:<{7}|>{7}) /m },
  { what: 'unfinished work', pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/ },
  { what: 'a switched-off check without a reason', pattern: /eslint-disable(?!.*--)|@ts-(?:ignore|nocheck)/ },
];

test.each(FORBIDDEN)('no file contains $what', ({ pattern, except }) => {
  const files = projectFiles('.', TEXT).filter(
    (file) => file !== SELF && file !== 'package-lock.json' && !except?.test(file),
  );
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
