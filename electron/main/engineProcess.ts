import { fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import { utilityProcess } from 'electron';
import { unshared } from '#electron/ipc/unshared.ts';
import type { EngineArguments, FromEngine, ToEngine } from '#electron/ipc/messages.ts';

/** The engine as main sees it, whichever host it runs in. */
export interface EngineProcess {
  post(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
  readonly pid: number | undefined;
  /** What it prints about its errors. */
  readonly stderr: Readable | null;
}

/** The database binding needs Node-API 10, which Electron has since its version 36. */
const NODE_API_NEEDED = 10;

const STDIO: ['ignore', 'inherit', 'pipe'] = ['ignore', 'inherit', 'pipe'];

export const canHostEngine = (napi: string | undefined): boolean => Number(napi) >= NODE_API_NEEDED;

/**
 * Starts the engine file: in a utility process of Electron, or, where this Electron is too old to load the database,
 * in the Node that `node` names (development and tests).
 */
export function startEngineProcess(file: string, args: EngineArguments, node: string | undefined): EngineProcess {
  const argument = JSON.stringify(args);
  if (canHostEngine(process.versions['napi'])) {
    const child = utilityProcess.fork(file, [argument], { serviceName: 'Refract engine', stdio: STDIO });
    return {
      post: (message) => {
        child.postMessage(message);
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.on('exit', listener),
      kill: () => void child.kill(),
      get pid() {
        return child.pid;
      },
      stderr: child.stderr as Readable | null, // a readable stream of Node's
    };
  }
  if (node === undefined)
    throw new Error(
      'This Electron is too old to run the engine itself. Start with "npm start", which provides a Node for it.',
    );
  const child = fork(file, [argument], {
    execPath: node,
    serialization: 'advanced',
    stdio: [...STDIO, 'ipc'],
    execArgv: [],
  });
  return {
    post: (message) => {
      // A line that breaks while it is written to is the engine's end, which `onExit` tells of and which settles the
      // calls. Without somebody to hear it here, it would be an error that nobody caught.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) =>
      child.on('message', (message) => {
        // The arrays of a message lie in one buffer, which the window would otherwise get once for each of them.
        listener(unshared(message as FromEngine)); // the engine file sends nothing else
      }),
    onExit: (listener) => {
      child.once('exit', listener);
      child.on('error', () => {
        if (child.pid === undefined) listener(null); // it could not even be started
      });
    },
    kill: () => void child.kill('SIGKILL'),
    pid: child.pid,
    stderr: child.stderr,
  };
}
