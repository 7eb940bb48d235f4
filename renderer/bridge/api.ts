import type { RefractApi } from '#core/contract/bridge.ts';
import type { CallInput, CallName, CallOutput, StreamName, StreamValue } from '#core/contract/contract.ts';
import type { GrantedFile } from '#core/contract/shell.ts';
import { ApiError } from '#renderer/bridge/apiError.ts';

declare global {
  interface Window {
    readonly api?: RefractApi;
  }
}

/**
 * Asks the engine (or main) one question. The reply is data, so an error arrives with its code and becomes an
 * `ApiError`. Main watches the time that the contract grants a call, so a promise here always settles.
 */
export async function callEngine<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const reply = await bridge().call(name, input);
  if (!reply.ok) throw new ApiError(reply.error.code, reply.error.message, reply.error.details);
  return reply.value as CallOutput<N>; // the engine parsed it against the same contract before it left
}

/** Listens to a stream; returns the function that ends the subscription. */
export const subscribe = <N extends StreamName>(name: N, listener: (value: StreamValue<N>) => void): (() => void) =>
  bridge().subscribe(name, (values) => {
    for (const value of values) listener(value as StreamValue<N>); // checked by main against the same contract
  });

/** Turns the files of a drop into grants; the window itself never learns their paths. */
export const grantDropped = (files: readonly File[]): Promise<readonly GrantedFile[]> => bridge().grantDropped(files);

export const platform = (): RefractApi['platform'] => window.api?.platform ?? 'linux';

function bridge(): RefractApi {
  if (!window.api)
    throw new ApiError('no-bridge', 'This page runs outside the Refract window. Start the application instead.', {});
  return window.api;
}
