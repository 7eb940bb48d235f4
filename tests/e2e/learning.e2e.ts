import { writeFileSync } from 'node:fs';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { dropFiles } from '#tests/e2e/support/drop.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { screenshot } from '#tests/e2e/support/screenshot.ts';

/** Classification and finetuning, from the drop to the confusion matrix and the trials. */
test.describe.configure({ mode: 'serial' });

let app: ElectronApplication;
let page: Page;

/** Sixty spectra of three classes that a band tells apart, with much noise; `amount` grows with the band. */
function threeClasses(): string {
  const axis = Array.from({ length: 80 }, (_, j) => 1000 + 5 * j);
  const noise = (k: number) => 0.5 * Math.sin(12.9898 * k) * Math.cos(78.233 * k);
  const rows = Array.from({ length: 60 }, (_, i) => {
    const kind = i % 3;
    const amount = 1 + 0.2 * kind + 0.1 * Math.sin(i);
    const spectrum = axis.map(
      (x, j) =>
        0.5 + amount * Math.exp(-(((x - 1200 - 4 * kind) / 30) ** 2)) + 0.3 * Math.sin(x / 90) + noise(i * 80 + j),
    );
    return [`s${i}`, ...spectrum.map((v) => v.toFixed(6)), amount.toFixed(4), ['barley', 'oat', 'rye'][kind]].join(',');
  });
  return [['sample', ...axis, 'amount', 'grain'].join(','), ...rows].join('\n');
}

/** Writes a document into the open editor and chooses its target. */
async function write(text: string, target: string): Promise<void> {
  await page.getByTestId('view-text').click();
  await page.getByTestId('yaml-text').fill(text);
  await page.getByTestId('view-cards').click();
  await page.getByTestId('run-target').click();
  await page.getByRole('option', { name: target }).click();
}

test.beforeAll(async ({}, info) => {
  const folder = info.outputPath('learning');
  ({ app, page } = await launchApp({ folder }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  const file = info.outputPath('grains.csv');
  writeFileSync(file, threeClasses());
  await dropFiles(page, [file]);
  await page.getByTestId('import-do').click();
  await expect(page.getByTestId('dataset-header')).toContainText('60 samples');
  await page.getByTestId('use-in-pipeline').click();
  await page.getByTestId('new-pipeline').click();
});
test.afterAll(() => app.close());

test('a label column is the target of a classifier, and the confusion matrix is there fold by fold', async () => {
  await write(
    'pipeline:\n  - SNV\n  - StratifiedKFold: {n_splits: 4, shuffle: true, random_state: 1}\n  - PLSDA: {n_components: 3}\n',
    'grain',
  );
  await page.getByTestId('run-pipeline').click();
  await expect(page.getByTestId('result-card')).toContainText('Balanced accuracy', { timeout: 60_000 });
  await page.getByTestId('see-results').click();
  await page.getByTestId('tab-confusion').click();
  await expect(page.getByTestId('confusion-plot')).toBeVisible();
  await screenshot(app, page, 'classification');
});

test('a search shows its trials while it runs and afterwards, and the caches say what they saved', async () => {
  await page.getByTestId('nav-pipelines').click();
  await write(
    [
      'pipeline:',
      '  - _or_: [SNV, MSC]',
      '  - KFold: {n_splits: 4, shuffle: true, random_state: 1}',
      '  - model: PLS',
      '    finetune_params:',
      '      n_trials: 6',
      '      sampler: tpe',
      '      model_params: {n_components: [int, 1, 8], scale: [true, false]}',
    ].join('\n'),
    'amount',
  );
  await page.getByTestId('run-pipeline').click();
  await expect(page.getByTestId('result-card')).toContainText('Found by finetuning', { timeout: 60_000 });
  await expect(page.getByTestId('cache-panel')).toBeVisible();
  await page.getByTestId('see-results').click();
  await page.getByTestId('tab-trials').click();
  await expect(page.getByTestId('trials-plot')).toBeVisible();
});
