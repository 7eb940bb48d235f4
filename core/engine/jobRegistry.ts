import { CancelledError, type CancelToken } from '#core/base/cancellation.ts';

/** Long jobs of the window that can be cancelled by their id. */
export interface JobRegistry {
  /** Runs a job under an id; the token turns cancelled when `cancel` is called with it. */
  run<T>(id: string, work: (cancel: CancelToken) => Promise<T>): Promise<T>;
  /** Does nothing for a job that has ended. */
  cancel(id: string): void;
}

export function jobRegistry(): JobRegistry {
  const running = new Map<string, { cancelled: boolean }>();
  return {
    async run(id, work) {
      const job = { cancelled: false };
      running.set(id, job);
      try {
        return await work({
          get cancelled() {
            return job.cancelled;
          },
          check() {
            if (job.cancelled) throw new CancelledError();
          },
        });
      } finally {
        if (running.get(id) === job) running.delete(id);
      }
    },
    cancel(id) {
      const job = running.get(id);
      if (job !== undefined) job.cancelled = true;
    },
  };
}
