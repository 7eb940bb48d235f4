/**
 * `npm run fuzz`: hostile input for every reader of outside data; see tests/fuzz/fuzz.ts.
 *
 *   npm run fuzz -- [--target NAME]… [--seed N] [--cases N] [--seconds N] [--list]
 */
import { join } from 'node:path';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { attach } from './lib/run.mjs';
import { main } from './lib/stop.mjs';
import { provision } from './provision.mjs';

await main(async () => {
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  const { node } = await provision();
  return await attach(node, [join(root, 'tests', 'fuzz', 'fuzz.ts'), ...process.argv.slice(2)], { cwd: root });
});
