import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { attach } from './run.mjs';
import { duration, say } from './say.mjs';

const bin = (...path) => join(root, 'node_modules', ...path);
const results = join(root, 'test-results');

/** Runs a tool of node_modules on this Node. Returns its exit code. */
export async function tool(path, args, env = process.env) {
  return await attach(process.execPath, [bin(...path), ...args], { cwd: root, env });
}

export const lint = () => tool(['eslint', 'bin', 'eslint.js'], ['.', '--max-warnings=0']);
export const format = () => tool(['prettier', 'bin', 'prettier.cjs'], ['--check', '--log-level=warn', '.']);
export const importRules = () =>
  tool(
    ['dependency-cruiser', 'bin', 'dependency-cruiser.mjs'],
    [
      '--config',
      '.dependency-cruiser.mjs',
      ...['core', 'electron', 'renderer', 'tests'].filter((f) => existsSync(join(root, f))),
    ],
  );

/**
 * All tests of vitest, or those whose paths contain one of the filters.
 * @returns {Promise<{code: number, passed: number, failed: number}>}
 */
export async function unitTests(args = []) {
  const report = prepareReport('unit.json');
  const code = await tool(
    ['vitest', 'vitest.mjs'],
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
  );
  const { numPassedTests = 0, numFailedTests = 0 } = readReport(report);
  return { code, passed: numPassedTests, failed: numFailedTests };
}

/** What the end-to-end tests are told: which Electron, which Node, which packaged application. */
export function endToEndEnvironment({ node, electron, packaged }) {
  const executable = join(packaged, process.platform === 'win32' ? 'refract.exe' : 'refract');
  return {
    REFRACT_NODE: node,
    REFRACT_RESOURCES: join(root, 'resources'),
    REFRACT_E2E_ELECTRON: electron.executable,
    REFRACT_E2E_APP: electron.kind === 'test-runtime' ? '' : root,
    REFRACT_E2E_PACKAGED: existsSync(executable) ? executable : '',
    REFRACT_E2E_RUNTIME: electron.kind,
  };
}

/** The end-to-end tests in a real window. `env` says which Electron, which Node and where the screen is. */
export async function endToEndTests(env, args = []) {
  const report = prepareReport('e2e.json');
  const code = await tool(['@playwright', 'test', 'cli.js'], ['test', ...args], env);
  const { stats = {} } = readReport(report);
  return { code, passed: (stats.expected ?? 0) + (stats.flaky ?? 0), failed: stats.unexpected ?? 0 };
}

/**
 * Runs stages in order and stops at the first that fails.
 * @param stages `run` returns an exit code, or `{code, passed, failed}` when it counted tests
 * @returns what happened, for the summary
 */
export async function runStages(stages) {
  const done = [];
  const total = { passed: 0, failed: 0 };
  for (const { title, run } of stages) {
    say(`\n=== ${title}`);
    const started = Date.now();
    const { code, passed, failed } = await outcome(run);
    const took = duration(Date.now() - started);
    say(`=== ${title}: ${code === 0 ? 'done' : 'FAILED'} in ${took}`);
    done.push({ title, took, ok: code === 0 });
    total.passed += passed;
    // A stage that fails without a failed test (a type error, a crash) must not read as "0 failed".
    total.failed += code === 0 ? failed : Math.max(1, failed);
    if (code !== 0) break;
  }
  return { done, ...total };
}

async function outcome(run) {
  try {
    const result = await run();
    return typeof result === 'object' ? result : { code: result ?? 0, passed: 0, failed: 0 };
  } catch (error) {
    say(error?.name === 'Stop' ? error.message : (error?.stack ?? String(error)));
    return { code: 1, passed: 0, failed: 0 };
  }
}

function prepareReport(name) {
  mkdirSync(results, { recursive: true });
  const file = join(results, name);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
