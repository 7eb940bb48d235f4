/** Thrown by a kernel that noticed a cancel request. Not a failure: it has no error code and no sentence of its own. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('Cancelled.');
  }
}

/** What a kernel needs of a cancel request: a cheap check between samples or components. */
export interface CancelToken {
  readonly cancelled: boolean;
  /** Throws CancelledError once cancel was requested. */
  check(): void;
}

/** A flag on shared memory, so that threads which never return to their event loop see it too. */
export function sharedCancelToken(flag: Int32Array): CancelToken {
  return {
    get cancelled() {
      return Atomics.load(flag, 0) !== 0;
    },
    check() {
      if (Atomics.load(flag, 0) !== 0) throw new CancelledError();
    },
  };
}

export const neverCancelled: CancelToken = { cancelled: false, check: () => undefined };
