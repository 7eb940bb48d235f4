import { useEffect, useState } from 'react';
import type { SpectraBands, SpectraLines } from '#core/contract/datasets.ts';
import { drawsLines } from '#renderer/charts/spectraSource.ts';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';

export interface SpectraParts {
  readonly lines: SpectraLines | null;
  readonly bands: SpectraBands | null;
  readonly extent: { readonly low: number; readonly high: number } | null;
  readonly failure: string | null;
}

/** Few spectra are enough to know the range of the signal before the exact one is there. */
const FIRST_LOOK = 60;

/** The lines (of a small set), the bands, and the range of the signal; each as soon as it is there. */
export function useSpectra(source: SpectraSource, target: string | null, wantsBands: boolean): SpectraParts {
  const [lines, setLines] = useState<SpectraLines | null>(null);
  const [bands, setBands] = useState<SpectraBands | null>(null);
  const [extent, setExtent] = useState<SpectraParts['extent']>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const single = drawsLines(source);

  useEffect(() => {
    let wanted = true;
    source.lines(null, single ? Math.min(source.n, 1000) : FIRST_LOOK, target).then(
      (loaded) => {
        if (!wanted) return;
        setLines(single ? loaded : null);
        setExtent((known) => (single || !known ? extentOf(loaded.values) : known));
        setFailure(null);
      },
      (error: unknown) => {
        if (wanted) setFailure(messageOf(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [source, target, single]);

  const needsBands = wantsBands || !single;
  useEffect(() => {
    if (!needsBands) return undefined;
    let wanted = true;
    source.bands().then(
      (loaded) => {
        if (!wanted) return;
        setBands(loaded);
        if (!single) setExtent(extentOf([loaded.min, loaded.max]));
      },
      (error: unknown) => {
        if (wanted) setFailure(messageOf(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [source, needsBands, single]);

  return { lines, bands: wantsBands ? bands : null, extent, failure };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function extentOf(values: Float64Array | readonly Float64Array[]): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const part of values instanceof Float64Array ? [values] : values)
    for (const value of part) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : { low: 0, high: 1 };
}
