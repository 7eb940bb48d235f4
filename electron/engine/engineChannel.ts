import { unshared } from '#electron/ipc/unshared.ts';
import type { FromEngine, ToEngine } from '#electron/ipc/messages.ts';

/** The engine's end of its line to main. */
export interface EngineChannel {
  post(message: FromEngine): void;
  onMessage(listener: (message: ToEngine) => void): void;
  onClosed(listener: () => void): void;
}

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The line of this host: the parent port of a utility process, or the channel of a forked Node. */
export function engineChannel(): EngineChannel {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort; // there in a utility process only
  if (parentPort !== undefined)
    return {
      post: (message) => {
        parentPort.postMessage(unshared(message));
      },
      onMessage: (listener) => {
        parentPort.on('message', (event) => {
          listener(event.data as ToEngine); // main sends nothing else
        });
      },
      onClosed: () => undefined, // a utility process ends with its parent
    };
  if (process.send === undefined) throw new Error('The engine is started by the application, not by hand.');
  return {
    post: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => {
      process.on('message', (message) => {
        listener(message as ToEngine); // main sends nothing else
      });
    },
    onClosed: (listener) => {
      process.on('disconnect', listener);
    },
  };
}
