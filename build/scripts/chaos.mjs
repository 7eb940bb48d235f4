/** `npm run chaos [-- <name> …]`: attacks the built product with tests/chaos/<name>.ts; without a name, `kills`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { attach } from './lib/run.mjs';
import { main, Stop } from './lib/stop.mjs';
import { provision } from './provision.mjs';

await main(async () => {
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  const given = process.argv.slice(2);
  const [name, rest] = given[0]?.startsWith('-') === false ? [given[0], given.slice(1)] : ['kills', given];
  const script = join(root, 'tests', 'chaos', `${name}.ts`);
  if (!/^[a-z0-9]+$/i.test(name) || !existsSync(script)) throw new Stop(`There is no attack "${name}" in tests/chaos.`);
  const { node } = await provision();
  await build(['engine']);
  return await attach(node, [script, ...rest], { cwd: root });
});
