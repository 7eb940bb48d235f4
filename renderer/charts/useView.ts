import { useCallback, useEffect, useRef, useState } from 'react';
import type { View } from '#core/contract/datasets.ts';

/** A gesture counts as over when nothing moved for so long; only then is anything drawn anew. */
const SETTLE_MS = 80;
/** A hand that holds the plot and rests wants to see what came into sight, too. */
const SETTLE_HELD_MS = 250;

export interface ViewHandle {
  /** What is on screen at this moment, gestures included; null before there is anything to show. */
  readonly now: { current: View | null };
  /** The view that pictures are drawn for: follows `now` when the gesture is over. */
  readonly settled: View | null;
  move(view: View): void;
  fit(): void;
  /** While a hand holds the plot, a short rest is not the end of the gesture. */
  hold(held: boolean): void;
}

/** The view of a plot. `full` is the view of everything; as long as nobody has moved, the plot follows it. */
export function useView(full: View | null, onMove: (view: View) => void): ViewHandle {
  const now = useRef<View | null>(null);
  const moved = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const frame = useRef(0);
  const held = useRef(false);
  const unsettled = useRef(false);
  const listener = useRef(onMove);
  const [settled, setSettled] = useState<View | null>(full);

  useEffect(() => {
    listener.current = onMove;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      cancelAnimationFrame(frame.current);
    },
    [],
  );

  const settle = useCallback((view: View) => {
    clearTimeout(timer.current);
    now.current = view;
    unsettled.current = false;
    setSettled(view);
  }, []);

  useEffect(() => {
    if (full && !moved.current) settle(full);
  }, [full, settle]);

  const move = useCallback(
    (view: View) => {
      moved.current = true;
      unsettled.current = true;
      now.current = view;
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => {
        listener.current(view);
      });
      clearTimeout(timer.current);
      const delay = held.current ? SETTLE_HELD_MS : SETTLE_MS;
      timer.current = setTimeout(() => {
        settle({ ...view });
      }, delay);
    },
    [settle],
  );
  const hold = useCallback(
    (holding: boolean) => {
      held.current = holding;
      const view = now.current;
      if (holding || !view || !unsettled.current) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        settle({ ...view });
      }, SETTLE_MS);
    },
    [settle],
  );
  const fit = useCallback(() => {
    if (!full) return;
    move(full);
    moved.current = false;
  }, [full, move]);

  return { now, settled, move, fit, hold };
}
