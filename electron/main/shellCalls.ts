import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { EngineError, errorReport } from '#core/base/errors.ts';
import type { Reply } from '#core/contract/bridge.ts';
import {
  engineContract,
  shellContract,
  type CallRequest,
  type ShellCallName,
  type CallOutput,
} from '#core/contract/contract.ts';
import type { EngineSupervisor } from '#electron/main/engineSupervisor.ts';
import { readDiagnostics } from '#electron/main/diagnostics.ts';
import type { EventLog } from '#electron/main/log/eventLog.ts';
import { openDialog, saveDialog } from '#electron/main/dialogs.ts';
import { parseRequest } from '#electron/ipc/parseRequest.ts';
import { errorFacts } from '#electron/policy/errorFacts.ts';
import { useOf, type FileGrants } from '#electron/policy/fileGrants.ts';
import { mayCall } from '#electron/policy/senders.ts';

type ShellHandlers = { [N in ShellCallName]: (request: CallRequest<N>) => Promise<CallOutput<N>> | CallOutput<N> };

interface Shell {
  window(): BrowserWindow;
  readonly grants: FileGrants;
  readonly engine: EngineSupervisor;
  readonly log: EventLog;
}

/** Answers every call of the window and writes down those that failed. Never throws. */
export async function answerWindow(
  shell: Shell,
  event: IpcMainInvokeEvent,
  name: unknown,
  input: unknown,
): Promise<Reply> {
  const reply = await answerCall(shell, event, name, input);
  if (!reply.ok && reply.error.code !== 'cancelled')
    shell.log.write('warn', 'call.failed', { call: isCall(name) ? name : 'unknown', ...errorFacts(reply.error) });
  return reply;
}

const isCall = (name: unknown): boolean =>
  typeof name === 'string' && (Object.hasOwn(engineContract, name) || Object.hasOwn(shellContract, name));

/** Its own calls are answered here, all others by the engine. */
async function answerCall(shell: Shell, event: IpcMainInvokeEvent, name: unknown, input: unknown): Promise<Reply> {
  try {
    requireTrustedSender(event, shell.window());
    if (typeof name !== 'string') throw new EngineError('app.forbidden', { what: 'A request without a name' });
    if (Object.hasOwn(shellContract, name)) return { ok: true, value: await answerShell(shell, name, input) };
    const call = Object.hasOwn(engineContract, name) ? engineContract[name as keyof typeof engineContract] : undefined;
    if (call?.kind !== 'call') throw new EngineError('app.forbidden', { what: `The request "${name.slice(0, 80)}"` });
    return await shell.engine.call(name, input, shell.grants.pathsOf(input, useOf(name)), call.timeoutSeconds);
  } catch (error) {
    return { ok: false, error: errorReport(error) };
  }
}

/** Only the main frame of the one window, while it shows the application's own page. */
export function requireTrustedSender(event: IpcMainInvokeEvent, window: BrowserWindow): void {
  const frame = event.senderFrame;
  if (window.isDestroyed() || event.sender !== window.webContents)
    throw new EngineError('app.forbidden', { what: 'A request from another window' });
  if (!mayCall(frame === null ? null : { url: frame.url, isMainFrame: frame === event.sender.mainFrame }))
    throw new EngineError('app.forbidden', { what: 'A request from outside the application' });
}

async function answerShell(shell: Shell, name: string, input: unknown): Promise<unknown> {
  const call = shellContract[name as keyof typeof shellContract]; // the caller checked that it is one
  if (call.kind !== 'call') throw new EngineError('app.forbidden', { what: `The request "${name}"` });
  const request: unknown = parseRequest(name, call.in, input);
  const handlers: ShellHandlers = {
    'dialog.open': (request) => openDialog(shell.window(), shell.grants, request),
    'dialog.save': (request) => saveDialog(shell.window(), shell.grants, request),
    'diagnostics.read': () => readDiagnostics(shell.engine, shell.log),
    'engine.state': () => shell.engine.state,
    'engine.restart': () => {
      shell.engine.restart();
      return {};
    },
  };
  const handler = handlers[name as ShellCallName] as (request: unknown) => unknown; // it takes what its own schema yields
  return call.out.parse(await handler(request));
}
