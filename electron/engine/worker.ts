import { parentPort, workerData } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { nodeEndpoint } from '#electron/engine/nodeEndpoint.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { loadKernels } from '#core/kernels/kernels.ts';
import type { WorkerNews, WorkerStart } from '#electron/engine/workerPool.ts';
import { workerApi, type Outcome, type WorkerApi } from '#core/execution/workerApi.ts';

/** Entry of a worker thread: kernels behind comlink. Pictures are moved, not copied; nothing else points at them. */
if (parentPort === null) throw new Error('This file runs as a worker thread only.');
const { cancelFlag, memory } = workerData as WorkerStart; // the pool is the only one that starts this file

const port = parentPort;
const api = workerApi(
  operatorsByKind,
  cancelFlag,
  loadKernels(memory),
  () => performance.now(),
  (round) => {
    port.postMessage({ round } satisfies WorkerNews);
  },
);
const exposed: WorkerApi = {
  ...api,
  bands: (x, rows, cols) => moved(api.bands(x, rows, cols)),
  density: (request) => moved(api.density(request)),
};
Comlink.expose(exposed, nodeEndpoint(parentPort));

function moved<T extends object>(outcome: Outcome<T>): Outcome<T> {
  if (!outcome.ok) return outcome;
  const buffers = Object.values(outcome.value).flatMap((value: unknown) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
  return Comlink.transfer(outcome, buffers);
}
