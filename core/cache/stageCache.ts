import type { StageCache, StageEntry } from '#core/execution/ports.ts';

/** Two gigabytes hold about 125 snapshots of 1,000 × 2,000 spectra. */
export const DEFAULT_STAGE_BYTES = 2 * 1024 ** 3;

/**
 * Snapshots of spectra, shared and never copied. Once they exceed the limit the least recently used are given up; an
 * entry that is larger than the limit by itself is not kept at all.
 */
export function stageCache(limitBytes: number = DEFAULT_STAGE_BYTES): StageCache {
  const entries = new Map<string, StageEntry>();
  let bytes = 0;
  let evictions = 0;

  function drop(key: string, entry: StageEntry): void {
    entries.delete(key);
    bytes -= entry.bytes;
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      // A Map remembers the order of insertion: the first is the one that was not used for the longest time.
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    put(key, entry) {
      const old = entries.get(key);
      if (old !== undefined) drop(key, old);
      if (entry.bytes > limitBytes) {
        evictions++;
        return;
      }
      entries.set(key, entry);
      bytes += entry.bytes;
      for (const [oldest, one] of entries) {
        if (bytes <= limitBytes) break;
        drop(oldest, one);
        evictions++;
      }
    },
    get bytes() {
      return bytes;
    },
    get evictions() {
      return evictions;
    },
  };
}
