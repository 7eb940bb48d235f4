/** `npm run check`: what a change must pass before it is proposed; everything but the window and the package. */
import { continueOnNode } from './lib/node.mjs';
import { say } from './lib/say.mjs';
import { format, importRules, lint, runStages, unitTests } from './lib/stages.mjs';
import { main } from './lib/stop.mjs';
import { checkLicences } from './licences.mjs';
import { provision } from './provision.mjs';
import { checkTypes } from './types.mjs';

await main(async () => {
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  await provision();
  const { done, passed, failed } = await runStages([
    { title: 'Types', run: checkTypes },
    { title: 'Lint', run: lint },
    { title: 'Format', run: format },
    { title: 'Import rules', run: importRules },
    { title: 'Licences', run: () => void checkLicences() },
    { title: 'Unit, contract, golden, migration and architecture tests', run: () => unitTests() },
  ]);
  say(`\n${passed} passed, ${failed} failed`);
  return done.every(({ ok }) => ok) ? 0 : 1;
});
