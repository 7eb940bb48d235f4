import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { eventLog } from '#core/engine/runEventLog.ts';
import { writeBundle } from '#core/engine/writeBundle.ts';
import type { Workspace } from '#core/workspace/index.ts';

const runId = '20260101T000000.000Z-0000';
const event = (seq: number): RunEvent => ({
  runId,
  seq,
  phase: 'cv',
  fraction: seq / 10,
  elapsedMs: seq,
  eta: null,
  type: 'variant.started',
  group: 0,
});

function logForTest(fails: () => boolean = () => false) {
  const stored: RunEvent[] = [];
  const told: RunEvent[] = [];
  const workspace = {
    events: {
      append(list: readonly RunEvent[]) {
        if (fails()) throw new Error('disk full');
        stored.push(...list);
      },
    },
    runs: { setFraction: () => undefined },
    transaction: (work: () => void) => {
      work();
    },
  } as unknown as Workspace; // the log and the bundle use these only
  const finish = vi.fn();
  const log = eventLog(workspace, writeBundle(workspace), runId, (one) => void told.push(one));
  return { stored, told, finish, log };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('events are stored together, in order, and told only then', () => {
  const { log, stored, told } = logForTest();
  log.add(event(1));
  log.add(event(2));
  expect([...stored, ...told]).toHaveLength(0);
  vi.advanceTimersByTime(1000);
  expect(stored.map((one) => one.seq)).toEqual([1, 2]);
  expect(told).toEqual(stored);
});

test('what could not be stored is told to nobody, except that the run stopped', () => {
  const { log, told } = logForTest(() => true);
  log.add(event(1));
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(0);
});

test('the completion is told only when it is released', () => {
  const { log, told, stored, finish } = logForTest();
  log.add(event(1));
  log.hold(event(2));
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(1);
  log.release(finish);
  expect(finish).toHaveBeenCalledOnce();
  expect(told.map((one) => one.seq)).toEqual([1, 2]);
  expect(stored).toHaveLength(2);
});

test('an early end continues the numbers and keeps the phase and the fraction', () => {
  const { log, told, finish } = logForTest();
  log.add(event(3));
  log.end({ type: 'run.cancelled', finishedFolds: 1, ofFolds: 5 }, finish);
  expect(finish).toHaveBeenCalledOnce();
  expect(told.at(-1)).toMatchObject({ type: 'run.cancelled', seq: 4, phase: 'cv', fraction: 0.3 });
});

test('a disk that fills up fails the next event of the run, not the process', () => {
  let full = true;
  const { log, stored, finish } = logForTest(() => full);
  log.add(event(1));
  expect(() => vi.advanceTimersByTime(1000)).not.toThrow();
  expect(() => {
    log.add(event(2));
  }).toThrow('disk full');
  full = false;
  log.end({ type: 'run.failed', code: 'workspace.disk-full', message: 'full' }, finish);
  expect(stored.at(-1)?.type).toBe('run.failed');
});
