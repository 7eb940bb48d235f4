import { EngineError, errorReport, type ErrorReport } from '#core/base/errors.ts';
import type { Reply } from '#core/contract/bridge.ts';
import type { EngineState } from '#core/contract/shell.ts';
import type { EngineProcess } from '#electron/main/engineProcess.ts';

export interface EngineSupervisor {
  readonly state: EngineState;
  /** Waits for the engine where it is still starting; a crash or a time-out becomes a failed reply. */
  call(name: string, input: unknown, paths: Readonly<Record<string, string>>, timeoutSeconds: number): Promise<Reply>;
  /** Ends the engine and starts it again. */
  restart(): void;
  /** Asks the engine to close its workspace, and ends it when it takes too long. */
  close(): Promise<void>;
}

interface Listeners {
  onState(state: EngineState): void;
  onEvent(name: string, value: unknown): void;
  /** For the log: what happened to the process. */
  onLife(life: EngineLife): void;
}

export type EngineLife =
  | { readonly event: 'started'; readonly pid: number | undefined }
  | { readonly event: 'ready'; readonly milliseconds: number }
  | { readonly event: 'refused'; readonly error: ErrorReport }
  | {
      readonly event: 'ended';
      readonly exitCode: number | null;
      readonly why: 'closed' | 'restart' | 'refused' | 'crash';
    };

interface Pending {
  readonly name: string;
  readonly settle: (reply: Reply) => void;
}

/** After so many crashes within the window of time the engine is not started again by itself. */
const MAX_CRASHES = 4;
const CRASH_WINDOW_MS = 60_000;
const CLOSE_DEADLINE_MS = 3000;

/** Starts the engine, keeps it alive, and carries calls to it and events from it. */
export function superviseEngine(start: () => EngineProcess, listeners: Listeners): EngineSupervisor {
  let engine: EngineProcess | null = null;
  let state: EngineState = { state: 'starting', message: null };
  let nextId = 1;
  let closing = false;
  /** The engine is being ended because somebody asked for a new one: that is no crash. */
  let restarting = false;
  const pending = new Map<number, Pending>();
  const waiting: (() => void)[] = [];
  const crashes: number[] = [];

  function setState(next: EngineState): void {
    state = next;
    listeners.onState(next);
    if (next.state === 'ready' || next.state === 'failed') for (const go of waiting.splice(0)) go();
  }

  function launch(): void {
    let fatal: ErrorReport | null = null;
    const begun = Date.now();
    let current: EngineProcess;
    try {
      current = start();
    } catch (error) {
      listeners.onLife({ event: 'refused', error: errorReport(error) });
      setState({ state: 'failed', message: errorReport(error).message });
      return;
    }
    engine = current;
    listeners.onLife({ event: 'started', pid: current.pid });
    current.onMessage((message) => {
      switch (message.kind) {
        case 'ready':
          listeners.onLife({ event: 'ready', milliseconds: Date.now() - begun });
          setState({ state: 'ready', message: null });
          break;
        case 'fatal':
          fatal = message.error;
          listeners.onLife({ event: 'refused', error: message.error });
          break;
        case 'reply':
          pending.get(message.id)?.settle(message.reply);
          break;
        case 'event':
          listeners.onEvent(message.name, message.value);
          break;
      }
    });
    current.onExit((exitCode) => {
      if (engine !== current) return;
      engine = null;
      const why = closing ? 'closed' : restarting ? 'restart' : fatal === null ? 'crash' : 'refused';
      listeners.onLife({ event: 'ended', exitCode, why });
      for (const call of [...pending.values()])
        call.settle(failed(new EngineError('app.engine-stopped', { call: call.name })));
      if (closing) return;
      if (fatal !== null && !restarting) {
        setState({ state: 'failed', message: fatal.message });
        return;
      }
      if (restarting) {
        restarting = false;
        launch();
        return;
      }
      const now = Date.now();
      crashes.push(now);
      const recent = crashes.filter((at) => now - at < CRASH_WINDOW_MS).length;
      if (recent > MAX_CRASHES) {
        setState({
          state: 'failed',
          message: 'The engine stopped several times in a row. Nothing that was saved is lost.',
        });
        return;
      }
      setState({ state: 'restarting', message: 'The engine stopped unexpectedly and is starting again.' });
      launch();
    });
  }

  /** Resolves to true when the engine is up (or has failed for good), to false when that takes too long. */
  function ready(seconds: number): Promise<boolean> {
    if (state.state === 'ready' || state.state === 'failed') return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(go), 1);
        resolve(false);
      }, seconds * 1000);
      const go = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      waiting.push(go);
    });
  }

  function ask(name: string, input: unknown, paths: Readonly<Record<string, string>>, seconds: number): Promise<Reply> {
    return new Promise((resolve) => {
      if (engine === null || closing || state.state !== 'ready') {
        resolve(failed(new EngineError('app.engine-stopped', { call: name })));
        return;
      }
      const id = nextId++;
      const settle = (reply: Reply): void => {
        clearTimeout(timer);
        pending.delete(id);
        resolve(reply);
      };
      const timer = setTimeout(() => {
        settle(failed(new EngineError('app.timeout', { call: name, seconds })));
      }, seconds * 1000);
      pending.set(id, { name, settle });
      engine.post({ kind: 'call', id, name, input, paths });
    });
  }

  launch();
  return {
    get state() {
      return state;
    },
    async call(name, input, paths, timeoutSeconds) {
      // A call that waited for the engine in vain is not sent any more: its caller has gone.
      if (!(await ready(timeoutSeconds)))
        return failed(new EngineError('app.timeout', { call: name, seconds: timeoutSeconds }));
      return ask(name, input, paths, timeoutSeconds);
    },
    restart() {
      crashes.length = 0;
      setState({ state: 'restarting', message: 'The engine is starting again.' });
      if (engine === null) {
        launch();
        return;
      }
      restarting = true;
      engine.kill();
    },
    async close() {
      closing = true;
      const current = engine;
      if (current === null) return;
      const gone = new Promise<void>((resolve) => {
        current.onExit(() => {
          resolve();
        });
      });
      current.post({ kind: 'close' });
      const deadline = setTimeout(() => {
        current.kill();
      }, CLOSE_DEADLINE_MS);
      await gone;
      clearTimeout(deadline);
    },
  };
}

const failed = (error: EngineError): Reply => ({ ok: false, error: errorReport(error) });
