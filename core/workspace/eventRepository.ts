import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { RunEvent } from '#core/contract/runEvents.ts';
import { parseRow, parseRows } from '#core/workspace/rows.ts';
import { fromJson, toJson } from '#core/workspace/typedArrayJson.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

const Row = z.strictObject({ body: z.string() });
const FoldsRow = z.strictObject({ folds: z.int() });
const LastRow = z.strictObject({ last: z.int().nullable() });

/** What happened in runs, in order. */
export function eventRepository(db: Database) {
  const insert = db.prepare('INSERT INTO events (run_id, seq, type, body) VALUES (?, ?, ?, ?)');
  const folds = db.prepare(
    `SELECT count(*) AS folds FROM (SELECT DISTINCT body ->> '$.group', body ->> '$.fold' FROM events
       WHERE run_id = ? AND type = 'fold.completed')`,
  );
  const since = db.prepare('SELECT body FROM events WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?');
  const last = db.prepare('SELECT max(seq) AS last FROM events WHERE run_id = ?');

  return {
    /** In one transaction: collect the events of a moment rather than adding them one by one. */
    append(events: readonly RunEvent[]): void {
      if (events.length === 0) return;
      unitOfWork(db, () => {
        for (const event of events) insert.run(event.runId, event.seq, event.type, toJson(event));
      });
    },
    /** How many folds were computed and stored, of all groups together. */
    finishedFolds: (runId: string): number => parseRow('events', FoldsRow, folds.get(runId)).folds,
    /** The events after number `seq` (all of them with 0), the first `limit` of them. */
    since: (runId: string, seq: number, limit = -1): RunEvent[] =>
      parseRows('events', Row, since.all(runId, seq, limit)).map((row) =>
        parseRow('events', RunEvent, fromJson(row.body)),
      ),
    /** The number of the last event; 0 before the first. A resumed run goes on from there. */
    lastSeq: (runId: string): number => parseRow('events', LastRow, last.get(runId)).last ?? 0,
  };
}
export type EventRepository = ReturnType<typeof eventRepository>;
