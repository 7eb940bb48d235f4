import type { FitRegistry } from '#core/execution/ports.ts';
import type { StateValue } from '#core/data/operator.ts';

type StepRecord = Parameters<FitRegistry['put']>[0];

/**
 * The fitted transforms of one run. It is made when the run starts, serves all variants and the refit, and ends with
 * the run. The key holds the operator chain and the data; the chain alone is never enough, because a fold's training
 * subset and the full training set differ in nothing else.
 */
export function fitRegistry(): FitRegistry {
  const records = new Map<string, StepRecord>();
  return {
    get: (key) => records.get(key),
    put(record) {
      if (!records.has(record.key)) records.set(record.key, record);
    },
    ofLayer: (layer) => [...records.values()].filter((record) => record.layer === layer),
    bytesOf: (layer) =>
      [...records.values()]
        .filter((record) => record.layer === layer)
        .reduce((sum, record) => sum + record.states.reduce((bytes, state) => bytes + sizeOf(state), 0), 0),
  };
}

/** Bytes of the numbers in a state; the rest is negligible. */
function sizeOf(value: StateValue): number {
  if (value instanceof Float64Array || value instanceof Int32Array) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce<number>((sum, part: StateValue) => sum + sizeOf(part), 0);
}
