import type { RunEvent } from '#core/contract/runEvents.ts';
import type { WriteBundle } from '#core/engine/writeBundle.ts';
import type { Workspace } from '#core/workspace/index.ts';

type EndEvent =
  | Pick<Extract<RunEvent, { type: 'run.cancelled' }>, 'type' | 'finishedFolds' | 'ofFolds'>
  | Pick<Extract<RunEvent, { type: 'run.failed' }>, 'type' | 'code' | 'message'>;

/** The events of one run: told at once, stored shortly after with what else the run writes, in order. */
export function eventLog(
  workspace: Pick<Workspace, 'events' | 'runs'>,
  writes: WriteBundle,
  runId: string,
  tell: (event: RunEvent) => void,
) {
  const counts = new Map<string, number>();
  let last: RunEvent | null = null;
  let held: RunEvent | null = null;
  let folds = 0;

  function stamped(event: EndEvent): RunEvent {
    return {
      runId,
      seq: (last?.seq ?? 0) + 1,
      phase: last?.phase ?? ('check' as const),
      fraction: last?.fraction ?? 0,
      elapsedMs: last?.elapsedMs ?? 0,
      eta: null,
      ...event,
    };
  }
  function store(event: RunEvent): void {
    last = event;
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
    if (event.type === 'check.completed') folds = event.groups.length * event.folds;
    writes.add(
      () => {
        workspace.events.append([event]);
        workspace.runs.setFraction(runId, event.fraction);
      },
      event.type === 'refit.started' ? 'next' : 'later',
    );
  }
  /** The end is told when it is on disk, together with what the run says of itself. */
  function conclude(event: RunEvent, finish: () => void): void {
    writes.add(finish);
    store(event);
    writes.flush();
    tell(event);
  }
  return {
    add(event: RunEvent): void {
      store(event);
      tell(event);
    },
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
  };
}
export type EventLog = ReturnType<typeof eventLog>;
