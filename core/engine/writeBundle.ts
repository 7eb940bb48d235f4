import type { Workspace } from '#core/workspace/index.ts';

/** What happens within this many milliseconds is stored together, in one transaction. */
const BUNDLE_MS = 100;
/** A transaction that has taken this long ends, and the next begins when waiting calls have been answered. */
const SLICE_MS = 30;
/** More writes than this do not wait: whoever adds the next one stores some first. */
const MOST_WAITING = 500;

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
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let broken: Error | null = null;

  /** Stores what waits, in one transaction, or as much of it as there is time for; what fails is given up. */
  function flush(durable: 'now' | 'soon' = 'now', milliseconds = Infinity): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const bundle = waiting;
    waiting = [];
    if (bundle.length === 0) return;
    const began = performance.now();
    let done = 0;
    workspace.transaction(() => {
      while (done < bundle.length && (done === 0 || performance.now() - began < milliseconds)) bundle[done++]?.write();
    }, durable);
    for (const { told } of bundle.slice(0, done)) told?.();
    if (done === bundle.length) return;
    waiting = [...bundle.slice(done), ...waiting];
    timer ??= setTimeout(flushLater, 0, durable);
  }
  /** A timer has no caller to fail: the next write of the run does. */
  function flushLater(durable: 'now' | 'soon'): void {
    try {
      flush(durable, SLICE_MS);
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
      if (waiting.length > MOST_WAITING) {
        flush('now', SLICE_MS);
        return;
      }
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
