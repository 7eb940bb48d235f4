import type { Database } from 'better-sqlite3';

/**
 * Runs writes to several tables as one: all of them are kept, or none. Inside another unit of work it becomes a part
 * of that one, which must not go on after a failure in it: there is no savepoint, for which SQLite would copy every
 * page that changes. The function must not be asynchronous, since the transaction ends when it returns.
 *
 * `now`: on disk when this returns, whatever happens. `soon`: safe from a crash of the process at once, and from a
 * power loss with the next write of the other kind (a running run stores its events several times a second). It saves
 * waiting for the disk after every fold.
 */
export function unitOfWork<T>(db: Database, work: () => T, durable: Durable = 'now'): T {
  if (db.inTransaction) return synchronous(work());
  const relaxed = durable === 'soon';
  if (relaxed) db.pragma('synchronous = NORMAL');
  let result: T;
  try {
    result = db.transaction(work).immediate();
  } finally {
    if (relaxed) db.pragma('synchronous = FULL');
  }
  return synchronous(result);
}

export type Durable = 'now' | 'soon';

function synchronous<T>(result: T): T {
  if (result instanceof Promise) throw new TypeError('A unit of work must not be asynchronous.');
  return result;
}
