import { mkdirSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { startRun } from '#tests/e2e/support/startRun.ts';

/**
 * A run of many variants in the window: 800, or with REFRACT_LOAD_WINDOWS=25 all 5,000. The window hears of it in few
 * messages and goes on answering. Prints the longest task of the window's thread in each stage.
 */
const WINDOWS = Number(process.env['REFRACT_LOAD_WINDOWS'] ?? 4);
const VARIANTS = 200 * WINDOWS;
const SCATTER =
  '[SNV, MSC, RobustSNV, LocalSNV, VectorNormalization, MinMaxNormalization, AreaNormalization, Detrend, EMSC, null]';
const PIPELINE = [
  'pipeline:',
  `  - _or_: ${SCATTER}`,
  `  - SavitzkyGolay: {window_length: {_range_: [5, ${3 + 2 * WINDOWS}, 2]}, polyorder: {_or_: [2, 3]}, deriv: {_or_: [1, 2]}}`,
  '  - _or_: [{Gaussian: {sigma: 1}}, {Gaussian: {sigma: 2}}, {Gaussian: {sigma: 3}}, Detrend, null]',
  '  - KFold: {n_splits: 10, shuffle: true, random_state: 42}',
  '  - PLS: {n_components: 8, scale: false}',
].join('\n');

interface Seen {
  longest: number;
  messages: number;
  events: number;
  began: number;
  ended: number;
}
type Watched = Window & { seen: Seen };

test('a run of many variants reaches the window in few messages, and the window goes on answering', async ({}, info) => {
  test.setTimeout(900_000);
  const folder = info.outputPath('many');
  mkdirSync(folder, { recursive: true });
  const { app, page } = await launchApp({ folder });
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.evaluate(async () => {
    interface Api {
      call(name: string, input: object): Promise<unknown>;
      subscribe(name: string, listener: (values: readonly { type: string }[]) => void): () => void;
    }
    const { api } = window as unknown as { api: Api };
    const seen: Seen = { longest: 0, messages: 0, events: 0, began: 0, ended: 0 };
    (window as unknown as Watched).seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ entryTypes: ['longtask'] });
    api.subscribe('runs.events', (values) => {
      seen.began ||= performance.now();
      seen.messages++;
      seen.events += values.length;
      if (values.some(({ type }) => type === 'run.completed')) seen.ended = performance.now();
    });
    await api.call('datasets.importSample', { sample: 'tecator' });
  });
  await startRun(page, { name: 'Many', pipeline: PIPELINE, target: 'fat' });
  await page.getByTestId('nav-runs').click();
  await page.getByTestId('open-run').first().click();
  await expect(page.getByTestId('folds-done')).toContainText(/^[1-9]/, { timeout: 60_000 });
  await longestTask(page); // what opening the page took
  await page.getByTestId('run-log-toggle').click();
  await page.getByTestId('nav-data').click();
  await page.getByTestId('nav-runs').click();
  const returning = Date.now();
  await expect(page.getByTestId('folds-done')).toBeVisible({ timeout: 120_000 });
  const returned = Date.now() - returning;
  await expect
    .poll(() => page.evaluate(() => (window as unknown as Watched).seen.ended), { timeout: 800_000 })
    .not.toBe(0);
  const running = await longestTask(page);
  const { messages, events, began, ended } = await page.evaluate(() => (window as unknown as Watched).seen);
  const seconds = (ended - began) / 1000;
  expect(events).toBeGreaterThan(10 * VARIANTS);
  expect(messages).toBeLessThanOrEqual(3 + 21 * seconds);

  await expect(page.getByTestId('folds-done')).toContainText((10 * VARIANTS).toLocaleString('en-GB'), {
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'All runs' }).click();
  await longestTask(page);
  const opening = Date.now();
  await page.getByTestId('open-run').first().click();
  await expect(page.getByTestId('folds-done')).toBeVisible({ timeout: 60_000 });
  const opened = Date.now() - opening;
  const history = await longestTask(page);
  await page.getByTestId('nav-results').click();
  const tree = page.getByTestId('results-tree');
  await expect(tree).toBeVisible();
  await page.getByTestId('results-filter').fill('MSC');
  await page.waitForTimeout(1000);
  await page.getByTestId('results-filter').fill('');
  await tree.hover();
  for (let k = 0; k < 20; k++) await page.mouse.wheel(0, 2000);
  await page.waitForTimeout(1000);
  const results = await longestTask(page);
  console.info(
    `${VARIANTS} variants × 10 folds in ${seconds.toFixed(1)} s: ${events} events in ${messages} messages; coming back ` +
      `to it meanwhile took ${returned} ms; longest task ${running} ms while it ran, ${history} ms and ${opened} ms in all to open it afterwards, ${results} ms in the results.`,
  );
  await app.close();
});

/** Of the window's thread since it was asked last, in milliseconds. */
const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { seen } = window as unknown as Watched;
    const longest = Math.round(seen.longest);
    seen.longest = 0;
    return longest;
  });
