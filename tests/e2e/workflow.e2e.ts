import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { answerOpen, answerSave } from '#tests/e2e/support/dialogs.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { screenshot } from '#tests/e2e/support/screenshot.ts';

/** What a new user does, from the first start to predictions of new spectra, and everything is there afterwards. */
test.describe.configure({ mode: 'serial' });

const samples = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'tecator');
let folder: string;
let app: ElectronApplication;
let page: Page;

async function open(): Promise<void> {
  ({ app, page } = await launchApp({ folder }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
}

test.beforeAll(async ({}, info) => {
  folder = info.outputPath('workflow');
  await open();
});
test.afterAll(() => app.close());

test('the first start offers the Tecator example', async () => {
  await expect(page.getByTestId('page-home')).toBeVisible();
  await page.getByTestId('try-tecator').click();
  await page.getByTestId('nav-data').click();
  await expect(page.getByTestId('page-data')).toBeVisible();
  await page
    .getByText(/Tecator meat/)
    .first()
    .click();
  await expect(page.getByTestId('dataset-header')).toContainText('215 samples');
  await expect(page.getByTestId('dataset-header')).toContainText('850–1050 nm');
  await expect(page.getByTestId('spectra-plot')).toContainText(/215/);
  await screenshot(app, page, 'data');
});

test('the pipeline is built with cards, undone, redone, and says how many fits it needs', async () => {
  await page.getByTestId('use-in-pipeline').click();
  await page.getByTestId('template-list').getByText('Tecator fat').click();
  await expect(page.getByTestId('fit-count')).toContainText('60');
  await expect(page.getByTestId('fit-count')).toContainText('31');
  await expect(page.getByTestId('preview-computed')).toContainText('215 of 215');
  await screenshot(app, page, 'builder');

  const cards = page.getByTestId(/^step-card-\d+$/);
  await expect(cards).toHaveCount(3);
  await page.getByTestId('step-switch-1').click();
  await expect(page.getByTestId('fit-count')).toContainText('11');
  await page.getByTestId('bar-edit.undo').click();
  await expect(page.getByTestId('fit-count')).toContainText('31');
  await page.getByTestId('bar-edit.redo').click();
  await expect(page.getByTestId('fit-count')).toContainText('11');
  await page.getByTestId('bar-edit.undo').click();
  await expect(page.getByTestId('fit-count')).toContainText('31');
});

test('the YAML view is the same document, comments kept', async () => {
  await page.getByTestId('view-text').click();
  const text = page.getByTestId('yaml-text');
  await expect(text).toHaveValue(/# The folds are made first/);
  await expect(text).toHaveValue(/_range_: \[1, 20\]/);
  await text.fill((await text.inputValue()).replace('[1, 20]', '[1, 15]'));
  await expect(page.getByTestId('fit-count')).toContainText('45');
  await page.getByTestId('view-cards').click();
  await expect(page.getByTestId('fit-count')).toContainText('45');
  await page.getByTestId('view-text').click();
  await expect(text).toHaveValue(/# The folds are made first/);
  await text.fill((await text.inputValue()).replace('[1, 15]', '[1, 20]'));
  await page.getByTestId('view-cards').click();
  await expect(page.getByTestId('fit-count')).toContainText('60');
});

test('the run goes through its five phases and ends with both kinds of score', async () => {
  await page.getByTestId('run-pipeline').click();
  await expect(page.getByTestId('page-runs')).toBeVisible();
  for (const phase of ['check', 'cv', 'select', 'refit', 'report'])
    await expect(page.getByTestId(`phase-${phase}`)).toBeVisible();
  await expect(page.getByTestId('result-card')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('score-rmsecv')).toContainText('2.00');
  await expect(page.getByTestId('score-card')).toContainText('n = 172');
  await expect(page.getByTestId('score-rmsep')).toContainText('2.13');
  await expect(page.getByTestId('score-card')).toContainText('n = 43');
  await expect(page.getByTestId('fold-grid')).toBeVisible();
  await screenshot(app, page, 'run');
});

test('results are browsable from the run to the fold, and every plot saves', async ({}, info) => {
  await page.getByTestId('see-results').click();
  await expect(page.getByTestId('page-results')).toBeVisible();
  await expect(page.getByTestId('results-tree')).toContainText('SNV');
  await page.getByTestId('tree-variant').first().getByTestId('tree-toggle').click();
  await page.getByTestId('tree-model').first().getByTestId('tree-toggle').click();
  await expect(page.getByTestId('tree-fold').first()).toBeVisible();

  await page.getByTestId('tab-predicted').click();
  await expect(page.getByTestId('predicted-plot')).toBeVisible();
  await screenshot(app, page, 'results');
  const plots = [
    ['predicted', 'predicted-plot'],
    ['residuals', 'residual-plot'],
    ['residuals', 'residual-folds'],
    ['components', 'components-plot'],
    ['coefficients', 'coefficients-plot'],
  ] as const;
  for (const [tab, plot] of plots) {
    await page.getByTestId(`tab-${tab}`).click();
    await savesInEveryFormat(plot, info.outputPath(plot));
  }
  await page.getByTestId('tab-samples').click();
  await expect(page.getByTestId('samples-table')).toContainText('tec');
});

test('the plots of the run screen and of the data save too', async ({}, info) => {
  await page.getByTestId('nav-runs').click();
  for (const plot of ['live-curve', 'live-predicted']) await savesInEveryFormat(plot, info.outputPath(plot));
  await page.getByTestId('nav-data').click();
  await savesInEveryFormat('spectra-plot', info.outputPath('spectra-plot'));
});

/** PNG, SVG and CSV through the plot's own menu, each with the beginning that its format has. */
async function savesInEveryFormat(plot: string, path: string): Promise<void> {
  await expect(page.getByTestId(plot)).toBeVisible();
  for (const [kind, head] of [
    ['png', /^\x89PNG/],
    ['svg', /^<svg/],
    ['csv', /^[^\n]+[,;][^\n]+\n/],
  ] as const) {
    const file = `${path}.${kind}`;
    await answerSave(app, file);
    await page.getByTestId(plot).getByTestId('plot-menu').click();
    await page
      .getByRole('menuitem', { name: new RegExp(kind, 'i') })
      .first()
      .click();
    await expect.poll(() => existsSync(file) && statSync(file).size, { message: file }).toBeGreaterThan(200);
    expect(readFileSync(file, 'latin1').slice(0, 2000), file).toMatch(head);
  }
}

test('the model leaves as a verified ONNX file and as a bundle', async () => {
  for (const format of ['onnx', 'refract'] as const) {
    const file = join(folder, `fat.${format}`);
    await answerSave(app, file);
    await page.getByTestId('nav-models').click();
    await page.getByTestId('model-export').first().click();
    await page.getByTestId(`export-${format}`).click();
    await page.getByTestId('export-start').click();
    await expect(page.getByTestId('export-verification')).toContainText(/43/);
    expect(statSync(file).size).toBeGreaterThan(2000);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('export-dialog')).toBeHidden();
  }
});

test('new spectra are predicted with the exported file, in a table, a plot and a CSV', async ({}, info) => {
  await page.getByTestId('nav-predict').click();
  await answerOpen(app, [join(folder, 'fat.onnx')]);
  await page.getByTestId('open-model').click();
  await answerOpen(app, [join(samples, 'X_extrapolation.csv')]);
  await page.getByTestId('open-spectra').click();
  await expect(page.getByTestId('predict-count')).toContainText('25');
  await expect(page.getByTestId('predict-table')).toContainText('tec216');
  await expect(page.getByTestId('predict-plot')).toBeVisible();
  await expect(page.getByTestId(/^toast-/)).toHaveCount(0); // those of the export go by themselves
  await screenshot(app, page, 'predict');
  const csv = info.outputPath('predictions.csv');
  await answerSave(app, csv);
  await page.getByTestId('predict-csv').click();
  await expect.poll(() => existsSync(csv)).toBe(true);
  const lines = readFileSync(csv, 'utf8').trim().split(/\r?\n/);
  expect(lines).toHaveLength(26);
  expect(lines[0]).toContain('fat');
});

test('everything is there after a restart', async () => {
  await app.close();
  await open();
  await page.getByTestId('nav-runs').click();
  await expect(page.getByTestId('run-list')).toContainText('Tecator fat');
  await page.getByTestId('nav-results').click();
  await expect(page.getByTestId('results-tree')).toContainText('Tecator fat');
  await page.getByTestId('nav-models').click();
  await expect(page.getByTestId('model-card')).toHaveCount(1);
  await page.getByTestId('nav-pipelines').click();
  await expect(page.getByTestId('pipeline-list')).toContainText('Tecator fat');
  await page.getByTestId('nav-data').click();
  await expect(page.getByTestId('dataset-list')).toContainText('Tecator meat');
});
