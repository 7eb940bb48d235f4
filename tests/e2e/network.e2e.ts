import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { answerOpen, answerSave } from '#tests/e2e/support/dialogs.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { networkSockets, processTree, type NetworkSocket } from '#tests/e2e/support/processTree.ts';

const samples = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'tecator');
const EVERY_MS = 100;

/**
 * A whole working day in short, while the operating system's own tables are read ten times a second: no process of the
 * application holds an internet socket, the driver's two debugger ports apart. `npm run offline` asks the system for
 * every single attempt instead, and runs all tests in a world without a network.
 */
test('no process of the application opens a socket to anywhere, from the first start to predictions', async ({}, info) => {
  const folder = info.outputPath('network');
  const { app, page } = await launchApp({ folder });
  const main = app.process().pid ?? 0;
  const strange = new Set<string>();
  const processes = new Set<number>();
  let looks = 0;
  const look = (): void => {
    looks++;
    for (const pid of processTree(main)) processes.add(pid);
    const sockets = networkSockets(main);
    for (const socket of sockets) if (!isDriver(socket, sockets, main)) strange.add(JSON.stringify(socket));
  };
  const watch = setInterval(look, EVERY_MS);
  try {
    await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
    await page.getByTestId('try-tecator').click();
    await page.getByTestId('nav-pipelines').click();
    await page.getByTestId('template-list').getByText('Tecator fat').click();
    await expect(page.getByTestId('fit-count')).toContainText('60');
    await page.getByTestId('run-pipeline').click();
    await expect(page.getByTestId('result-card')).toBeVisible({ timeout: 60_000 });
    for (const name of ['home', 'data', 'results', 'models', 'settings'] as const) {
      await page.getByTestId(`nav-${name}`).click();
      await page.waitForTimeout(300);
    }
    await page.getByTestId('show-diagnostics').click();
    await expect(page.getByTestId('diagnostics-text')).toContainText('Refract diagnostics');
    await page.keyboard.press('Escape');
    const file = join(folder, 'fat.onnx');
    await answerSave(app, file);
    await page.getByTestId('nav-models').click();
    await page.getByTestId('model-export').first().click();
    await page.getByTestId('export-onnx').click();
    await page.getByTestId('export-start').click();
    await expect(page.getByTestId('export-verification')).toContainText(/43/);
    await page.keyboard.press('Escape');
    expect(existsSync(file)).toBe(true);
    await page.getByTestId('nav-predict').click();
    await answerOpen(app, [file]);
    await page.getByTestId('open-model').click();
    await answerOpen(app, [join(samples, 'X_extrapolation.csv')]);
    await page.getByTestId('open-spectra').click();
    await expect(page.getByTestId('predict-count')).toContainText('25');
    // Chromium's own services would look for updates some time after the start.
    await page.waitForTimeout(5000);
  } finally {
    clearInterval(watch);
  }
  console.info(`Looked ${looks} times at the sockets of ${processes.size} processes.`);
  await app.close();
  expect(looks).toBeGreaterThan(50);
  expect(processes.size).toBeGreaterThan(4);
  expect([...strange]).toEqual([]);
});

test('the watch sees a socket when there is one', async ({}, info) => {
  const { app } = await launchApp({ folder: info.outputPath('control') });
  const main = app.process().pid ?? 0;
  await app.evaluate(() => {
    // What the driver evaluates has no require of its own.
    const { mainModule } = process as unknown as { mainModule: { require(name: string): unknown } };
    const { createSocket } = mainModule.require('node:dgram') as {
      createSocket(kind: string): { bind(port: number, address: string): void };
    };
    createSocket('udp4').bind(0, '127.0.0.1');
  });
  const strange = (): NetworkSocket[] => {
    const sockets = networkSockets(main);
    return sockets.filter((socket) => !isDriver(socket, sockets, main));
  };
  await expect.poll(() => strange().map(({ table, pid }) => [table, pid === main])).toEqual([['udp', true]]);
  await app.close();
});

/** The driver's own: a port on this computer that main listens on, and the driver's connections to such a port. */
function isDriver(socket: NetworkSocket, all: readonly NetworkSocket[], main: number): boolean {
  const loopback = /^0100007F:/.test(socket.local);
  if (socket.table !== 'tcp' || !loopback || socket.pid !== main) return false;
  return socket.listening || all.some(({ listening, local }) => listening && local === socket.local);
}
