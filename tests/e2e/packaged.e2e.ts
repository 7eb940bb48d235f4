import { expect, test } from '@playwright/test';
import { launchApp } from '#tests/e2e/support/launch.ts';

test('the packaged application starts, runs the example and keeps it', async ({}, info) => {
  const folder = info.outputPath('packaged');
  const { app, page } = await launchApp({ folder, packaged: true });
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i, { timeout: 30_000 });
  expect(await app.evaluate(({ app: electron }) => electron.isPackaged)).toBe(true);
  await page.getByTestId('try-tecator').click();
  await page.getByTestId('nav-pipelines').click();
  await page.getByTestId('template-list').getByText('Tecator fat').click();
  await expect(page.getByTestId('fit-count')).toContainText('31');
  await page.getByTestId('run-pipeline').click();
  await expect(page.getByTestId('result-card')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('score-rmsecv')).toContainText('2.00');
  await app.close();

  const again = await launchApp({ folder, packaged: true });
  await again.page.getByTestId('nav-models').click();
  await expect(again.page.getByTestId('model-card')).toHaveCount(1);
  await again.app.close();
});
