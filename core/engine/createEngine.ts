import type { Handlers } from '#core/contract/handlers.ts';
import { appHandlers } from '#core/engine/appHandlers.ts';
import { datasetCache } from '#core/engine/datasetCache.ts';
import { datasetHandlers } from '#core/engine/datasetHandlers.ts';
import type { EngineDeps, EngineParts } from '#core/engine/engineParts.ts';
import { jobRegistry } from '#core/engine/jobRegistry.ts';
import { modelHandlers } from '#core/engine/modelHandlers.ts';
import { pipelineHandlers } from '#core/engine/pipelineHandlers.ts';
import { resultHandlers } from '#core/engine/resultHandlers.ts';
import { runHandlers } from '#core/engine/runHandlers.ts';

export interface Engine {
  /** One function for every call of the contract. */
  readonly handlers: Handlers;
  /** Interrupts what is running, so that it can go on later, and waits until that is stored. */
  stopRuns(): Promise<void>;
  /** What hosts without a window need beyond the calls. */
  readonly parts: EngineParts;
}

/** Spectra kept in memory for pictures and runs: three datasets of 10,000 × 2,000. */
const CACHE_BYTES = 512 * 1024 * 1024;

/** The only place where the parts of the product are put together. */
export function createEngine(deps: EngineDeps): Engine {
  const parts: EngineParts = {
    ...deps,
    datasets: datasetCache(deps.workspace, deps.view, CACHE_BYTES),
    jobs: jobRegistry(),
  };
  const runs = runHandlers(parts);
  return {
    handlers: {
      ...appHandlers(parts),
      ...datasetHandlers(parts),
      ...pipelineHandlers(parts),
      ...runs.handlers,
      ...resultHandlers(parts),
      ...modelHandlers(parts),
    },
    stopRuns: () => runs.stopAll(),
    parts,
  };
}
