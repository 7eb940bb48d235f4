import type { EventLog, LogLevel } from '#electron/main/log/eventLog.ts';

/** Start and end of every run: its id and its counts. Names of runs, datasets and targets are the person's. */
export function logRunEvent(log: EventLog, stream: string, value: unknown): void {
  if (stream !== 'runs.events') return;
  const event = Object(value) as Record<string, unknown>;
  const level = typeof event['type'] === 'string' ? LOGGED.get(event['type']) : undefined;
  if (level === undefined) return;
  const numbers = COUNTS.flatMap((name) => (typeof event[name] === 'number' ? [[name, Math.round(event[name])]] : []));
  const { type, runId, code } = event;
  log.write(level, type as string, {
    runId: typeof runId === 'string' && RUN_ID.test(runId) ? runId : undefined,
    code: typeof code === 'string' && /^[a-z.-]{3,60}$/.test(code) ? code : undefined,
    ...(Object.fromEntries(numbers) as Record<string, number>),
  });
}

const LOGGED: ReadonlyMap<string, LogLevel> = new Map([
  ['run.started', 'info'],
  ['check.completed', 'info'],
  ['run.resumed', 'info'],
  ['refit.failed', 'warn'],
  ['run.completed', 'info'],
  ['run.cancelled', 'info'],
  ['run.failed', 'warn'],
  ['run.interrupted', 'warn'],
]);
const COUNTS = ['nTrain', 'nTest', 'variants', 'folds', 'realFits', 'finishedFolds', 'ofFolds', 'elapsedMs'] as const;
const RUN_ID = /^\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{4}$/;
