/**
 * `npm run offline`: runs the end-to-end tests in a world without a network, and asks the operating system for every
 * call that would have left this computer. Linux; needs unshare, ip and strace (Debian: util-linux iproute2 strace).
 *
 *   npm run offline -- tests/e2e/workflow.e2e.ts     some of the tests only
 *   npm run offline -- --with-network                on the network as it is: some services only try where there is one
 *
 * Without the option, each process gets a network of its own that has the loopback interface and nothing else: what works, works without
 * a network. And each attempt to reach something, which would fail silently there, is in strace's report: a look-up of
 * a name, a connection, a datagram. The only connections allowed are the driver's to the windows it drives.
 */
import { createReadStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from './build.mjs';
import { withDisplay } from './lib/display.mjs';
import { layApplication } from './lib/electron.mjs';
import { readNetworkTrace } from './lib/networkTrace.mjs';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { attach, collect } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { endToEndEnvironment } from './lib/stages.mjs';
import { main, Stop } from './lib/stop.mjs';
import { packDirectory } from './package.mjs';
import { provision } from './provision.mjs';

await main(async () => {
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  await requireTools();
  const { node, electron } = await provision({ electron: true, screen: true });
  await build();
  const packaged = await packDirectory(electron, { forTests: true });
  if (electron.kind === 'test-runtime') layApplication(electron);

  const folder = join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  const trace = join(folder, 'network.strace');
  rmSync(trace, { force: true });
  const withNetwork = process.argv.includes('--with-network');
  const args = process.argv.slice(2).filter((each) => each !== '--with-network');
  const tests = [
    process.execPath,
    join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    ...NOT_HERE,
    ...args,
  ];
  const [program, ...rest] = [...(withNetwork ? [] : ALONE), ...STRACE, trace, ...tests];
  const exit = await withDisplay((env) =>
    attach(program, rest, { cwd: root, env: { ...env, ...endToEndEnvironment({ node, electron, packaged }) } }),
  );
  if (!existsSync(trace)) throw new Stop('strace wrote no report: is this system allowed to trace processes?');
  const lines = [];
  for await (const line of createInterface({ input: createReadStream(trace) })) lines.push(line);
  return report(readNetworkTrace(lines), exit);
});

/**
 * The test that attacks with calls between browsers: asked for one, Chromium connects two datagram sockets to see which
 * of its own addresses it would use. Nothing is sent, but it cannot be told from what must never be there.
 */
const NOT_HERE = ['--grep-invert', 'WebRTC'];
/** A network of its own, with the loopback interface only. */
const ALONE = ['unshare', '-rn', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
/** Only what can reach the network stops the traced processes; without the filter a window would crawl. */
const STRACE = [
  'strace',
  '-f',
  '-Y',
  '-qq',
  '--seccomp-bpf',
  '-e',
  'trace=socket,connect,bind,sendto,sendmmsg',
  '-e',
  'signal=none',
  '-o',
];

function report({ calls, loopback, attempts }, exit) {
  say(`\nNetwork calls seen: ${calls}.`);
  for (const [program, count] of Object.entries(loopback)) say(`  within this computer, by ${program}: ${count}`);
  const foreign = Object.keys(loopback).filter((program) => !DRIVERS.has(program));
  for (const program of foreign)
    say(`  ${program} is not the driver: it has no business with a port of this computer.`);
  for (const { program, call } of attempts.slice(0, 50)) say(`  ATTEMPT by ${program}: ${call.slice(0, 200)}`);
  say(attempts.length === 0 ? 'No attempt to reach anything beyond this computer.' : `${attempts.length} attempts.`);
  say(exit === 0 ? 'All tests passed.' : 'Tests failed.');
  return exit === 0 && attempts.length === 0 && foreign.length === 0 ? 0 : 1;
}

/** The tests' own processes. That the engine, a Node too, opens none is checked in tests/e2e/network.e2e.ts. */
const DRIVERS = new Set(['node', 'MainThread']);

async function requireTools() {
  if (process.platform !== 'linux') throw new Stop('This needs Linux: the other systems have no strace.');
  for (const [program, ...args] of [
    ['unshare', '-rn', 'true'],
    ['strace', '-V'],
    ['ip', '-V'],
  ]) {
    const { code } = await collect(program, args);
    if (code !== 0)
      throw new Stop(`${program} is missing or not allowed here. Debian: apt-get install util-linux iproute2 strace.`);
  }
}
