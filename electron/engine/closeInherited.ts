import { closeSync, readdirSync, readlinkSync } from 'node:fs';

/**
 * Closes the sockets that a Node forked by Chromium inherits: Chromium closes them for the processes it starts itself
 * and leaves them open for others. The window's own line is among them, and while a second process holds it, main does
 * not hear that the window has crashed. Only for a forked Node on Linux, and before anything else is opened.
 */
export function closeInherited(): void {
  // Node gives the channel's descriptor; it is not in its types.
  const channel = (process.channel as { readonly fd?: number } | undefined)?.fd;
  if (process.platform !== 'linux' || channel === undefined) return;
  for (const name of readdirSync('/proc/self/fd')) {
    const descriptor = Number(name);
    if (descriptor <= 2 || descriptor === channel || !isSocket(name)) continue;
    closeSync(descriptor);
  }
}

function isSocket(descriptor: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('socket:');
  } catch {
    return false; // the listing itself, closed by now
  }
}
