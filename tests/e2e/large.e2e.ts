import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { dropFiles } from '#tests/e2e/support/drop.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';

/** 10,000 × 2,000 spectra: opened from CSV, drawn from all samples, panned. Prints what it measured. */
const SAMPLES = 10_000;
const POINTS = 2_000;

test('ten thousand spectra open and pan, and the picture is of all of them', async ({}, info) => {
  test.setTimeout(240_000);
  const folder = info.outputPath('large');
  mkdirSync(folder, { recursive: true });
  await writeSpectra(folder);
  const { app, page } = await launchApp({ folder });
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  await page.evaluate(() => {
    const seen = { longest: 0, frames: [] as number[] };
    (window as unknown as { seen: typeof seen }).seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ entryTypes: ['longtask'] });
  });

  await dropFiles(page, [join(folder, 'X.csv'), join(folder, 'Y.csv')]);
  await expect(page.getByTestId('import-dialog')).toContainText('2,000 points', { timeout: 30_000 });
  const importing = Date.now();
  await page.getByTestId('import-do').click();
  await expect(page.getByTestId('dataset-header')).toContainText('10,000 samples', { timeout: 120_000 });
  const opened = Date.now();
  const plot = page.getByTestId('spectra-plot');
  await expect(plot).toContainText(/(density|mean \w+) of 10,000 spectra/); // not the preview of some of them
  const drawn = Date.now();
  const longestOpening = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { longest: number } };
    const { longest } = seen;
    seen.longest = 0;
    return longest;
  });

  const box = await plot.getByTestId('plot-gestures').boundingBox();
  if (box === null) throw new Error('The plot has no gesture layer.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  for (let k = 0; k < 4; k++) await page.mouse.wheel(0, -300);
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { frames: number[] } };
    let last = performance.now();
    const frame = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await page.mouse.down();
  for (let k = 0; k < 240; k++) {
    await page.mouse.move(x + 150 * Math.sin(k / 15), y + 20 * Math.sin(k / 9));
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
  const frames = await page.evaluate(() =>
    (window as unknown as { seen: { frames: number[] } }).seen.frames.toSorted((a, b) => a - b),
  );
  await expect(plot).toContainText(/10,000 spectra/);
  expect(frames.length).toBeGreaterThan(30);
  await page.screenshot({ path: info.outputPath('large.png') });

  const at = (share: number) => Math.round(frames[Math.floor(share * (frames.length - 1))] ?? NaN);
  console.info(
    `${SAMPLES} × ${POINTS}: import ${opened - importing} ms, full density ${drawn - opened} ms after that, ` +
      `longest task while opening ${Math.round(longestOpening)} ms; pan frames median ${at(0.5)} ms, ` +
      `95 % ${at(0.95)} ms, longest ${at(1)} ms.`,
  );
  await app.close();
});

/** Smooth bands with an offset and a slope each, written line by line. */
async function writeSpectra(folder: string): Promise<void> {
  const axis = Array.from({ length: POINTS }, (_, j) => (1100 + 0.7 * j).toFixed(1));
  const band = Array.from({ length: POINTS }, (_, j) => Math.exp(-(((j - 700) / 160) ** 2)));
  const slow = Array.from({ length: POINTS }, (_, j) => Math.sin(j / 300));
  const file = createWriteStream(join(folder, 'X.csv'));
  file.write(`sample_id,${axis.join(',')}\n`);
  const targets = ['sample_id,content'];
  for (let i = 0; i < SAMPLES; i++) {
    const a = ((i * 7919) % 1000) / 1000;
    const b = ((i * 104_729) % 997) / 997;
    const cells = band.map((value, j) => (0.4 + 0.3 * b + a * value + 0.2 * b * (slow[j] ?? 0)).toFixed(6));
    if (!file.write(`s${i},${cells.join(',')}\n`)) await once(file, 'drain');
    targets.push(`s${i},${(10 + 30 * a).toFixed(3)}`);
  }
  file.end();
  await once(file, 'finish');
  writeFileSync(join(folder, 'Y.csv'), targets.join('\n'));
}
