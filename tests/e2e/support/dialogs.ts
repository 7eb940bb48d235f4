import type { ElectronApplication } from '@playwright/test';

/** The person's answer to the next "open" dialogs: native dialogs cannot be clicked by a driver. */
export async function answerOpen(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);
}

/** The person's answer to the next "save" dialogs. */
export async function answerSave(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}
