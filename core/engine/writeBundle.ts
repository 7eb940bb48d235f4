import type { Workspace } from '#core/workspace/index.ts';

/** What happens within this many milliseconds is stored together, in one transaction. */
const BUNDLE_MS = 100;

interface Waiting {
  readonly write: () => void;
  readonly told: (() => void) | undefined;
}

/**
 * The writes of one run, in their order: stored a moment later and together, so that neither every fold nor every event
 * waits for the disk. A process that is killed loses what happened in that moment, and nobody was told of it. What a
 * write needs to be kept with (a unit and its predictions) belongs into one write, which is kept as a whole or not at
 * all.
 */
export function writeBundle(workspace: Pick<Workspace, 'transaction'>) {
  const waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let broken: Error | null = null;

  function flush(durable: 'now' | 'soon' = 'now'): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const bundle = waiting.splice(0);
    if (bundle.length === 0) return;
    workspace.transaction(() => {
      for (const { write } of bundle) write();
    }, durable);
    for (const { told } of bundle) told?.();
  }
  /** A timer has no caller to fail: the next write of the run does. */
  function flushLater(durable: 'now' | 'soon'): void {
    try {
      flush(durable);
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
    }
  }
  return {
    /**
     * @param when `next`: as soon as this thread has nothing else to do, because the workers have
     * @param told called when it is stored; must not throw
     */
    add(write: () => void, when: 'later' | 'next' = 'later', told?: () => void): void {
      if (broken !== null) throw broken;
      waiting.push({ write, told });
      if (when === 'next' && timer !== null) {
        clearTimeout(timer);
        timer = null;
      }
      timer ??= when === 'next' ? setTimeout(flushLater, 0, 'soon') : setTimeout(flushLater, BUNDLE_MS, 'now');
    },
    /** Stores now what waits; on disk when this returns unless `soon` (see `unitOfWork`). */
    flush(durable?: 'now' | 'soon'): void {
      if (broken !== null) throw broken;
      flush(durable);
    },
    /** The run ends for what failed: its end is worth another attempt. What was not stored is given up. */
    recover(): void {
      broken = null;
    },
  };
}
export type WriteBundle = ReturnType<typeof writeBundle>;
