/**
 * `npm test`: sets up what is missing and runs every test, the end-to-end tests in a real window included.
 *
 *   npm test -- <stage> [arguments of the tool]     one stage only: types lint format rules licences unit package e2e
 *
 * The last line says `N passed, N failed`.
 */
import { build } from './build.mjs';
import { withDisplay } from './lib/display.mjs';
import { layApplication } from './lib/electron.mjs';
import { continueOnNode } from './lib/node.mjs';
import { duration, say } from './lib/say.mjs';
import { endToEndEnvironment, endToEndTests, format, importRules, lint, runStages, unitTests } from './lib/stages.mjs';
import { main, Stop } from './lib/stop.mjs';
import { checkLicences } from './licences.mjs';
import { packDirectory } from './package.mjs';
import { provision } from './provision.mjs';
import { checkTypes } from './types.mjs';

await main(async () => {
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  const started = Date.now();
  const [name, ...args] = process.argv.slice(2);
  const state = {};
  const all = stages(state, args);
  const chosen = name === undefined ? all : all.filter((stage) => stage.name === name || stage.neededBy.includes(name));
  if (chosen.length === 0 || (name !== undefined && !all.some((stage) => stage.name === name)))
    throw new Stop(`There is no stage "${name}". Choose from: ${all.map((stage) => stage.name).join(', ')}.`);

  const { done, passed, failed } = await runStages(chosen);
  say('\nSummary');
  for (const { title, took, ok } of done) say(`  ${ok ? 'done  ' : 'FAILED'}  ${title} (${took})`);
  for (const { title } of chosen.slice(done.length)) say(`  not run ${title}`);
  say(`  in ${duration(Date.now() - started)}\n`);
  say(`${passed} passed, ${failed} failed`);
  return done.every(({ ok }) => ok) && done.length === chosen.length ? 0 : 1;
});

/** `neededBy`: the stages that this one is run for when only one is asked for. */
function stages(state, args) {
  return [
    {
      name: 'set-up',
      title: 'Set-up',
      neededBy: ['build', 'types', 'lint', 'format', 'rules', 'licences', 'unit', 'package', 'e2e'],
      run: async () => {
        Object.assign(state, await provision({ electron: true, screen: true }));
      },
    },
    { name: 'build', title: 'Build', neededBy: ['licences', 'unit', 'package', 'e2e'], run: () => build() },
    { name: 'types', title: 'Types', neededBy: [], run: checkTypes },
    { name: 'lint', title: 'Lint', neededBy: [], run: lint },
    { name: 'format', title: 'Format', neededBy: [], run: format },
    { name: 'rules', title: 'Import rules', neededBy: [], run: importRules },
    { name: 'licences', title: 'Licences', neededBy: [], run: () => void checkLicences() },
    {
      name: 'unit',
      title: 'Unit, contract, golden, migration and architecture tests',
      neededBy: [],
      run: () => unitTests(args),
    },
    {
      name: 'package',
      title: 'Package',
      neededBy: ['e2e'],
      run: async () => {
        state.packaged = await packDirectory(state.electron, { forTests: true });
      },
    },
    { name: 'e2e', title: 'End-to-end tests', neededBy: [], run: () => runEndToEnd(state, args) },
  ];
}

async function runEndToEnd({ node, electron, packaged }, args) {
  if (electron.kind === 'test-runtime') layApplication(electron);
  return await withDisplay((env) =>
    endToEndTests({ ...env, ...endToEndEnvironment({ node, electron, packaged }) }, args),
  );
}
