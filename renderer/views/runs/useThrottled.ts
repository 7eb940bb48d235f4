import { useEffect, useRef, useState } from 'react';

/** A value that changes at most once in so many milliseconds; the last change always arrives. */
export function useThrottled<T>(value: T, intervalMs: number): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const timer = useRef<number | null>(null);
  useEffect(() => {
    latest.current = value;
    timer.current ??= window.setTimeout(() => {
      timer.current = null;
      setShown(latest.current);
    }, intervalMs);
  }, [value, intervalMs]);
  useEffect(
    () => () => {
      if (timer.current !== null) window.clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return shown;
}
