import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { hasDisplay } from './systemLibraries.mjs';
import { say } from './say.mjs';
import { Stop } from './stop.mjs';

const SIZE = '1600x1000x24';

/**
 * Runs something with a screen: the one that is there, or a virtual one that ends with the work.
 * @param work gets the environment to run windows in
 */
export async function withDisplay(work) {
  if (hasDisplay()) return await work(process.env);
  // The server itself chooses a free number and writes it to descriptor 3.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SIZE, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  try {
    const number = await new Promise((resolve, reject) => {
      const fail = () =>
        reject(new Stop('Xvfb, the screen for the tests, did not start. Install xvfb and start again.'));
      server.once('error', fail);
      server.once('exit', fail);
      createInterface({ input: server.stdio[3] }).once('line', resolve);
    });
    say(`Virtual screen :${number} (${SIZE}).`);
    return await work({ ...process.env, DISPLAY: `:${number}` });
  } finally {
    server.kill();
  }
}
