import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { expect, test } from 'vitest';
import { projectRoot } from '#tests/architecture/projectFiles.ts';
// @ts-expect-error A tool's configuration file, without types.
import configuration from '../../.dependency-cruiser.mjs';

interface Rules {
  readonly forbidden: readonly { readonly name: string; readonly comment?: string }[];
  readonly options: Record<string, unknown>;
}
const rules = configuration as Rules;

test('no import goes against the rules', async () => {
  expect(await violations(projectRoot)).toEqual([]);
});

test('every rule says what to do instead', () => {
  const silent = rules.forbidden.filter(({ comment }) => comment === undefined || comment.length < 20);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

const PLANTED: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['core-base', 'core/base/a.ts', 'core/numerics/b.ts'],
  ['core-numerics', 'core/numerics/a.ts', 'core/data/b.ts'],
  ['core-transforms', 'core/transforms/scatter/a.ts', 'core/models/b.ts'],
  ['core-pipeline', 'core/pipeline/a.ts', 'core/catalog/b.ts'],
  ['ports-only', 'core/workspace/a.ts', 'core/execution/b.ts'],
  ['core-engine', 'core/engine/a.ts', 'electron/ipc/b.ts'],
  ['electron-preload', 'electron/preload/a.ts', 'core/contract/runs.ts'],
  ['electron-policy', 'electron/policy/a.ts', 'electron/main/b.ts'],
  ['renderer-core', 'renderer/bridge/a.ts', 'core/engine/b.ts'],
  ['renderer-views', 'renderer/views/runs/a.ts', 'renderer/views/data/b.ts'],
  ['renderer-components', 'renderer/components/a.ts', 'renderer/state/b.ts'],
  ['no-tests-in-product', 'core/engine/a.ts', 'tests/support/b.ts'],
  ['e2e-sees-the-window-only', 'tests/e2e/a.ts', 'core/engine/b.ts'],
];

test.each(PLANTED)('%s catches %s → %s', async (rule, from, to) => {
  const up = '../'.repeat(from.split('/').length - 1);
  const found = await inTemporaryProject(
    { [from]: `import { b } from '${up}${to}';\nexport const a = b;\n`, [to]: 'export const b = 1;\n' },
    violations,
  );
  expect(found).toContainEqual({ rule, from, to });
});

test('a Node module in pure core and a cycle are caught', async () => {
  const found = await inTemporaryProject(
    {
      'core/models/a.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
      'core/data/b.ts': "import { c } from './c.ts';\nexport const b = (): unknown => c;\n",
      'core/data/c.ts': "import { b } from './b.ts';\nexport const c = (): unknown => b;\n",
    },
    violations,
  );
  expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['no-node-in-pure-core', 'no-circular']));
});

interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

async function violations(baseDir: string): Promise<Violation[]> {
  const folders = ['core', 'electron', 'renderer', 'tests'];
  const { options } = rules;
  const { output } = await cruise(
    folders,
    {
      ...options,
      baseDir,
      validate: true,
      ruleSet: { forbidden: rules.forbidden as never },
      tsConfig: { fileName: 'tsconfig.json' },
    },
    undefined,
    { tsConfig: extractTsConfig(join(projectRoot, 'tsconfig.json')) },
  );
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

async function inTemporaryProject<T>(files: Record<string, string>, work: (root: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'refract-rules-'));
  try {
    const all = { ...files, 'package.json': '{"type":"module"}', 'tsconfig.json': '{}' };
    for (const [file, text] of Object.entries({ ...emptyFolders(), ...all })) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const emptyFolders = (): Record<string, string> =>
  Object.fromEntries(['core', 'electron', 'renderer', 'tests'].map((folder) => [`${folder}/empty.ts`, 'export {};\n']));
