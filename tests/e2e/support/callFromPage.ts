import type { Page } from '@playwright/test';

export interface PageReply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A call as a script of the page makes it, through the preload: with any name and any request. */
export const callFromPage = (page: Page, name: unknown, input: unknown): Promise<PageReply> =>
  page.evaluate(
    ([callName, callInput]) =>
      (window as unknown as { api: { call(n: unknown, i: unknown): Promise<PageReply> } }).api.call(
        callName,
        callInput,
      ),
    [name, input] as const,
  );
