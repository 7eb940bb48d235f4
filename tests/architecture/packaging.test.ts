import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectFiles, projectRoot, readProjectFile } from '#tests/architecture/projectFiles.ts';

interface Configuration {
  readonly files: readonly string[];
  readonly asarUnpack: readonly string[];
  readonly extraResources: readonly { readonly from: string; readonly to: string }[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly linux: { readonly icon: string; readonly target: readonly { readonly target: string }[] };
  readonly win: { readonly icon: string; readonly target: readonly { readonly target: string }[] };
  readonly mac: {
    readonly icon: string;
    readonly entitlements: string;
    readonly target: readonly { readonly target: string }[];
  };
}
const text = readProjectFile('electron-builder.yml');
const configuration = parse(text) as Configuration;

// electron-builder's own packages, found from electron-builder: they are its dependencies, not ours.
const requireFromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const schemaFile = requireFromBuilder.resolve('app-builder-lib/scheme.json');
interface Validator {
  (value: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}
const { default: Ajv } = createRequire(schemaFile)('ajv') as {
  default: new (options: object) => { compile(schema: unknown): Validator };
};
const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

test("electron-builder.yml fits electron-builder's own schema", () => {
  expect(validate(parse(text)) ? [] : validate.errors).toEqual([]);
});

test('the schema finds a wrong setting', () => {
  expect(validate({ ...configuration, linux: { ...configuration.linux, categorie: 'Science' } })).toBe(false);
});

test('every target of the product is configured', () => {
  const targets = [configuration.linux, configuration.win, configuration.mac].map(({ target }) =>
    target.map((one) => one.target),
  );
  expect(targets).toEqual([['AppImage', 'deb', 'tar.gz'], ['nsis'], ['dmg']]);
});

test('the fuses of a release are closed', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
  });
});

test('what the configuration names exists', () => {
  const named = [
    configuration.linux.icon,
    configuration.win.icon,
    configuration.mac.icon,
    configuration.mac.entitlements,
    ...configuration.extraResources.map(({ from }) => from).filter((from) => from.startsWith('resources/')),
  ];
  const all = projectFiles('.');
  expect(named.filter((path) => !all.some((file) => file === path || file.startsWith(`${path}/`)))).toEqual([]);
});

test('a Node outside the archive finds the engine', () => {
  expect(configuration.asarUnpack).toEqual(expect.arrayContaining(['dist/engine.mjs', 'dist/worker.mjs', '**/*.node']));
  expect(createRequire(join(projectRoot, 'package.json'))('./package.json')).toMatchObject({ main: 'dist/main.cjs' });
});
