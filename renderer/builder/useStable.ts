import { useCallback, useEffect, useRef } from 'react';

/** A function that never changes and calls the newest one: memoised children then do not draw again for it. */
export function useStable<A extends unknown[], R>(newest: (...args: A) => R): (...args: A) => R {
  const latest = useRef(newest);
  useEffect(() => {
    latest.current = newest;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
