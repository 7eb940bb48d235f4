import { entriesUntilRetired } from '#core/cache/entriesUntilRetired.ts';
import type { StateValue } from '#core/data/operator.ts';
import type { FitRegistry } from '#core/execution/ports.ts';

type StepRecord = Parameters<FitRegistry['put']>[0];
interface Held {
  readonly record: StepRecord;
  /** Of the numbers in the states. */
  readonly bytes: number;
}

/** States take little beside the spectra; a matrix of 2,000 × 2,000 for each of ten folds is 320 MB. */
const LIMIT_BYTES = 512 * 1024 ** 2;
const RETIRED_BYTES = 16 * 1024 ** 2;
/** Of an entry with its key, beside the numbers. */
const ENTRY_BYTES = 1024;

/**
 * The fitted transforms of one run. It is made when the run starts, serves all variants and the refit, and ends with
 * the run. The key holds the operator chain and the data; the chain alone is never enough, because a fold's training
 * subset and the full training set differ in nothing else.
 */
export function fitRegistry(limit = LIMIT_BYTES, retired = RETIRED_BYTES): FitRegistry {
  const byLayer = new Map<StepRecord['layer'], { bytes: number; readonly records: Map<string, StepRecord> }>();
  const layerOf = (layer: StepRecord['layer']) => {
    const known = byLayer.get(layer) ?? { bytes: 0, records: new Map<string, StepRecord>() };
    byLayer.set(layer, known);
    return known;
  };
  const held = entriesUntilRetired<Held>(
    { limit, retired },
    ({ bytes }) => bytes + ENTRY_BYTES,
    ({ record, bytes }) => {
      const layer = layerOf(record.layer);
      layer.bytes -= bytes;
      layer.records.delete(record.key);
    },
  );
  return {
    get: (key) => held.get(key)?.record,
    put(record) {
      if (held.get(record.key) !== undefined) return;
      const bytes = record.states.reduce((sum, state) => sum + sizeOf(state), 0);
      const layer = layerOf(record.layer);
      layer.bytes += bytes;
      layer.records.set(record.key, record);
      held.put(record.key, { record, bytes });
    },
    retire: (key) => {
      held.retire(key);
    },
    ofLayer: (layer) => [...layerOf(layer).records.values()],
    bytesOf: (layer) => layerOf(layer).bytes,
  };
}

/** Bytes of the numbers in a state; the rest is negligible. */
function sizeOf(value: StateValue): number {
  if (value instanceof Float64Array || value instanceof Int32Array) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce<number>((sum, part: StateValue) => sum + sizeOf(part), 0);
}
