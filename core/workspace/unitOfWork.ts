import type { Database } from 'better-sqlite3';

/**
 * Runs writes to several tables as one: all of them are kept, or none. Inside another unit of work it becomes a part
 * of that one. The function must not be asynchronous, since the transaction ends when it returns.
 */
export function unitOfWork<T>(db: Database, work: () => T): T {
  const result = db.transaction(work).immediate();
  if (result instanceof Promise) throw new TypeError('A unit of work must not be asynchronous.');
  return result;
}
