import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { dropFiles } from '#tests/e2e/support/drop.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';

/** Data onto the window: dropped, previewed, imported; and what happens to files that are none. */
const samples = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'tecator');
let app: ElectronApplication;
let page: Page;
let files: string;

test.beforeAll(async ({}, info) => {
  files = info.outputPath('files');
  mkdirSync(files, { recursive: true });
  ({ app, page } = await launchApp({ folder: info.outputPath('data') }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
});
test.afterAll(() => app.close());

test('a dropped folder is detected, shown and imported without touching a setting', async () => {
  await dropFiles(page, [samples]);
  const dialog = page.getByTestId('import-dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('X.csv');
  await expect(dialog).toContainText('Y.csv');
  await expect(dialog).toContainText('split.csv');
  await expect(dialog).toContainText('215');
  await page.getByTestId('import-do').click();
  await expect(page.getByTestId('dataset-header')).toContainText('215 samples');
  await expect(page.getByTestId('dataset-header')).toContainText('fat');
});

test('two dropped files, X and Y, become one dataset', async () => {
  await page.getByTestId('nav-runs').click(); // dropping works on every page
  await dropFiles(page, [join(samples, 'X.csv'), join(samples, 'Y.csv')]);
  await expect(page.getByTestId('import-dialog')).toContainText('Y.csv');
  await page.getByTestId('import-do').click();
  // The header of the dataset before it says the same: the import is over when its dialog is gone.
  await expect(page.getByTestId('import-dialog')).toBeHidden();
  await expect(page.getByTestId('dataset-header')).toContainText('moisture');
});

test('a semicolon file with decimal commas is read as what it is', async () => {
  const axis = Array.from({ length: 60 }, (_, j) => 1000 + 10 * j);
  const rows = Array.from({ length: 20 }, (_, i) =>
    [`s${i + 1}`, ...axis.map((_, j) => (0.3 + 0.01 * i + 0.001 * j).toFixed(4).replace('.', ',')), `${10 + i},5`].join(
      ';',
    ),
  );
  const file = join(files, 'europe.csv');
  writeFileSync(file, [`id;${axis.join(';')};protein`, ...rows].join('\n'));
  await dropFiles(page, [file]);
  await expect(page.getByTestId('import-dialog')).toContainText('protein');
  await page.getByTestId('import-do').click();
  await expect(page.getByTestId('dataset-header')).toContainText('20 samples');
  await expect(page.getByTestId('dataset-header')).toContainText('1000–1590 nm (60 points)');
});

test('nonsense is named with file, line and what to do, and nothing is half imported', async () => {
  const file = join(files, 'spiked.csv');
  const row = (i: number, cell: string) =>
    [`s${i}`, cell, ...Array.from({ length: 30 }, (_, j) => `0.${100 + j}`)].join(',');
  const head = ['id', ...Array.from({ length: 31 }, (_, j) => 900 + 2 * j)].join(',');
  writeFileSync(file, [head, row(1, '0.1'), row(2, '0.2'), row(3, '3a'), row(4, '0.4'), row(5, '0.5')].join('\n'));
  await dropFiles(page, [file]);
  const dialog = page.getByTestId('import-dialog');
  await expect(dialog).toContainText('spiked.csv');
  await expect(dialog).toContainText('3a');
  await page.getByTestId('import-do').click();
  const error = page.getByTestId('import-error');
  await expect(error).toContainText('spiked.csv');
  await expect(error).toContainText('line 4');
  await page.getByTestId('import-close').click();
  await expect(dialog).toBeHidden();

  const binary = join(files, 'noise.csv');
  writeFileSync(binary, Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)));
  await dropFiles(page, [binary]);
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('noise.csv');
  await page.getByTestId('import-close').click();

  await page.getByTestId('nav-data').click();
  await expect(page.getByTestId('page-data')).not.toContainText('spiked');
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
});
