/**
 * `npm start`: sets up what is missing, builds and opens the desktop application.
 *
 *   npm start -- --headless      runs the example pipeline in the terminal instead; needs no display
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { layApplication } from './lib/electron.mjs';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { attach } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { main, Stop } from './lib/stop.mjs';
import { hasDisplay } from './lib/systemLibraries.mjs';
import { provision } from './provision.mjs';

const EXAMPLE = [
  'run',
  'resources/presets/tecator-fat.yaml',
  ...['--data', 'resources/samples/tecator', '--target', 'fat', '--train-split', 'C,M', '--test-split', 'T'],
];

await main(async () => {
  const headless = process.argv.includes('--headless');
  if (!headless && !hasDisplay()) return explainMissingDisplay();
  const code = await continueOnNode(process.argv[1]);
  if (code !== undefined) return code;
  return headless ? await runExample() : await openWindow();
});

async function runExample() {
  const { node } = await provision();
  await build(['engine']);
  say('\nThe example: fat in meat from near-infrared spectra (Tecator). Cross-validation chooses, refit deploys.');
  return await attach(node, ['dist/cli.mjs', ...EXAMPLE], {
    cwd: root,
    env: { ...process.env, REFRACT_RESOURCES: join(root, 'resources') },
  });
}

async function openWindow() {
  const { node, electron } = await provision({ electron: true });
  await build();
  const args = [];
  if (electron.kind === 'test-runtime') layApplication(electron);
  else args.push(root);
  if (process.platform === 'linux') {
    if (process.getuid() === 0) {
      say(
        'You are root, and Chromium has no sandbox for root: opening without it. Use a normal account for daily work.',
      );
      args.push('--no-sandbox');
    } else requireSandbox(electron);
  }
  say('Opening Refract.');
  return await attach(electron.executable, args, {
    cwd: root,
    env: { ...process.env, REFRACT_NODE: node, REFRACT_RESOURCES: join(root, 'resources') },
  });
}

function explainMissingDisplay() {
  process.stderr.write(
    [
      'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set, so no window can be opened here.',
      '  In the terminal:   npm start -- --headless   (runs the example pipeline and prints the result)',
      '  Over ssh:          connect again with ssh -X and run npm start',
      '  Without a screen:  xvfb-run -a npm start     (Debian package xvfb)',
      '',
    ].join('\n'),
  );
  return 1;
}

/** Some distributions forbid the sandbox to normal accounts unless its helper belongs to root. */
function requireSandbox(electron) {
  const setting = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (!existsSync(setting) || readFileSync(setting, 'utf8').trim() !== '1') return;
  const helper = join(dirname(electron.executable), 'chrome-sandbox');
  const { uid, mode } = statSync(helper);
  if (uid === 0 && (mode & 0o4000) !== 0) return;
  throw new Stop(
    `This system allows Chromium's sandbox only through its helper program. Run this once and start again:\n\n  sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"\n`,
  );
}
