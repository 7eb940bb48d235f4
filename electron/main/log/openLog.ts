import { homedir } from 'node:os';
import { join } from 'node:path';
import { rotatingLog } from '#core/artifacts/rotatingLog.ts';
import { eventLog, type EventLog } from '#electron/main/log/eventLog.ts';
import { secretsOf } from '#electron/policy/redact.ts';

/** The log of this computer's user: five files of a megabyte beside the settings of the window, not in the workspace. */
export function openLog(userData: string): EventLog {
  const hidden = { home: homedir(), secrets: secretsOf(process.env) };
  return eventLog(rotatingLog(join(userData, 'logs'), { name: 'refract', maxBytes: 1_000_000, files: 5 }), {
    now: () => new Date(),
    hidden: () => hidden,
    linesPerMinute: 600,
  });
}
