import { redact, type Private } from '#electron/policy/redact.ts';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

/** Where lines go: a rotating file in the product. */
export interface LogSink {
  append(line: string): void;
  tail(lines: number): string[];
}

/** Tells what the application did, in events with fields; never what the person's data are. */
export interface EventLog {
  write(level: LogLevel, event: string, fields?: LogFields): void;
  /** The last lines, the oldest first. */
  tail(lines: number): string[];
  /** Error codes since the start, the most recent first, with how often each came. */
  recentCodes(): readonly { readonly code: string; readonly count: number; readonly last: string }[];
}

/**
 * One line an event: time, level, event, fields as `name=value`. Every field passes the redaction. A flood (a crash in
 * a loop, a page that prints without end) is cut to `linesPerMinute`, and the log says how much is missing.
 */
export function eventLog(
  sink: LogSink,
  options: { readonly now: () => Date; readonly hidden: () => Private; readonly linesPerMinute: number },
): EventLog {
  const codes = new Map<string, { count: number; last: string }>();
  let minute = 0;
  let inMinute = 0;
  let leftOut = 0;

  function admits(at: number): boolean {
    const current = Math.floor(at / 60_000);
    if (current !== minute) {
      minute = current;
      inMinute = 0;
      if (leftOut > 0) sink.append(line(new Date(at), 'warn', 'log.flood', { linesLeftOut: leftOut }));
      leftOut = 0;
    }
    inMinute++;
    if (inMinute > options.linesPerMinute) leftOut++;
    return inMinute <= options.linesPerMinute;
  }

  function remember(code: string, last: string): void {
    const count = (codes.get(code)?.count ?? 0) + 1;
    codes.delete(code); // to the end: the order of the map is the order of the last occurrence
    codes.set(code, { count, last });
    const [oldest] = codes.keys();
    if (codes.size > MOST_CODES && oldest !== undefined) codes.delete(oldest);
  }

  return {
    write(level, event, fields = {}) {
      const now = options.now();
      const clean = redact(fields, options.hidden()) as LogFields; // an object stays an object
      if (level !== 'info' && typeof clean['code'] === 'string') remember(clean['code'], now.toISOString());
      if (admits(now.getTime())) sink.append(line(now, level, event, clean));
    },
    tail: (lines) => sink.tail(lines),
    recentCodes: () => [...codes].map(([code, { count, last }]) => ({ code, count, last })).reverse(),
  };
}

function line(at: Date, level: LogLevel, event: string, fields: LogFields): string {
  const parts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`${name}=${typeof value === 'string' && PLAIN.test(value) ? value : JSON.stringify(value)}`],
  );
  return [at.toISOString(), level.padEnd(5), event, ...parts].join(' ');
}

const PLAIN = /^[\w.,:/~@+-]+$/;
const MOST_CODES = 20;
