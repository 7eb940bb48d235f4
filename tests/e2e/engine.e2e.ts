import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { enginesOf } from '#tests/e2e/support/engineProcesses.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';

/** Window first, engine second; an engine that dies takes nothing with it. */

test('the shell is painted and usable while the engine is still starting', async ({}, info) => {
  const folder = info.outputPath('slow-engine');
  mkdirSync(folder, { recursive: true });
  // The engine's Node behind a delay: the window must not wait for it.
  const slow = join(folder, 'slow-node.sh');
  writeFileSync(slow, `#!/bin/sh\nsleep 6\nexec "${process.env['REFRACT_NODE'] ?? process.execPath}" "$@"\n`);
  chmodSync(slow, 0o755);
  const { app, page } = await launchApp({ folder, env: { REFRACT_NODE: slow } });
  await expect(page.getByTestId('engine-state')).toContainText(/starting/i);
  await page.getByTestId('nav-data').click();
  await expect(page.getByTestId('page-data')).toBeVisible();
  await expect(page.getByTestId('engine-state')).toContainText(/starting/i);
  const painted = await page.evaluate(
    () => performance.getEntriesByName('refract-shell-painted')[0]?.startTime ?? null,
  );
  expect(painted).not.toBeNull();
  console.info(`Shell painted ${Math.round(painted ?? 0)} ms after the page began to load.`);
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i, { timeout: 30_000 });
  await app.close();
});

test('a killed engine is started again, and the window goes on', async ({}, info) => {
  const folder = info.outputPath('crash');
  const { app, page } = await launchApp({ folder });
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.getByTestId('nav-pipelines').click();
  const workspace = join(folder, 'workspace');
  const [first] = enginesOf(workspace);
  if (first === undefined) throw new Error('There is no engine to kill.');
  const killed = Date.now();
  process.kill(first, 'SIGKILL');
  await expect.poll(() => enginesOf(workspace).filter((pid) => pid !== first), { intervals: [20] }).toHaveLength(1);
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  console.info(`Engine ready again ${Date.now() - killed} ms after it was killed.`);
  await expect(page.getByTestId('page-pipelines').first()).toBeVisible();
  const about = await page.evaluate(() =>
    (window as unknown as { api: { call(n: string, i: object): Promise<{ ok: boolean }> } }).api.call('app.about', {}),
  );
  expect(about.ok).toBe(true);
  await app.close();
});
