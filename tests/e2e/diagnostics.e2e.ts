import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { callFromPage } from '#tests/e2e/support/callFromPage.ts';
import { answerOpen } from '#tests/e2e/support/dialogs.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { screenshot } from '#tests/e2e/support/screenshot.ts';
import { startRun } from '#tests/e2e/support/startRun.ts';

/** Data with marks in everything that can be named or measured, errors made with it, and no mark in log or diagnostics. */
const MARK = 'Quaxolotl';
const SECRET = 's3cr3t-Quux-4711';
let app: ElectronApplication;
let page: Page;
let folder: string;

test.beforeAll(async ({}, info) => {
  folder = info.outputPath('diagnostics');
  ({ app, page } = await launchApp({ folder, env: { SPECTRA_API_TOKEN: SECRET } }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
});
test.afterAll(() => app.close());

/** Values that no other number of the application looks like. */
const value = (row: number, column: number): string => `${(0.7351 + row * 0.0137 + column * 0.0211).toFixed(7)}9431`;
const header = ['sample', ...Array.from({ length: 12 }, (_, k) => String(1100 + 10 * k)), `fat${MARK}`, `lot${MARK}`];
const row = (k: number): string[] => [
  `${MARK}-${k}`,
  ...Array.from({ length: 12 }, (_, column) => value(k, column)),
  `${(12.3457 + k).toFixed(6)}7531`,
  `${MARK}lot${k % 3}`,
];
const table = (rows: readonly (readonly string[])[]): string => rows.map((cells) => cells.join(',')).join('\n');

async function logText(): Promise<string> {
  await page.waitForTimeout(300);
  const logs = join(folder, 'user-data', 'logs');
  return readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('\n');
}

async function inspect(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await answerOpen(app, [path]);
  await page.evaluate(async () => {
    interface Reply {
      value?: { file: string }[] & { options?: object };
    }
    const { api } = window as unknown as { api: { call(name: string, input: object): Promise<Reply> } };
    const [granted] = (await api.call('dialog.open', { kind: 'data' })).value ?? [];
    const files = [granted?.file ?? ''];
    const proposal = await api.call('datasets.inspect', { files });
    const options = proposal.value?.options;
    if (options) await api.call('datasets.import', { files, options, jobId: 'job_00000001' });
    await api.call('datasets.import', { files });
  });
}

test('errors with the person’s data in them leave only codes and sentences without names', async () => {
  const rows = Array.from({ length: 30 }, (_, k) => row(k));
  await inspect(`${MARK}.csv`, table([header, ...rows]));
  await inspect(
    `${MARK}-text.csv`,
    table([header, ...rows.map((cells, k) => (k === 4 ? cells.with(3, `${MARK}?`) : cells))]),
  );
  await inspect(`${MARK}-ragged.csv`, table([header, ...rows.slice(0, 5), [MARK, '1', '2']]));
  await inspect(`${MARK}-twice.csv`, table([header, ...rows, row(3).with(4, '9')]));
  await inspect(`${MARK}-quote.csv`, `${table([header, ...rows])}\n"${MARK}`);
  await inspect(`${MARK}.yaml`, `name: ${MARK}\nfiles: [${MARK}, {${MARK}`);
  await inspect(`${MARK}.json`, `{"${MARK}": ["${MARK}", `);

  const datasets = async (): Promise<{ id: string; name: string }[]> =>
    (await callFromPage(page, 'datasets.list', {})).value as { id: string; name: string }[];
  expect((await datasets()).map(({ name }) => name).join()).toContain(MARK); // the marks are in the workspace
  const [{ id } = { id: '' }] = await datasets();
  await callFromPage(page, 'datasets.rename', { id, name: `${MARK} data` });

  // Runs on these data: good ones, and ones that fail.
  for (const [name, pipeline, target] of [
    [`${MARK} run`, 'pipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: 3}\n', `nothing${MARK}`],
    [`${MARK} run`, `pipeline:\n  - ${MARK}: {x: ${MARK}}\n  - PLS\n`, `fat${MARK}`],
    [`${MARK} run`, `pipeline: [${MARK}, {${MARK}: [`, `fat${MARK}`],
    [`${MARK} run`, `# ${MARK}\npipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: 3}\n`, `fat${MARK}`],
  ] as const)
    await startRun(page, { name, pipeline, target });
  for (const [name, request] of [
    ['pipelines.check', { text: `${MARK}: [`, datasetId: null }],
    ['pipelines.save', { id: null, name: MARK, text: MARK }],
    ['datasets.rename', { id: `ds_${MARK.toLowerCase()}`, name: MARK }],
    ['results.variants', { runId: MARK, password: SECRET }],
    [MARK, { token: SECRET }],
  ] as const)
    await callFromPage(page, name, request);
  // What pages and scripts throw, and what an address may carry.
  await page.evaluate((mark) => {
    setTimeout(() => {
      throw new Error(`${mark} 0.12345678 in a page`);
    });
    void Promise.reject(new TypeError(`${mark} rejected`));
    console.error(`${mark} printed`, { token: mark });
    void fetch(`https://example.org/?token=${mark}`).catch(() => undefined);
    window.open(`https://example.org/${mark}`);
  }, MARK);
  await page.waitForTimeout(500);

  const log = await logText();
  expect(log).toMatch(/ app\.started version=/);
  expect(log).toMatch(/ engine\.ready /);
  expect(log).toMatch(/ warn {2}call\.failed call=datasets\.(inspect|import) code=data\./);
  expect(log).toMatch(/ info {2}run\.started runId=\d{8}T/);
  expect(log).toMatch(/ info {2}run\.completed runId=\d{8}T/);
  expect(log).toMatch(/window\.error kind=(Error|TypeError)/);
  for (const mark of [MARK, MARK.toLowerCase(), SECRET, '9431', '7531', folder]) expect(log, mark).not.toContain(mark);
});

test('the diagnostics are shown, hold what helps, and nothing of the person’s', async () => {
  await page.getByTestId('nav-settings').click();
  await page.getByTestId('show-diagnostics').click();
  const shown = page.getByTestId('diagnostics-text');
  await expect(shown).toContainText('Refract diagnostics');
  const text = await shown.innerText();
  for (const wanted of [
    'Electron: ',
    'Chromium: ',
    'System: ',
    'Processors: ',
    'Graphics: ',
    'Workers: ',
    'Datasets: ',
    'Models: ',
    'Runs: ',
    'Size: ',
    'Errors since the start',
    'app.started',
    'data.',
  ])
    expect(text).toContain(wanted);
  for (const mark of [MARK, MARK.toLowerCase(), SECRET, '9431', '7531']) expect(text, mark).not.toContain(mark);
  const home = process.env['HOME'] ?? '';
  if (home.length > 1) expect(text).not.toContain(`${home}/`);

  // What is copied is what was read, to the letter.
  await page.getByTestId('diagnostics-copy').click();
  await expect(page.getByTestId('diagnostics-copy')).toContainText('Copied');
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(
    await shown.evaluate((element) => element.textContent),
  );
});

for (const theme of ['light', 'dark'] as const)
  test(`the dialog is accessible and readable, ${theme} theme`, async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('diagnostics')).toBeHidden();
    await page.getByTestId(`theme-${theme}`).click();
    // By keyboard: the palette has it, and so has the Help menu.
    await page.keyboard.press('Control+K');
    await page.keyboard.type('diagnostics');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('diagnostics-text')).toContainText('Refract diagnostics');
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
    await screenshot(app, page, `diagnostics-${theme}`);
  });

test('the Help menu opens it, and it tells of an engine that does not answer', async () => {
  await page.keyboard.press('Escape');
  await app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&Help');
    help?.submenu?.items.find(({ label }) => label.includes('Diagnostics'))?.click();
  });
  await expect(page.getByTestId('diagnostics-text')).toContainText('State: ready');
  await page.keyboard.press('Escape');
  await callFromPage(page, 'engine.restart', {});
  const reply = await callFromPage(page, 'diagnostics.read', {});
  expect((reply.value as { text: string }).text).toMatch(/State: restarting/);
});
