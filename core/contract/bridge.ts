import type { ErrorReport } from '#core/base/errors.ts';
import type { GrantedFile } from '#core/contract/shell.ts';

/** Replies are data: Electron strips errors down to their message, and the code must survive. */
export type Reply =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ErrorReport };

/**
 * What the preload puts on `window.api`: nothing but these four functions.
 * `subscribe` hears several values of a stream at once, in their order: crossing into the window costs once a list. It
 * returns its unsubscribe function, because the context bridge wraps callbacks and `off` could not find them.
 */
export interface RefractApi {
  call(name: string, input: unknown): Promise<Reply>;
  subscribe(name: string, listener: (values: readonly unknown[]) => void): () => void;
  /** Grants the engine the files behind a drop; only real File objects of a drop or a file input have a path. */
  grantDropped(files: readonly File[]): Promise<readonly GrantedFile[]>;
  readonly platform: 'linux' | 'win32' | 'darwin';
}
