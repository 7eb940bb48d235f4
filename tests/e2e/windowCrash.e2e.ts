import { expect, test } from '@playwright/test';
import { callFromPage } from '#tests/e2e/support/callFromPage.ts';
import { enginesOf } from '#tests/e2e/support/engineProcesses.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { startRun } from '#tests/e2e/support/startRun.ts';

const SLOW = [
  'pipeline:',
  '  - KFold: {n_splits: 5, shuffle: true, random_state: 1}',
  '  - _or_: [null, SNV, MSC, Detrend]',
  '  - model: {RandomForest: {n_estimators: {_or_: [100, 150]}, random_state: 3}}',
].join('\n');

test('a window that crashes is loaded again, and the run in the engine goes on', async ({}, info) => {
  const folder = info.outputPath('crash');
  const { app, page, workspace } = await launchApp({ folder });
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.getByTestId('try-tecator').click();
  await expect.poll(async () => ((await callFromPage(page, 'datasets.list', {})).value as unknown[]).length).toBe(1);
  await startRun(page, { name: 'goes on', pipeline: SLOW, target: 'fat' });
  const engines = enginesOf(workspace);
  expect(engines).toHaveLength(1);

  const renderer = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  process.kill(renderer ?? 0, 'SIGKILL');
  // The driver loses a page that crashes; main can still look into the window. What is asked while the process is being
  // replaced is never answered, so each question is given up after a second.
  const inWindow = (code: string): Promise<unknown> =>
    app.evaluate(
      ({ BrowserWindow }, script) =>
        Promise.race([
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) as Promise<unknown>,
          new Promise((resolve) => setTimeout(resolve, 1000, null)),
        ]),
      code,
    );
  const state = (): Promise<unknown> =>
    inWindow(`document.querySelector('[data-testid="engine-state"]')?.dataset.state ?? 'none'`);
  await expect.poll(state, { timeout: 20_000 }).toBe('ready');
  expect(enginesOf(workspace)).toEqual(engines);

  // Eight variants of a hundred trees and more were not done while the window was away, and are now: nobody else is there.
  const run = (): Promise<unknown> =>
    inWindow(`window.api.call('runs.list', {}).then(({ value: [run] }) => run.name + ' ' + run.status)`);
  expect(await run()).toBe('goes on running');
  await expect.poll(run, { timeout: 90_000 }).toBe('goes on completed');
  await app.close();
});
