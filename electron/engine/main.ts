import { z } from 'zod';
import { errorReport } from '#core/base/errors.ts';
import type { Reply } from '#core/contract/bridge.ts';
import { closeInherited } from '#electron/engine/closeInherited.ts';
import { openEngine } from '#electron/engine/openEngine.ts';
import { engineChannel } from '#electron/engine/engineChannel.ts';
import { answer } from '#electron/ipc/serve.ts';

/** Entry of the engine process, in either host. Its one argument says where the workspace is. */
const Arguments = z.strictObject({
  workspace: z.string(),
  resources: z.string(),
  appVersion: z.string(),
  workers: z.int().nullable(),
});

closeInherited();
const channel = engineChannel();
// Main reads our error stream. When main is gone, what is said there has no listener, and closing the workspace matters more.
process.stderr.on('error', () => undefined);
try {
  const options = Arguments.parse(JSON.parse(process.argv.at(-1) ?? ''));
  const { engine, warmUp, close } = await openEngine({
    ...options,
    emit: (name, value) => {
      channel.post({ kind: 'event', name, value });
    },
  });
  channel.onMessage((message) => {
    switch (message.kind) {
      case 'call':
        void answer(engine.handlers, message.name, message.input, message.paths).then((reply) => {
          sendReply(message.id, reply);
        });
        break;
      case 'close':
        void close().finally(() => process.exit(0));
        break;
    }
  });
  // Main died: nobody would ever ask again, and the workspace must be free for the next start.
  channel.onClosed(() => void close().finally(() => process.exit(0)));
  channel.post({ kind: 'ready' });
  // A thread that cannot start now says so again, with its task, when it is needed.
  warmUp().catch((error: unknown) => process.stderr.write(`${errorReport(error).message}\n`));

  /** A reply that cannot cross (too large, say) becomes a failed one: it must not take the engine down. */
  function sendReply(id: number, reply: Reply): void {
    try {
      channel.post({ kind: 'reply', id, reply });
    } catch (error) {
      channel.post({ kind: 'reply', id, reply: { ok: false, error: errorReport(error) } });
    }
  }
} catch (error) {
  channel.post({ kind: 'fatal', error: errorReport(error) });
  // Give the message time to leave before the process does.
  setTimeout(() => process.exit(1), 200);
}
