import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { dropFiles } from '#tests/e2e/support/drop.ts';
import { enginesOf } from '#tests/e2e/support/engineProcesses.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { screenshot } from '#tests/e2e/support/screenshot.ts';
import { startRun } from '#tests/e2e/support/startRun.ts';

/** A long run in the window: progress, cancel, and an engine that dies in the middle. */
let app: ElectronApplication;
let page: Page;
let folder: string;

/** Work for minutes: RepeatedKFold on a few thousand spectra. */
const LONG = `name: Long
pipeline:
  - RepeatedKFold: {n_splits: 10, n_repeats: 10, random_state: 1}
  - MSC
  - PLS: {n_components: {_range_: [1, 40]}, scale: true}
`;

/** Work for some seconds. */
const MIDDLE = `name: Killed
pipeline:
  - _or_: [SNV, MSC, Detrend]
  - RepeatedKFold: {n_splits: 10, n_repeats: 5, random_state: 1}
  - PLS: {n_components: {_range_: [1, 30]}}
`;

test.beforeAll(async ({}, info) => {
  folder = info.outputPath('runs');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'long.csv');
  const axis = Array.from({ length: 400 }, (_, j) => 1100 + 2 * j);
  const lines = Array.from({ length: 2000 }, (_, i) => {
    const a = ((i * 7919) % 1000) / 1000;
    const b = ((i * 104729) % 997) / 997;
    const x = axis.map((_, j) =>
      (0.5 + a * Math.sin(j / 40) + b * Math.cos(j / 23) + (((i * 31 + j * 17) % 101) / 101) * 0.01).toFixed(5),
    );
    return [`s${i}`, ...x, (20 * a + 3 * b).toFixed(3)].join(',');
  });
  writeFileSync(file, [`id,${axis.join(',')},target`, ...lines].join('\n'));
  ({ app, page } = await launchApp({ folder }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await dropFiles(page, [file]);
  await page.getByTestId('import-do').click();
  await expect(page.getByTestId('dataset-header')).toContainText('2,000 samples');
});
test.afterAll(() => app.close());

async function startLongRun(): Promise<void> {
  await startRun(page, { name: 'Long', pipeline: LONG, target: null });
  await page.getByTestId('nav-runs').click();
  // The page comes back as it was left: with the list, or with a run.
  const all = page.getByRole('button', { name: 'All runs' });
  const first = page.getByTestId('open-run').first();
  await expect(all.or(first)).toBeVisible();
  if (await all.isVisible()) await all.click();
  await first.click();
  await expect(page.getByTestId('folds-done')).toBeVisible();
}

test('cancel is acknowledged at once, the run stops, and what is done is kept', async () => {
  await startLongRun();
  await expect(page.getByTestId('folds-done')).toContainText(/^[1-9]/, { timeout: 60_000 });
  // Timed inside the page: a driver's round trips are longer than the acknowledgement.
  const { acknowledged, stopped } = await page.evaluate(async () => {
    const find = (id: string) => document.querySelector<HTMLButtonElement>(`[data-testid="${id}"]`);
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((next) => requestAnimationFrame(next));
      return performance.now();
    };
    const asked = performance.now();
    find('cancel-run')?.click();
    const first = await until(() => find('cancel-run')?.disabled !== false);
    const last = await until(() => find('run-cancelled') !== null);
    return { acknowledged: Math.round(first - asked), stopped: Math.round(last - asked) };
  });
  console.info(`Cancel: acknowledged after ${acknowledged} ms, stopped after ${stopped} ms.`);
  await expect(page.getByTestId('run-cancelled')).toBeVisible();
  await page.getByTestId('nav-data').click(); // the window goes on
  await expect(page.getByTestId('page-data')).toBeVisible();
});

test('the window works while a run uses the cores, and a dead engine leaves the run as interrupted', async () => {
  await startLongRun();
  await expect(page.getByTestId('folds-done')).toContainText(/^[1-9]/, { timeout: 60_000 });
  await page.getByTestId('nav-data').click();
  await expect(page.getByTestId('page-data')).toBeVisible();
  await page.getByTestId('nav-runs').click();

  const workspace = join(folder, 'workspace');
  const before = enginesOf(workspace);
  await page.evaluate(() =>
    (window as unknown as { api: { call(n: string, i: object): Promise<unknown> } }).api.call('engine.restart', {}),
  );
  await expect.poll(() => enginesOf(workspace).filter((pid) => !before.includes(pid))).toHaveLength(1);
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.getByTestId('nav-runs').click();
  await expect(page.getByTestId('page-runs')).toContainText(/interrupted/i);

  await page.getByTestId('resume-run').click();
  await expect(page.getByTestId('cancel-run')).toBeVisible();
  await page.getByTestId('cancel-run').click();
  await expect(page.getByTestId('run-cancelled')).toBeVisible();
});

test('a killed application finds its interrupted run at the next start, and it goes on', async () => {
  await startRun(page, { name: 'Killed', pipeline: MIDDLE, target: null });
  await page.getByTestId('nav-runs').click();
  const all = page.getByRole('button', { name: 'All runs' });
  const first = page.getByTestId('open-run').first();
  await expect(all.or(first)).toBeVisible();
  if (await all.isVisible()) await all.click();
  await first.click();
  await expect(page.getByTestId('folds-done')).toContainText(/^[1-9]/, { timeout: 60_000 });
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await gone;
  await expect.poll(() => enginesOf(join(folder, 'workspace')), { timeout: 20_000 }).toHaveLength(0);

  ({ app, page } = await launchApp({ folder }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.getByTestId('nav-home').click();
  await expect(page.getByTestId('interrupted-runs')).toContainText('Killed');
  await screenshot(app, page, 'interrupted-home');
  await page.getByTestId('resume-interrupted').first().click();
  await expect(page.getByTestId('result-card')).toBeVisible({ timeout: 120_000 });
  await screenshot(app, page, 'resumed');
});
