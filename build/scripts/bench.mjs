/** `npm run bench -- <name> […]`: runs tests/bench/<name>.ts; without a name, lists them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { attach } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { main, Stop } from './lib/stop.mjs';
import { provision } from './provision.mjs';

await main(async () => {
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  const folder = join(root, 'tests', 'bench');
  const names = existsSync(folder)
    ? readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []))
    : [];
  const [name, ...rest] = process.argv.slice(2);
  if (name === undefined) {
    say(`Benchmarks: ${names.join(', ') || 'none yet'}. Run one with: npm run bench -- <name>`);
    return 0;
  }
  if (!names.includes(name))
    throw new Stop(`There is no benchmark "${name}". There are: ${names.join(', ') || 'none'}.`);
  const { node } = await provision();
  return await attach(node, [join(folder, `${name}.ts`), ...rest], { cwd: root });
});
