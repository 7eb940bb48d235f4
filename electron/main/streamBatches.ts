/** What the engine tells comes to the window at most this often. */
const BATCH_MS = 50;

export interface StreamBatches {
  push(name: string, value: unknown): void;
  /** Sends now what waits. */
  flush(): void;
}

/**
 * Gathers what streams tell, so that a run with thousands of fits sends the window a few messages a second, and not
 * thousands. What comes after a pause goes at once. Every stream keeps its order.
 */
export function streamBatches(send: (name: string, values: readonly unknown[]) => void): StreamBatches {
  let waiting = new Map<string, unknown[]>();
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    const batches = waiting;
    waiting = new Map();
    for (const [name, values] of batches) send(name, values);
  }
  function pause(): void {
    timer = setTimeout(() => {
      timer = null;
      if (waiting.size === 0) return;
      flush();
      pause();
    }, BATCH_MS);
  }
  return {
    push(name, value) {
      const values = waiting.get(name);
      if (values === undefined) waiting.set(name, [value]);
      else values.push(value);
      if (timer !== null) return;
      flush();
      pause();
    },
    flush,
  };
}
