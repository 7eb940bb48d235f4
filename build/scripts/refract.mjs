/**
 * `npm run -s refract -- …`: the command line. Sets up and builds the engine when that is needed, silently or on
 * standard error; standard output belongs to the command.
 */
import { join } from 'node:path';
import { build } from './build.mjs';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { attach } from './lib/run.mjs';
import { speakQuietly } from './lib/say.mjs';
import { main } from './lib/stop.mjs';
import { provision } from './provision.mjs';

await main(async () => {
  speakQuietly();
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  const { node } = await provision();
  await build(['engine']);
  return await attach(node, [join(root, 'dist', 'cli.mjs'), ...process.argv.slice(2)], {
    // Paths that the user types are relative to the folder where the user is.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { ...process.env, REFRACT_RESOURCES: process.env.REFRACT_RESOURCES ?? join(root, 'resources') },
  });
});
