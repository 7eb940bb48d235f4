import { useCallback, useEffect, useRef, useState } from 'react';
import type { SpectraLines } from '#core/contract/datasets.ts';
import type { NearestSpectrum, SpectraSource } from '#renderer/charts/spectraSource.ts';

export interface Hovered extends NearestSpectrum {
  /** The whole spectrum and its colouring value, once they are here. */
  readonly line: SpectraLines | null;
}

/**
 * The spectrum nearest to the pointer among all of them. One question at a time: while one is on its way only the
 * newest position waits, so a fast hand cannot flood the engine.
 */
export function useHover(
  source: SpectraSource,
  target: string | null,
): { readonly hovered: Hovered | null; readonly look: (at: { x: number; y: number } | null) => void } {
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const waiting = useRef<{ x: number; y: number } | null>(null);
  const busy = useRef(false);
  const asked = useRef(0);

  useEffect(() => {
    asked.current += 1;
    setHovered(null);
  }, [source, target]);

  const look = useCallback(
    (at: { x: number; y: number } | null) => {
      if (!at) {
        asked.current += 1;
        waiting.current = null;
        setHovered(null);
        return;
      }
      waiting.current = at;
      if (busy.current) return;
      busy.current = true;
      void (async () => {
        try {
          while (waiting.current) {
            const { x, y } = waiting.current;
            waiting.current = null;
            const turn = ++asked.current;
            const nearest = await source.nearest(x, y);
            const line = await source.lines(Int32Array.of(nearest.row), 1, target);
            if (turn === asked.current) setHovered({ ...nearest, line });
          }
        } catch {
          // Hover is a convenience: a restart of the engine in the middle of it must not raise a message.
          setHovered(null);
        } finally {
          busy.current = false;
        }
      })();
    },
    [source, target],
  );
  return { hovered, look };
}
