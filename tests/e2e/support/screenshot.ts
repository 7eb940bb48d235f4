import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * A picture of the window for the README. Lands in test-results; with REFRACT_UPDATE_SCREENSHOTS=1 it replaces the
 * one in resources/docs/screenshots.
 */
export async function screenshot(app: ElectronApplication, page: Page, name: string): Promise<void> {
  const update = process.env['REFRACT_UPDATE_SCREENSHOTS'] === '1';
  const folder = update ? join(root, 'resources', 'docs', 'screenshots') : join(root, 'test-results', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1360, 850);
  });
  await page.mouse.move(4, 4); // no tooltip in the picture
  await page.waitForTimeout(400); // charts follow the new size
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
