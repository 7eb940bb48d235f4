import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { json, parseRows } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

const Row = z.strictObject({ key: z.string(), value: json(z.unknown()) });

/** Settings by name: plain JSON values whose meaning is their owner's. */
export function preferenceRepository(db: Database) {
  const all = db.prepare('SELECT key, value FROM preferences ORDER BY key');
  const set = db.prepare(
    'INSERT INTO preferences (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );

  return {
    /** Only what was ever set. */
    all: (): Record<string, unknown> =>
      Object.fromEntries(parseRows('preferences', Row, all.all()).map((row) => [row.key, row.value])),
    /** Sets the given ones and leaves the others as they are. */
    set(changes: Readonly<Record<string, unknown>>): void {
      unitOfWork(db, () => {
        for (const [key, value] of Object.entries(changes))
          if (value !== undefined) set.run(key, JSON.stringify(value));
      });
    },
  };
}
export type PreferenceRepository = ReturnType<typeof preferenceRepository>;
