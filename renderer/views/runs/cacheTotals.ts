import type { CacheLayer, CacheReport } from '#core/contract/runTypes.ts';

/** All layers together: each counts its own work, so that the time saved can be added up. */
export function cacheTotals(cache: CacheReport | null): CacheLayer {
  const layers = cache === null ? [] : Object.values(cache);
  const sum = (pick: (layer: CacheLayer) => number): number => layers.reduce((total, one) => total + pick(one), 0);
  return {
    hits: sum(({ hits }) => hits),
    misses: sum(({ misses }) => misses),
    bytes: sum(({ bytes }) => bytes),
    secondsSaved: sum(({ secondsSaved }) => secondsSaved),
    evictions: sum(({ evictions }) => evictions),
  };
}
