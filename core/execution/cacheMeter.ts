import type { CacheReport } from '#core/contract/runTypes.ts';
import type { StepRecord } from '#core/execution/unit.ts';
import type { RunCaches, StageEntry } from '#core/execution/ports.ts';

type LayerName = keyof CacheReport;
const LAYERS: readonly LayerName[] = ['checkBeforeFit', 'fitOnAll', 'stateless', 'stepCache', 'crossRun'];

/** Counts what the caches of one run do. */
export function cacheMeter(caches: RunCaches | null) {
  const counts = new Map(LAYERS.map((name) => [name, { hits: 0, misses: 0, savedMs: 0, bytes: 0 }]));
  const of = (name: LayerName) => counts.get(name) ?? { hits: 0, misses: 0, savedMs: 0, bytes: 0 };

  function hit(name: LayerName, savedMs: number, bytes = 0): void {
    const layer = of(name);
    layer.hits++;
    layer.savedMs += savedMs;
    layer.bytes += bytes;
  }
  const miss = (name: LayerName): void => {
    of(name).misses++;
  };

  return {
    hit,
    miss,
    /** A stage was found: nothing of what leads to it was fitted or applied again. */
    stageFound(entry: StageEntry): void {
      hit(
        'stepCache',
        entry.records.reduce((sum, { applyMs }) => sum + applyMs, 0),
      );
      for (const { layer, fitMs } of entry.records) hit(layer, fitMs);
    },
    /** Steps were carried out; those whose fitted state was known were only applied. */
    carriedOut(records: readonly StepRecord[]): void {
      for (const record of records) {
        if (record.reused) hit(record.layer, caches?.registry.get(record.key)?.fitMs ?? 0);
        else miss(record.layer);
      }
    },
    /** Null for a run without caches. */
    report(): CacheReport | null {
      if (caches === null) return null;
      const layer = (name: LayerName) => {
        const { hits, misses, savedMs, bytes } = of(name);
        return {
          hits,
          misses,
          bytes:
            name === 'stepCache' ? caches.stages.bytes : name === 'crossRun' ? bytes : caches.registry.bytesOf(name),
          secondsSaved: Math.round(savedMs) / 1000,
          evictions: name === 'stepCache' ? caches.stages.evictions : 0,
        };
      };
      return {
        checkBeforeFit: layer('checkBeforeFit'),
        fitOnAll: layer('fitOnAll'),
        stateless: layer('stateless'),
        stepCache: layer('stepCache'),
        crossRun: layer('crossRun'),
      };
    },
  };
}
export type CacheMeter = ReturnType<typeof cacheMeter>;
