import type { Clock } from '#core/execution/ports.ts';

export interface Progress {
  readonly fraction: number;
  readonly elapsedMs: number;
  readonly eta: { readonly low: number; readonly high: number } | null;
}

/** Share of the total bar that the short phases get; the fits share the rest by their number. */
const CHECK_SHARE = 0.02;
const REPORT_SHARE = 0.01;
/** Below this many timed fits of every model there is no honest estimate. */
const FITS_NEEDED = 3;
/** And below this share no rough one. */
const ROUGH_FROM = 0.15;

/** Fraction done and time left of a run, from the number of fits and their measured times per model. */
export function progressMeter(clock: Clock, workers: number) {
  const started = clock.now();
  const times = new Map<string, number[]>();
  let remaining = new Map<string, number>();
  let fits = 0;
  let done = 0;
  let fraction = 0;
  /** Fits that are being computed together, by group: how many of them the work done so far amounts to. */
  const partly = new Map<number, number>();

  function advance(): void {
    const underWay = [...partly.values()].reduce((sum, one) => sum + one, 0);
    const share = Math.min(1, (done + underWay) / Math.max(1, fits));
    fraction = Math.max(fraction, CHECK_SHARE + (1 - CHECK_SHARE - REPORT_SHARE) * share);
  }

  function count(model: string): void {
    remaining.set(model, Math.max(0, (remaining.get(model) ?? 0) - 1));
    done++;
    advance();
  }

  return {
    /** The plan is known: fits per model, the refit included. */
    planned(counts: ReadonlyMap<string, number>): void {
      remaining = new Map(counts);
      fits = [...counts.values()].reduce((sum, count) => sum + count, 0);
      fraction = CHECK_SHARE;
    },
    fitted(model: string, milliseconds: number): void {
      times.set(model, [...(times.get(model) ?? []), milliseconds].slice(-30));
      count(model);
    },
    /** A fit that failed is done too, but its time says nothing about the others. */
    failed(model: string): void {
      count(model);
    },
    /** A fit that turned out to be unnecessary. */
    skipped(model: string): void {
      count(model);
    },
    /** Work on several fits of a group at once amounts to this many of them; 0 when they are counted themselves. */
    underWay(group: number, amount: number): void {
      if (amount > 0) partly.set(group, amount);
      else partly.delete(group);
      advance();
    },
    finished(): void {
      fraction = 1;
    },
    now(): Progress {
      return {
        fraction,
        elapsedMs: clock.now() - started,
        eta: eta(times, remaining, workers) ?? (partly.size === 0 ? null : rough(fraction, clock.now() - started)),
      };
    },
  };
}

function eta(
  times: ReadonlyMap<string, readonly number[]>,
  remaining: ReadonlyMap<string, number>,
  workers: number,
): { low: number; high: number } | null {
  let low = 0;
  let high = 0;
  for (const [model, count] of remaining) {
    if (count === 0) continue;
    const known = (times.get(model) ?? []).toSorted((a, b) => a - b);
    if (known.length < FITS_NEEDED) return null;
    const quantile = (q: number) => known[Math.min(known.length - 1, Math.floor(q * known.length))];
    low += (count * quantile(0.35)) / workers;
    high += (count * quantile(0.75)) / workers;
  }
  return high === 0 ? null : { low: low / 1000, high: Math.max(low, high, 500) / 1000 };
}

/** From the share of the whole alone, as long as single fits tell nothing. */
function rough(fraction: number, elapsedMs: number): { low: number; high: number } | null {
  if (fraction < ROUGH_FROM || fraction >= 1) return null;
  const seconds = (elapsedMs * (1 - fraction)) / fraction / 1000;
  return { low: 0.7 * seconds, high: Math.max(0.5, 1.5 * seconds) };
}
