import { entriesUntilRetired } from '#core/cache/entriesUntilRetired.ts';
import type { StageCache } from '#core/execution/ports.ts';

/** Two gigabytes hold about 125 snapshots of 1,000 × 2,000 spectra. */
export const DEFAULT_STAGE_BYTES = 2 * 1024 ** 3;

/** Snapshots that nothing planned needs: the refit, or a run of the same beginning, may be glad of them. */
const RETIRED_BYTES = 64 * 1024 ** 2;

/**
 * Snapshots of spectra, shared and never copied. Once they exceed the limit the least recently used are given up; an
 * entry that is larger than the limit by itself is not kept at all. Those that are not needed any more go earlier.
 */
export const stageCache = (limitBytes: number = DEFAULT_STAGE_BYTES, retiredBytes = RETIRED_BYTES): StageCache =>
  entriesUntilRetired({ limit: limitBytes, retired: retiredBytes }, (entry) => entry.bytes);
