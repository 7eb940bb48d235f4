import { useEffect, useState } from 'react';
import type { Density, View } from '#core/contract/datasets.ts';
import { drawsLines } from '#renderer/charts/spectraSource.ts';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';

export interface DrawnDensity {
  readonly density: Density;
  /** The view it was drawn for. */
  readonly view: View;
  readonly sourceKey: string;
  readonly target: string | null;
}

/** So many spectra are drawn within an eye blink; the full picture replaces them. */
const PREVIEW = 1000;
const MOST_PIXELS = 2000;

/** The density bitmap of a view: first of a thousand spectra, then of all. The last one stays until the next is there. */
export function useDensity(
  source: SpectraSource,
  view: View | null,
  size: { readonly width: number; readonly height: number } | null,
  target: string | null,
): { readonly drawn: DrawnDensity | null; readonly failure: string | null } {
  const [drawn, setDrawn] = useState<DrawnDensity | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const needed = !drawsLines(source);
  const width = size ? Math.round(Math.min(Math.max(size.width, 16), MOST_PIXELS)) : 0;
  const height = size ? Math.round(Math.min(Math.max(size.height, 16), MOST_PIXELS)) : 0;

  useEffect(() => {
    if (!needed || !view || width === 0) return undefined;
    let wanted = true;
    const draw = async (limit: number | null): Promise<void> => {
      const density = await source.density({ view, width, height, target, limit });
      if (wanted) setDrawn({ density, view, sourceKey: source.key, target });
    };
    const both = async (): Promise<void> => {
      if (source.n > PREVIEW) await draw(PREVIEW);
      if (wanted) await draw(null);
    };
    both().then(
      () => {
        setFailure(null);
      },
      (error: unknown) => {
        if (wanted) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [needed, source, view, width, height, target]);

  const current = drawn && drawn.sourceKey === source.key && drawn.target === target ? drawn : null;
  return { drawn: needed ? current : null, failure };
}
