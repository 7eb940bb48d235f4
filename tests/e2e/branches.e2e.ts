import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { answerSave } from '#tests/e2e/support/dialogs.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { screenshot } from '#tests/e2e/support/screenshot.ts';

/** A stack of models is built twice, by mouse and by keyboard, drawn as a diagram, and run. */
test.describe.configure({ mode: 'serial' });

let folder: string;
let app: ElectronApplication;
let page: Page;

test.beforeAll(async ({}, info) => {
  folder = info.outputPath('branches');
  ({ app, page } = await launchApp({ folder }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.getByTestId('try-tecator').click();
  await page.getByTestId('nav-pipelines').click();
});
test.afterAll(() => app.close());

const card = (id: string): Locator => page.getByTestId(`step-card-${id}`);

async function start(text: string): Promise<void> {
  await page.getByTestId('nav-pipelines').click();
  if (await page.getByTestId('builder-back').isVisible()) await page.getByTestId('builder-back').click();
  await page.getByTestId('new-pipeline').click();
  await write(text);
}

async function write(text: string): Promise<void> {
  await page.getByTestId('view-text').click();
  await page.getByTestId('yaml-text').fill(text);
  await page.getByTestId('view-cards').click();
}

async function text(): Promise<string> {
  await page.getByTestId('view-text').click();
  const value = await page.getByTestId('yaml-text').inputValue();
  await page.getByTestId('view-cards').click();
  return value;
}

/** Picks a step in the palette that is open at a place. */
async function pick(query: string, key: string): Promise<void> {
  await page.getByTestId('add-menu-search').fill(query);
  await page.getByTestId('add-menu').getByTestId(`palette-${key}`).click();
}

/** Drags what is at one place onto another, as a hand does it: in several moves. */
async function drag(from: Locator, to: Locator): Promise<void> {
  await to.scrollIntoViewIfNeeded();
  await from.hover();
  await page.mouse.down();
  const box = await to.boundingBox();
  if (!box) throw new Error('There is nothing to drop onto.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 12, { steps: 6 });
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
}

const STACK = [/branch:/, /- \[SNV, \{PLS/, /- \[Ridge\]/, /merge: predictions/, /- Ridge\n/];

test('a stack is built by mouse', async () => {
  await start('pipeline:\n  - KFold: {n_splits: 5, shuffle: true, random_state: 42}\n  - SNV\n');
  await page.getByTestId('add-step').click();
  await pick('branch', 'combine:branch');
  await expect(page.getByTestId('lanes-2')).toBeVisible();
  await page.getByTestId('lane-step-2-0').click();
  await pick('PLS', 'PLS');
  await page.getByTestId('lane-step-2-1').click();
  await pick('Ridge', 'Ridge');
  await drag(card('1').locator('[title]').first(), page.getByTestId('lane-header-2-0'));
  // Dropped onto the header it went to the end; dragged over the model it goes before it.
  await drag(card('1-0-1'), page.getByTestId('insert-1-0-0').locator('..'));
  await expect(card('1-0-0')).toContainText('SNV');
  await page.getByTestId('join-predictions-1').click();
  await expect(card('2')).toContainText('Stack models');
  await expect(card('3').getByTestId('meta-note')).toContainText('PLS');
  await expect(card('3').getByTestId('meta-note')).toContainText('Ridge');
  const written = await text();
  for (const part of STACK) expect(written).toMatch(part);
});

test('a lane is named, and the merge follows', async () => {
  await page.getByTestId('lane-menu-1-1').click();
  await page.getByTestId('lane-rename-1-1').click();
  await page.getByTestId('lane-name-1-1').fill('plain ridge');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('lane-header-1-1')).toContainText('plain ridge');
  await expect(card('3').getByTestId('meta-note')).toContainText('plain ridge');
  await card('2').click();
  await page.getByTestId('merge-predictions-0').click();
  expect(await text()).toMatch(/predictions: \[plain ridge\]/);
  await page.getByTestId('bar-edit.undo').click();
  await page.getByTestId('bar-edit.undo').click();
  expect(await text()).toMatch(/- \[SNV, \{PLS/);
});

test('a model between merge and meta-model is refused with a reason', async () => {
  await page.getByTestId('palette-search').fill('random forest');
  await drag(
    page.getByTestId('palette').getByTestId('palette-RandomForestRegressor'),
    page.getByTestId('insert-3').locator('..'),
  );
  await expect(page.getByText(/does not fit between the merge/)).toBeVisible();
  await page.getByTestId('palette-search').fill('');
});

test('the same stack is built by keyboard alone', async () => {
  await start('pipeline:\n  - KFold: {n_splits: 5, shuffle: true, random_state: 42}\n  - SNV\n');
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  const add = async (query: string): Promise<void> => {
    await keys('+');
    await expect(page.getByTestId('add-menu-search')).toBeFocused();
    await page.keyboard.type(query);
    await keys('Enter');
    await expect(page.getByTestId('add-menu-search')).toBeHidden();
  };
  await page.getByTestId('step-list').getByRole('treeitem').first().focus();
  await keys('ArrowDown');
  await add('branch');
  await page.locator('[data-testid=step-list] > [role=treeitem]').nth(1).focus();
  await keys('ArrowDown', 'ArrowRight'); // the branch, then its first lane
  await expect(page.getByTestId('lane-header-2-0')).toBeFocused();
  await add('PLS');
  await page.getByTestId('lane-header-2-1').focus();
  await add('Ridge');
  await page.locator('[data-testid=step-list] > [role=treeitem]').nth(1).focus();
  await keys('Alt+ArrowRight'); // the SNV goes into the branch below it
  await expect(card('1-0-0')).toContainText('SNV');
  await expect(page.getByTestId('step-list').locator('[role=treeitem]:focus')).toContainText('SNV');
  await page.getByTestId('join-predictions-1').focus();
  await keys('Enter');
  const written = await text();
  for (const part of STACK) expect(written).toMatch(part);

  // A step goes from lane to lane, a lane to another place, and everything back.
  await page.locator('[data-testid=step-card-1-0-0]').locator('..').focus();
  await keys('Alt+ArrowRight');
  expect(await text()).toMatch(/- \[SNV, Ridge\]/);
  await page.getByTestId('lane-header-1-1').focus();
  await keys('Alt+ArrowLeft');
  expect(await text()).toMatch(/branch:\n\s+- \[SNV, Ridge\]/);
  await keys('Control+z', 'Control+z');
  const again = await text();
  for (const part of STACK) expect(again).toMatch(part);
});

test('the diagram shows the stack, zooms, and leaves as a picture', async () => {
  await page.getByTestId('view-diagram').click();
  const picture = page.getByTestId('diagram-pane').locator('svg');
  await expect(picture).toContainText('Stack models');
  await expect(picture).toContainText('out-of-fold predictions');
  await page.getByTestId('diagram-pane').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('0');
  const file = join(folder, 'stack.svg');
  await answerSave(app, file);
  await page.getByTestId('diagram-save').click();
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^<svg [^]*<title[^]*<desc[^]*Stack models[^]*<\/svg>\s*$/);
  await screenshot(app, page, 'diagram');
  await page.getByTestId('view-cards').click();
});

for (const theme of ['light', 'dark'] as const)
  test(`lanes, their settings and the diagram are accessible, ${theme} theme`, async () => {
    await page.getByTestId('nav-settings').click();
    await page.getByTestId(`theme-${theme}`).click();
    await page.getByTestId('nav-pipelines').click();
    const found: string[] = [];
    const look = async (what: string): Promise<void> => {
      await page.waitForTimeout(500); // previews and lists arrive
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        // As in accessibility.e2e.ts: a tree item's name need not repeat the form inside it.
        .disableRules(['label-content-name-mismatch'])
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      for (const { id, nodes } of violations)
        for (const node of nodes) found.push(`${what}: ${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`);
    };
    await card('1').click({ position: { x: 200, y: 12 } });
    await look('branch');
    await card('1-0-0').click();
    await look('step of a lane');
    await card('2').click();
    await look('merge');
    await page.getByTestId('view-diagram').click();
    await look('diagram');
    await page.getByTestId('view-cards').click();
    expect(found).toEqual([]);
  });

test('the stack runs', async () => {
  await page.getByTestId('run-pipeline').click();
  await expect(page.getByTestId('result-card')).toBeVisible({ timeout: 60_000 });
});
