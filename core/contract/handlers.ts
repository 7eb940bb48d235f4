import type { CallOutput, CallRequest, EngineCallName, StreamName, StreamValue } from '#core/contract/contract.ts';

/** What a handler may use besides its request. */
export interface CallContext {
  /** The path behind a file grant of this request; throws for a grant that main did not vouch for. */
  path(grant: string): string;
}

/** One function a call; the compiler refuses a missing, misnamed or mistyped one. */
export type Handlers = {
  [N in EngineCallName]: (request: CallRequest<N>, context: CallContext) => Promise<CallOutput<N>> | CallOutput<N>;
};

/** The handlers of one area. */
export type HandlersOf<N extends EngineCallName> = Pick<Handlers, N>;

/** Sends a value to every window that subscribed. */
export type Emit = <N extends StreamName>(name: N, value: StreamValue<N>) => void;
