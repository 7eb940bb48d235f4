import { expect, test } from 'vitest';
import { eventLog } from '#electron/main/log/eventLog.ts';
import { logRunEvent } from '#electron/main/log/logRunEvents.ts';

function opened(linesPerMinute = 100) {
  const lines: string[] = [];
  const clock = { at: Date.UTC(2026, 0, 2, 3, 4, 5) };
  const log = eventLog(
    { append: (line) => void lines.push(line), tail: (count) => lines.slice(-count) },
    {
      now: () => new Date(clock.at),
      hidden: () => ({ home: '/home/anna', secrets: ['s3cr3t-Value'] }),
      linesPerMinute,
    },
  );
  return { log, lines, clock };
}

test('a line is time, level, event and fields; every field is redacted', () => {
  const { log, lines } = opened();
  log.write('info', 'app.started', { version: '1.2.3', at: '/home/anna/x y', token: 'abc', absent: undefined });
  log.write('warn', 'x', { text: 's3cr3t-Value\n2026-01-01 info forged' });
  expect(lines).toEqual([
    '2026-01-02T03:04:05.000Z info  app.started version=1.2.3 at="~/x y" token="‹hidden›"',
    '2026-01-02T03:04:05.000Z warn  x text="‹hidden› 2026-01-01 info forged"',
  ]);
});

test('a flood is cut, and the log says so in the next minute', () => {
  const { log, lines, clock } = opened(5);
  for (let k = 0; k < 100; k++) log.write('info', 'tick', { k });
  expect(lines).toHaveLength(5);
  clock.at += 60_000;
  log.write('info', 'tock');
  expect(lines.slice(5)).toEqual([
    '2026-01-02T03:05:05.000Z warn  log.flood linesLeftOut=95',
    '2026-01-02T03:05:05.000Z info  tock',
  ]);
});

test('error codes are counted, the most recent first', () => {
  const { log } = opened();
  for (const code of ['a.b', 'c.d', 'a.b']) log.write('warn', 'call.failed', { code });
  log.write('info', 'run.completed', { code: 'not.counted' });
  expect(log.recentCodes().map(({ code, count }) => [code, count])).toEqual([
    ['a.b', 2],
    ['c.d', 1],
  ]);
  for (let k = 0; k < 50; k++) log.write('warn', 'x', { code: `code.${k}` });
  expect(log.recentCodes()).toHaveLength(20);
});

test('a run is its id and its counts; names stay out', () => {
  const { log, lines } = opened();
  const runId = '20261122T031500.123Z-7f3a';
  const base = { runId, name: 'Müller', datasetName: 'Müller', target: 'Müller', elapsedMs: 12.7 };
  logRunEvent(log, 'runs.events', { ...base, type: 'run.started', nTrain: 172, nTest: 43, variants: 60 });
  logRunEvent(log, 'runs.events', { ...base, type: 'run.failed', code: 'run.all-failed', message: 'Müller' });
  logRunEvent(log, 'runs.events', { ...base, type: 'fold.completed', measured: Float64Array.of(1) });
  logRunEvent(log, 'jobs.progress', { ...base, type: 'run.started' });
  logRunEvent(log, 'runs.events', { type: 'run.completed', runId: 'Müller', code: 'Müller' });
  logRunEvent(log, 'runs.events', null);
  expect(lines).toEqual([
    `2026-01-02T03:04:05.000Z info  run.started runId=${runId} nTrain=172 nTest=43 variants=60 elapsedMs=13`,
    `2026-01-02T03:04:05.000Z warn  run.failed runId=${runId} code=run.all-failed elapsedMs=13`,
    '2026-01-02T03:04:05.000Z info  run.completed',
  ]);
});
