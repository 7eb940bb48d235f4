import { setImmediate } from 'node:timers/promises';
import type { Clock } from '#core/execution/ports.ts';

/** Real time. */
export const wallClock: Clock = {
  epoch: () => Date.now(),
  now: () => performance.now(),
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds);
    return () => {
      clearInterval(timer);
    };
  },
  turn: () => setImmediate(),
};
