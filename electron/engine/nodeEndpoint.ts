import type { Endpoint } from 'comlink';
// comlink ships this adapter without a type declaration; its one signature is written out here.
// @ts-expect-error no declaration file
import adapter from 'comlink/dist/esm/node-adapter.mjs';

interface NodePort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  on(type: string, listener: (value: unknown) => void): unknown;
  off(type: string, listener: (value: unknown) => void): unknown;
}

/** A worker, or a worker's parent port, as comlink wants it. */
export const nodeEndpoint = adapter as (port: NodePort) => Endpoint;
