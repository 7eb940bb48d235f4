import type { Page } from '@playwright/test';

/** Starts a run on the first dataset through the window's own interface, without building it by hand. */
export async function startRun(
  page: Page,
  run: { readonly name: string; readonly pipeline: string; readonly target: string | null },
): Promise<void> {
  await page.evaluate(async (asked) => {
    interface Api {
      call(name: string, input: object): Promise<{ ok: boolean; value: { id: string }[] }>;
    }
    const { api } = window as unknown as { api: Api };
    const [dataset] = (await api.call('datasets.list', {})).value;
    await api.call('runs.start', { datasetId: dataset?.id ?? '', ...asked, trainSplit: null, testSplit: null });
  }, run);
}
