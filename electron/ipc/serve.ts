import { EngineError, errorReport } from '#core/base/errors.ts';
import type { Reply } from '#core/contract/bridge.ts';
import { engineContract, type EngineCallName } from '#core/contract/contract.ts';
import type { CallContext, Handlers } from '#core/contract/handlers.ts';
import { parseRequest } from '#electron/ipc/parseRequest.ts';

/** Parses a request, runs its handler, and wraps whatever happens in a reply. Never throws. */
export async function answer(
  handlers: Handlers,
  name: string,
  input: unknown,
  paths: Readonly<Record<string, string>>,
): Promise<Reply> {
  try {
    const { call, handler } = handlerOf(handlers, name);
    const request: unknown = parseRequest(name, call.in, input);
    const context: CallContext = {
      path(grant) {
        const path = Object.hasOwn(paths, grant) ? paths[grant] : undefined;
        if (path === undefined)
          throw new EngineError('app.forbidden', { what: 'A file that was not chosen in this window' });
        return path;
      },
    };
    return { ok: true, value: call.out.parse(await handler(request, context)) };
  } catch (error) {
    return { ok: false, error: errorReport(error) };
  }
}

function handlerOf(handlers: Handlers, name: string) {
  const call = Object.hasOwn(engineContract, name) ? engineContract[name as keyof typeof engineContract] : undefined;
  if (call?.kind !== 'call') throw new EngineError('app.forbidden', { what: `The request "${name.slice(0, 80)}"` });
  // `name` is a call of the contract here; its handler takes exactly what `call.in` yields.
  const handler = handlers[name as EngineCallName] as (request: unknown, context: CallContext) => unknown;
  return { call, handler };
}
