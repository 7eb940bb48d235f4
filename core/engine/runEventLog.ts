import type { RunEvent } from '#core/contract/runEvents.ts';
import type { WriteBundle } from '#core/engine/writeBundle.ts';
import type { Workspace } from '#core/workspace/index.ts';

type EndEvent =
  | Pick<Extract<RunEvent, { type: 'run.cancelled' }>, 'type' | 'finishedFolds' | 'ofFolds'>
  | Pick<Extract<RunEvent, { type: 'run.failed' | 'run.interrupted' }>, 'type' | 'code' | 'message'>;

/**
 * The events of one run: stored shortly after they happened with what else the run writes, in order, and then told. So
 * whatever anybody was told of a run is still there after a crash.
 *
 * @param lastSeq number of the last event of an earlier attempt
 */
export function eventLog(
  workspace: Pick<Workspace, 'events' | 'runs'>,
  writes: WriteBundle,
  runId: string,
  tell: (event: RunEvent) => void,
  lastSeq = 0,
) {
  const counts = new Map<string, number>();
  let last: RunEvent | null = null;
  let held: RunEvent | null = null;
  let folds = 0;

  function stamped(event: EndEvent): RunEvent {
    return {
      runId,
      seq: (last?.seq ?? lastSeq) + 1,
      phase: last?.phase ?? ('check' as const),
      fraction: last?.fraction ?? 0,
      elapsedMs: last?.elapsedMs ?? 0,
      eta: null,
      ...event,
    };
  }
  function add(event: RunEvent): void {
    last = event;
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
    if (event.type === 'check.completed') folds = event.groups.length * event.folds;
    writes.add(
      () => {
        workspace.events.append([event]);
        workspace.runs.setFraction(runId, event.fraction);
      },
      event.type === 'refit.started' ? 'next' : 'later',
      () => {
        tell(event);
      },
    );
  }
  /** The end is on disk when this returns, together with what the run says of itself. */
  function conclude(event: RunEvent, finish: () => void): void {
    writes.add(finish);
    add(event);
    writes.flush();
  }
  return {
    add,
    /** Keeps the last event back until `release`. */
    hold(event: RunEvent): void {
      held = event;
    },
    release(finish: () => void): void {
      if (held !== null) conclude(held, finish);
      held = null;
    },
    /** The run ended early: an event that no phase could stamp. */
    end(event: EndEvent, finish: () => void): void {
      writes.recover();
      conclude(stamped(event), finish);
    },
    stamped,
    flush: (): void => {
      writes.flush();
    },
    count: (type: RunEvent['type']): number => counts.get(type) ?? 0,
    plannedFolds: (): number => folds,
    fraction: (): number => last?.fraction ?? 0,
    lastSeq: (): number => last?.seq ?? lastSeq,
  };
}
export type EventLog = ReturnType<typeof eventLog>;
