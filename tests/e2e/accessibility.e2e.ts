import AxeBuilder from '@axe-core/playwright';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { launchApp } from '#tests/e2e/support/launch.ts';

/** WCAG 2.2 AA on every page with data in it, in the light and in the dark theme. */
let app: ElectronApplication;
let page: Page;

test.beforeAll(async ({}, info) => {
  ({ app, page } = await launchApp({ folder: info.outputPath('accessibility') }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.getByTestId('try-tecator').click();
  await page.getByTestId('nav-pipelines').click();
  await page.getByTestId('template-list').getByText('PLS baseline').click();
  await page.getByTestId('run-pipeline').click();
  await expect(page.getByTestId('result-card')).toBeVisible({ timeout: 60_000 });
});
test.afterAll(() => app.close());

const PAGES = ['home', 'data', 'pipelines', 'runs', 'results', 'models', 'predict', 'settings'] as const;

for (const theme of ['light', 'dark'] as const)
  test(`no violation on any page, ${theme} theme`, async () => {
    await page.getByTestId('nav-settings').click();
    await page.getByTestId(`theme-${theme}`).click();
    const found: string[] = [];
    for (const name of PAGES) {
      await page.getByTestId(`nav-${name}`).click();
      await page.waitForTimeout(600); // charts and lists arrive
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        // Experimental in axe, and meant for controls: a tree item's name need not repeat the form inside it.
        .disableRules(['label-content-name-mismatch'])
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      for (const violation of violations)
        for (const node of violation.nodes)
          found.push(`${name}: ${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`);
    }
    expect(found).toEqual([]);
  });
