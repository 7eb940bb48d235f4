import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { EventLog } from '#electron/main/log/eventLog.ts';
import { stderrFacts } from '#electron/policy/stderrFacts.ts';

/**
 * Follows what a process prints on its error stream. It is passed on to ours, for whoever started the application in a
 * terminal; into the log goes only what cannot quote data.
 */
export function logErrorOutput(log: EventLog, source: string, stream: Readable | null): void {
  if (stream === null) return;
  createInterface({ input: stream, crlfDelay: Infinity })
    .on('line', (line) => {
      process.stderr.write(`${line}\n`);
      const said = stderrFacts(line);
      if (said !== null) log.write('warn', `${source}.stderr`, { said });
    })
    .on('error', () => undefined); // the process is gone, and with it its stream
}
