import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { answerSave } from '#tests/e2e/support/dialogs.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { screenshot } from '#tests/e2e/support/screenshot.ts';
import { startRun } from '#tests/e2e/support/startRun.ts';

/** A stack in the window: its base models while it runs and afterwards, one of them refitted by itself, a restart. */
test.describe.configure({ mode: 'serial' });

let folder: string;
let app: ElectronApplication;
let page: Page;

const STACK = `name: Stack of three branches
pipeline:
  - KFold: {n_splits: 5, shuffle: true, random_state: 7}
  - branch:
      scatter:
        - StandardNormalVariate
        - PLSRegression: {n_components: 10}
      derivative:
        - SavitzkyGolay: {window_length: 15, polyorder: 2, deriv: 1}
        - PLSRegression: {n_components: 8}
      ridge:
        - StandardNormalVariate
        - Ridge: {alpha: 0.01}
  - merge: predictions
  - Ridge: {alpha: 1.0}
`;

async function open(): Promise<void> {
  ({ app, page } = await launchApp({ folder }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
}

test.beforeAll(async ({}, info) => {
  folder = info.outputPath('stacking');
  await open();
  await page.getByTestId('try-tecator').click();
  await page.getByTestId('nav-data').click();
  await expect(page.getByTestId('page-data')).toContainText('Tecator meat');
});
test.afterAll(() => app.close());

async function startStack(): Promise<void> {
  await startRun(page, { name: 'Stack of three branches', pipeline: STACK, target: 'fat' });
  await page.getByTestId('nav-runs').click();
  await page.getByTestId('open-run').first().click();
}

test('the run screen groups base models by branch, leaves them out of the choice, and shows the steps of the refit', async () => {
  await startStack();
  await expect(page.getByTestId('result-card')).toBeVisible({ timeout: 60_000 });
  const grid = page.getByTestId('fold-grid');
  await expect(grid.getByTestId('grid-branch')).toHaveCount(3);
  await expect(grid.getByTestId('grid-branch').nth(1)).toContainText('derivative');
  await expect(grid.locator('[data-base=true]')).toHaveCount(3);
  await expect(grid.getByTestId('best-row')).toHaveCount(1);
  // On this sample the stack is a little worse than its best base model: it is chosen all the same.
  await expect(grid.locator('[data-base=false]').filter({ has: page.getByTestId('best-row') })).toContainText('Ridge');
  await expect(page.getByTestId('refit-step')).toHaveText([
    /base model 1 of 3: PLS \(branch scatter\)/,
    /base model 2 of 3: PLS \(branch derivative\)/,
    /base model 3 of 3: Ridge \(branch ridge\)/,
    /meta-model/,
    /evaluation/,
  ]);
  await expect(page.locator('[data-testid=refit-step][data-state=done]')).toHaveCount(5);
  await screenshot(app, page, 'stacking-run');
});

test('results show the base models by branch with their own scores, weights and contributions', async () => {
  await page.getByTestId('see-results').click();
  const table = page.getByTestId('base-models');
  await expect(page.getByTestId('contributions')).toBeVisible();
  await expect(table.getByTestId('base-model')).toHaveCount(3);
  await expect(table.getByTestId('base-model').first()).toContainText(/scatter.*PLS.*172.*\d\s?%/);
  await screenshot(app, page, 'stacking-results');

  await page.getByTestId('tree-variant').first().getByTestId('tree-toggle').click();
  await expect(page.getByTestId('tree-branch')).toHaveCount(3);
  await expect(page.getByTestId('tree-base')).toHaveCount(3);
  await page.getByTestId('tree-base').first().getByTestId('tree-toggle').click();
  await expect(page.getByTestId('tree-fold').first()).toBeVisible();
});

test('a base model has pages of its own', async () => {
  await page.getByTestId('tree-base').nth(1).click();
  await expect(page.getByTestId('variant-title')).toContainText('PLS');
  await expect(page.getByTestId('base-mark')).toBeVisible();
  for (const [tab, plot] of [
    ['predicted', 'predicted-plot'],
    ['residuals', 'residual-folds'],
    ['coefficients', 'coefficients-plot'],
  ] as const) {
    await page.getByTestId(`tab-${tab}`).click();
    await expect(page.getByTestId(plot)).toBeVisible();
  }
  await page.getByTestId('tab-overview').click();
});

test('a base model is refitted by itself once, is among the models, and leaves as a verified file', async () => {
  await page.getByTestId('refit-model').click();
  await expect(page.getByTestId('refit-done')).toContainText(/RMSEC .* RMSEP/, { timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('is-refitted')).toBeVisible();
  await expect(page.getByTestId('refit-model')).toHaveCount(0);
  const file = join(folder, 'base.refract');
  await answerSave(app, file);
  await page.getByTestId('export-variant').click();
  await page.getByTestId('export-refract').click();
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-verification')).toContainText(/43/, { timeout: 30_000 });
  expect(existsSync(file) && statSync(file).size).toBeGreaterThan(2000);
  await page.keyboard.press('Escape');
  await page.getByTestId('nav-models').click();
  await expect(page.getByTestId('model-card')).toHaveCount(2);
});

test('it is there after a restart', async () => {
  await app.close();
  await open();
  await page.getByTestId('nav-models').click();
  await expect(page.getByTestId('model-card')).toHaveCount(2);
  await page.getByTestId('nav-results').click();
  await page.getByTestId('base-models').getByRole('button', { name: 'PLS' }).nth(1).click();
  await expect(page.getByTestId('base-mark')).toBeVisible();
  await expect(page.getByTestId('is-refitted')).toBeVisible();
});
